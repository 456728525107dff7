extension LifeSpec {
  /// The life of a pod as the manifest tells it; `pod` has its defaults.
  public init(_ pod: Pod) {
    let spec = pod.spec
    self.init(
      pod: pod.kubeletName,
      restartPolicy: spec.restartPolicy ?? .always,
      grace: .seconds(spec.terminationGracePeriodSeconds ?? 30),
      containers: spec.initContainers.map {
        ContainerSpec($0, role: $0.restartPolicy == .always ? .sidecar : .initial)
      }
        + spec.containers.map { ContainerSpec($0, role: .app) }
        + spec.ephemeralContainers.map { ContainerSpec($0.common, role: .ephemeral) })
    activeDeadline = spec.activeDeadlineSeconds.map { .seconds($0) }
    readinessGates = spec.readinessGates.map(\.conditionType)
  }
}

extension LifeSpec.ContainerSpec {
  fileprivate init(_ container: Container, role: LifeSpec.Role) {
    self.init(name: container.name, role: role, image: container.image)
    restartPolicy = container.restartPolicy.flatMap { RestartPolicy(rawValue: $0.rawValue) }
    rules = container.restartPolicyRules.map(LifeSpec.RestartRule.init)
    hasPostStart = container.lifecycle?.postStart != nil
    hasPreStop = container.lifecycle?.preStop != nil
    probes.startup = container.startupProbe.map(ProbeSpec.init)
    probes.liveness = container.livenessProbe.map(ProbeSpec.init)
    probes.readiness = container.readinessProbe.map(ProbeSpec.init)
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
