extension LifeSpec {
  /// The life of a pod as the manifest tells it; `pod` has its defaults.
  ///
  /// - Parameter host: where it runs, when that is known.
  public init(_ pod: Pod, on host: HostFacts? = nil) {
    let spec = pod.spec
    self.init(
      pod: pod.kubeletName,
      restartPolicy: spec.restartPolicy ?? .always,
      grace: .seconds(spec.terminationGracePeriodSeconds ?? 30),
      containers: spec.initContainers.map {
        ContainerSpec($0, role: $0.restartPolicy == .always ? .sidecar : .initial, on: host)
      }
        + spec.containers.map { ContainerSpec($0, role: .app, on: host) }
        + spec.ephemeralContainers.map { ContainerSpec($0.common, role: .ephemeral, on: host) })
    activeDeadline = spec.activeDeadlineSeconds.map { .seconds($0) }
    readinessGates = spec.readinessGates.map(\.conditionType)
    for container in spec.initContainers + spec.containers {
      guard let index = containers.firstIndex(where: { $0.name == container.name }) else {
        continue
      }
      containers[index].allotment = Allotment(of: container, in: spec)
    }
    infeasible = host?.shortage(for: spec)
  }
}

extension LifeSpec.ContainerSpec {
  fileprivate init(_ container: Container, role: LifeSpec.Role, on host: HostFacts?) {
    self.init(name: container.name, role: role, image: container.image)
    restartPolicy = container.restartPolicy.flatMap { RestartPolicy(rawValue: $0.rawValue) }
    rules = container.restartPolicyRules.map(LifeSpec.RestartRule.init)
    hasPostStart = container.lifecycle?.postStart != nil
    hasPreStop = container.lifecycle?.preStop != nil
    probes.startup = container.startupProbe.map(ProbeSpec.init)
    probes.liveness = container.livenessProbe.map(ProbeSpec.init)
    probes.readiness = container.readinessProbe.map(ProbeSpec.init)
    let reachesBelow = host?.recursiveReadOnly == true
    mounts = container.volumeMounts.map { LifeSpec.Mount($0, reachesBelow: reachesBelow) }
  }
}

extension LifeSpec.Mount {
  /// - Parameter reachesBelow: this host can have read-only hold for what is mounted below.
  fileprivate init(_ mount: VolumeMount, reachesBelow: Bool) {
    let isAskedFor = (mount.recursiveReadOnly ?? .disabled) != .disabled
    self.init(
      volume: mount.name, path: mount.mountPath,
      isRecursivelyReadOnly: mount.readOnly == true ? reachesBelow && isAskedFor : nil)
  }
}

extension Allotment {
  fileprivate init(of container: Container, in spec: PodSpec) {
    self.init()
    let resources = spec.effectiveResources(of: container)
    requests = ResourceAmounts(resources.requests)
    limits = ResourceAmounts(resources.limits)
    fixed = Set(
      container.resizePolicy.filter { $0.restartPolicy == "RestartContainer" }.map(\.resourceName))
  }
}

extension HostFacts {
  /// What the pod asks for and this host does not have, in the kubelet's words (`canResizePod`).
  func shortage(for spec: PodSpec) -> String? {
    let requests = PodResources(of: spec).requests
    for name in [ResourceAmounts.memory, ResourceAmounts.cpu] {
      guard let capacity = amounts.values[name], requests[name] > capacity else { continue }
      return "Node didn't have enough capacity: \(name), requested: \(requests[name]), "
        + "capacity: \(capacity)"
    }
    return nil
  }
}

extension LifeSpec.RestartRule {
  fileprivate init(_ rule: ContainerRestartRule) {
    self.init(
      codes: (rule.exitCodes?.values ?? []).map { Int32(clamping: $0) },
      isInverted: rule.exitCodes?.operator == "NotIn",
      restartsAll: rule.action == "RestartAllContainers")
  }
}

extension ProbeSpec {
  fileprivate init(_ probe: Probe) {
    self.init()
    if let seconds = probe.initialDelaySeconds { initialDelay = .seconds(seconds) }
    if let seconds = probe.periodSeconds { period = .seconds(max(seconds, 1)) }
    if let count = probe.successThreshold { successThreshold = max(count, 1) }
    if let count = probe.failureThreshold { failureThreshold = max(count, 1) }
    grace = probe.terminationGracePeriodSeconds.map { .seconds($0) }
  }
}
