public import OCISpec

/// Decides what an OCI runtime is told about every container of a pod: pod and host facts in, one
/// `Spec` per container out.
///
/// Pure, so that the bundles of any pod can be written, compared and tested without running it.
/// The pod is taken as its defaults and the validation left it.
public struct Plan: Equatable, Sendable {
  /// Its images may change while it lives, and containers may come to look inside.
  public var pod: Pod
  public let host: HostFacts
  public let paths: PlanPaths
  /// The ConfigMaps and Secrets that it names, as far as they are there.
  public var objects = ReferencedObjects()
  /// The addresses of this host, as `status.hostIPs` has them.
  public var hostAddresses: [String] = []
  /// The addresses that the pod's own name stands for; empty where none is known yet.
  public var addresses: [String]
  /// The other pods of the namespace, where they can be reached.
  public var neighbours: [Neighbour] = []
  /// What the pod's network says of who resolves names, as lines of a `resolv.conf`.
  public var networkResolver: String?
  /// Who answers in the pod's network for resolvers on the host's own loopback.
  public var resolverRelay: String?
  /// The IDs of a pod that has a user namespace of its own.
  public var idRange: IDRange?
  /// Runs as pause, where it is not our own program that does.
  public var infraImage: InfraImage?
  /// What other tools call the sandbox; the pod's uid when nobody says otherwise.
  public var sandboxID: String

  public init(
    pod: Pod, host: HostFacts, paths: PlanPaths, addresses: [String] = Plan.addressesWithoutNetwork,
    idRange: IDRange? = nil
  ) {
    self.pod = pod
    self.host = host
    self.paths = paths
    self.addresses = addresses
    self.idRange = idRange
    sandboxID = pod.metadata.uid ?? ""
  }

  /// What the own name of a pod stands for that is reached by nobody but itself.
  public static let addressesWithoutNetwork = ["127.0.0.1"]

  /// The pause container, which makes the namespaces that the others join.
  public func sandbox() throws(PlanError) -> Spec {
    if !usesHostNetwork { try PodName(pod).checkLength() }
    if pod.spec.hostUsers == false, idRange == nil {
      throw .sandbox("the pod wants user IDs of its own (`hostUsers: false`) and has none")
    }
    if let infraImage, infraImage.command.isEmpty {
      throw .sandbox("the infra image says no command that it runs")
    }
    return SandboxPlan(plan: self).spec
  }

  /// A container of the pod, init containers included.
  ///
  /// - Parameters:
  ///   - name: the container's name in the pod.
  ///   - run: how many runs of it went before.
  ///   - image: what is known about its image.
  ///   - pausePID: the process ID of the pause container, or a word in its place; when that
  ///     is empty, `Spec.join(pausePID:)` fills it in.
  ///   - targetPID: a process whose PID namespace the container joins, to look inside.
  ///   - facts: what only the host knows of this run.
  public func container(
    _ name: String, run: Int = 0, image: ImageFacts, pausePID: String, targetPID: String? = nil,
    facts: RunFacts
  ) throws(PlanError) -> Spec {
    guard let container = pod.spec.allContainers.named(name) else {
      throw .configuration("the pod has no container `\(name)`")
    }
    let planned = ContainerPlan(
      plan: self, container: container, run: run, image: image, pausePID: pausePID,
      targetPID: targetPID, facts: facts)
    return try planned.spec()
  }

  /// What the pod asks for and this host does not give; nothing of it stops a container.
  public var warnings: [String] {
    resolverWarnings
      + (pod.spec.initContainers + pod.spec.containers).flatMap { container in
        warnings(about: container).map { "container `\(container.name)` \($0)" }
      }
  }

  /// The same of one container, each to be read after its name.
  public func warnings(about container: Container) -> [String] {
    var warnings: [String] = []
    if host.security?.appArmorProfiles == nil, AppArmorProfile.isAskedFor(by: container, in: pod) {
      warnings.append("runs without AppArmor: not enabled on this host")
    }
    // A name that is no capability at all is an error, which `container` throws.
    if let set = try? CapabilitySet(of: container, on: host), !set.missing.isEmpty {
      let names = set.missing.map { "`\($0)`" }.joined(separator: ", ")
      warnings.append("does without \(names): not given by this host")
    }
    let score = OOMScore(of: container, in: pod, on: host)
    if score.granted != score.wanted {
      warnings.append(
        "has the oom_score_adj \(score.granted) and not \(score.wanted): lowering it needs "
          + "CAP_SYS_RESOURCE")
    }
    if let rootless = host.rootless {
      return warnings + rootless.shortcomings(of: container, in: pod.spec)
    }
    let limits = pod.spec.effectiveResources(of: container).limits
    if limits.keys.contains(where: { $0.hasPrefix(HugePages.prefix) }),
      host.limitsHugePages != true
    {
      warnings.append("may take any number of huge pages: this host has no hugetlb cgroup for it")
    }
    return warnings
  }

  /// Those limits of a container that may change while it runs.
  public func adjustable(_ container: Container) -> Linux.Resources {
    Linux.Resources().with {
      ContainerResources(of: container, in: pod.spec, on: host).applyAdjustable(to: &$0)
    }
  }

  /// The limits of the cgroup that holds the containers.
  public var cgroup: PodCgroup { PodCgroup(of: pod, on: host) }
}

extension Plan {
  /// The host name that the pod's processes see.
  public var hostname: String {
    usesHostNetwork ? host.hostname : PodName(pod).kernelName
  }

  /// The text of the pod's `/etc/hostname`.
  public var hostnameFile: String { hostname + "\n" }

  /// The text of the pod's `/etc/hosts`; nil while a pod with a network of its own has no address.
  public var hostsFile: String? {
    let aliases = pod.spec.hostAliases
    if usesHostNetwork { return HostsFile.inherited(host.hosts, aliases: aliases) }
    if addresses.isEmpty { return nil }
    return HostsFile.managed(
      name: PodName(pod), addresses: addresses, aliases: aliases, neighbours: neighbours)
  }

  /// The text of the pod's `/etc/resolv.conf`.
  public var resolvConf: String { resolver.text }

  /// What a resolver would not stand, and was left out of `resolvConf`, in the kubelet's words.
  public var resolverWarnings: [String] { resolver.warnings }

  /// Who resolves names for the pod's network is to it what a cluster's DNS is in a cluster.
  private var resolver: ResolverConfig {
    let isOfCluster =
      pod.spec.dnsPolicy == .clusterFirst && !usesHostNetwork
      || pod.spec.dnsPolicy == .clusterFirstWithHostNet
    return ResolverConfig(
      of: pod.spec, node: (isOfCluster ? networkResolver : nil) ?? hostResolver)
  }

  private var hostResolver: String {
    guard !usesHostNetwork, let resolverRelay else { return host.resolvConf }
    return ResolverConfig.relayed(host.resolvConf, by: resolverRelay)
  }

  /// Whether the environment of this container holds an address of the pod.
  public static func showsAddresses(in container: Container) -> Bool {
    container.env.contains { variable in
      variable.valueFrom?.fieldRef?.fieldPath.hasPrefix("status.podIP") == true
    }
  }

  var usesHostNetwork: Bool { pod.spec.hostNetwork == true }

  var namespace: String { pod.metadata.namespace ?? "default" }

  /// The notes by which other tools recognise the bundle and the pod that it belongs to.
  func annotations(type: String) -> [String: String] {
    [
      "io.kubernetes.cri.container-type": type,
      "io.kubernetes.cri.sandbox-id": sandboxID,
      "io.kubernetes.pod.name": pod.metadata.name,
      "io.kubernetes.pod.namespace": namespace,
      "io.kubernetes.pod.uid": pod.metadata.uid ?? "",
      "podshim.io/pod": "\(namespace)/\(pod.metadata.name)",
    ]
  }
}

extension PodSpec {
  /// Init containers and sidecars, apps, and those that came to look inside.
  public var allContainers: [Container] {
    initContainers + containers + ephemeralContainers.map(\.common)
  }
}

extension [Container] {
  fileprivate func named(_ name: String) -> Container? { first { $0.name == name } }
}
