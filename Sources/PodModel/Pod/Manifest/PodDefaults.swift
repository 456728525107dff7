/// What the API server fills in before it stores a pod, so that `get -o yaml` shows the same.
extension Pod {
  /// The pod with every default that the API server sets; what is set already stays.
  ///
  /// The name space, UID and times are the caller's business.
  public func withDefaults() -> Pod {
    with {
      $0.metadata.namespace.fill("default")
      $0.spec.setDefaults()
    }
  }
}

extension PodSpec {
  fileprivate mutating func setDefaults() {
    restartPolicy.fill(.always)
    dnsPolicy.fill(.clusterFirst)
    schedulerName.fill("default-scheduler")
    securityContext.fill(PodSecurityContext())
    enableServiceLinks.fill(true)
    let grace = terminationGracePeriodSeconds ?? 30
    terminationGracePeriodSeconds = grace < 0 ? 1 : grace
    setAccountDefaults()
    for index in containers.indices { containers[index].setDefaults(hostNetwork: hostNetwork) }
    for index in initContainers.indices {
      initContainers[index].setDefaults(hostNetwork: hostNetwork)
    }
    for index in ephemeralContainers.indices {
      ephemeralContainers[index].common.setDefaults(hostNetwork: nil)
    }
    for index in volumes.indices { volumes[index].setDefaults() }
    setResourceDefaults()
  }

  /// A pod with resources as a whole asks for what its containers ask for, else for its limits.
  private mutating func setResourceDefaults() {
    guard var whole = resources else { return }
    let asked = PodResources.together(self) { $0.requests }.quantities
    let named = asked.filter { $0.key == ResourceAmounts.cpu || $0.key == ResourceAmounts.memory }
    whole.requests.merge(named) { own, _ in own }
    whole.requests.merge(whole.limits) { own, _ in own }
    resources = whole
  }

  /// What admission adds on every cluster.
  private mutating func setAccountDefaults() {
    let account = serviceAccountName ?? serviceAccount ?? "default"
    serviceAccountName = account
    serviceAccount = account
    if priorityClassName == nil { priority.fill(0) }
    preemptionPolicy.fill("PreemptLowerPriority")
  }
}

extension Container {
  fileprivate mutating func setDefaults(hostNetwork: Bool?) {
    imagePullPolicy.fill(.usual(for: image))
    terminationMessagePath.fill("/dev/termination-log")
    terminationMessagePolicy.fill(.file)
    for index in ports.indices {
      ports[index].protocol.fill(.tcp)
      if hostNetwork == true, ports[index].hostPort == nil {
        ports[index].hostPort = ports[index].containerPort
      }
    }
    for index in env.indices {
      env[index].valueFrom?.fieldRef?.setDefaults()
    }
    var amounts = resources ?? ResourceRequirements()
    amounts.requests.merge(amounts.limits) { request, _ in request }
    resources = amounts
    livenessProbe?.setDefaults()
    readinessProbe?.setDefaults()
    startupProbe?.setDefaults()
    lifecycle?.postStart?.httpGet?.setDefaults()
    lifecycle?.preStop?.httpGet?.setDefaults()
  }
}

extension PullPolicy {
  /// `Always` for a tag that moves, `IfNotPresent` for one that does not.
  static func usual(for image: String) -> PullPolicy {
    if image.contains("@") { return .ifNotPresent }
    let last = image.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    let tag = last.split(separator: ":", maxSplits: 1).dropFirst().first ?? "latest"
    return tag == "latest" ? .always : .ifNotPresent
  }
}

extension Probe {
  fileprivate mutating func setDefaults() {
    timeoutSeconds = Self.counted(timeoutSeconds, or: 1)
    periodSeconds = Self.counted(periodSeconds, or: 10)
    successThreshold = Self.counted(successThreshold, or: 1)
    failureThreshold = Self.counted(failureThreshold, or: 3)
    httpGet?.setDefaults()
    grpc?.service.fill("")
  }

  /// The API cannot tell 0 from nothing here.
  private static func counted(_ value: Int?, or usual: Int) -> Int {
    value == nil || value == 0 ? usual : value ?? usual
  }
}

extension HTTPGetAction {
  fileprivate mutating func setDefaults() {
    if path?.isEmpty ?? true { path = "/" }
    scheme.fill(.http)
  }
}

extension ObjectFieldSelector {
  fileprivate mutating func setDefaults() {
    apiVersion.fill("v1")
  }
}

extension Volume {
  fileprivate mutating func setDefaults() {
    if sources.isEmpty { emptyDir = EmptyDirVolumeSource() }
    hostPath?.type.fill(.unset)
    let mode = 0o644
    configMap?.defaultMode.fill(mode)
    secret?.defaultMode.fill(mode)
    downwardAPI?.defaultMode.fill(mode)
    projected?.defaultMode.fill(mode)
    if let reference = image?.reference { image?.pullPolicy.fill(.usual(for: reference)) }
    for index in downwardAPI?.items.indices ?? 0..<0 {
      downwardAPI?.items[index].fieldRef?.setDefaults()
    }
    for index in projected?.sources.indices ?? 0..<0 {
      projected?.sources[index].setDefaults()
    }
  }

  /// The names of the sources that are set, in the order of the table.
  var sources: [String] {
    Self.fields.filter { $0.name != "name" && $0.encode(self) != nil }.map(\.name)
  }
}

extension VolumeProjection {
  fileprivate mutating func setDefaults() {
    serviceAccountToken?.expirationSeconds.fill(3600)
    for index in downwardAPI?.items.indices ?? 0..<0 {
      downwardAPI?.items[index].fieldRef?.setDefaults()
    }
  }
}

extension Optional {
  /// Sets what was not set.
  fileprivate mutating func fill(_ value: Wrapped) {
    if self == nil { self = value }
  }
}
