import PodModel

/// What may never be seen in a status, however it came about.
struct LifeWatch {
  private var terminal: PodPhase?
  private var restarts: [String: Int] = [:]
  private var wasInitialised = false
  private var transitions: [String: (status: ConditionStatus?, at: String?)] = [:]

  /// - Parameter isNext: nothing happened unseen since the last look.
  mutating func look(
    at status: PodStatus, isNext: Bool, _ rules: LifeRules
  ) throws(LifeRule.Broken) {
    try terminalPhasesStay(status)
    if !isNext { transitions = [:] }
    try transitionsHaveTheirTime(status)
    guard rules.admitted != nil, rules.rejection == nil else { return }
    try initializedStays(status, rules)
    for container in status.all {
      try oneStateAtATime(container)
      try restartCountsRise(container)
      try startedIsEarned(container, rules)
      try readyIsEarned(container, rules)
    }
  }

  /// 2.6, R22: a terminal phase never changes, and nothing runs in a pod that has one.
  private mutating func terminalPhasesStay(_ status: PodStatus) throws(LifeRule.Broken) {
    if let terminal {
      try LifeRule.require(
        .terminalPhasesStay, status.phase == terminal, "the phase was \(terminal) for good")
    }
    guard status.phase == .succeeded || status.phase == .failed else { return }
    terminal = status.phase
    try LifeRule.require(
      .terminalPhasesStay, !status.all.contains(where: \.isRunning),
      "a container runs in a pod that is over")
  }

  /// 2.7: a condition's time changes when its status does, and only then.
  private mutating func transitionsHaveTheirTime(_ status: PodStatus) throws(LifeRule.Broken) {
    for condition in status.conditions {
      let type = condition.type
      try LifeRule.require(
        .transitionsHaveTheirTime, condition.lastTransitionTime != nil, "\(type) has no time")
      if let before = transitions[type], before.status == condition.status {
        try LifeRule.require(
          .transitionsHaveTheirTime, before.at == condition.lastTransitionTime,
          "the time of \(type) changes alone")
      }
      transitions[type] = (condition.status, condition.lastTransitionTime)
    }
  }

  /// 1.4: a pod that is initialized stays so; before, its apps wait and have never begun. Where
  /// all may begin again, or sidecars have a say, it holds for the first time only.
  private mutating func initializedStays(
    _ status: PodStatus, _ rules: LifeRules
  ) throws(LifeRule.Broken) {
    guard let condition = status.conditions.first(where: { $0.type == "Initialized" }),
      condition.status != .unknown
    else {
      throw LifeRule.Broken(rule: .initializedStays, why: "nobody knows whether it is initialized")
    }
    defer { wasInitialised = wasInitialised || condition.status == .true }
    guard condition.status == .false else { return }
    let hasBegun = status.containerStatuses.contains(where: \.hasBegun)
    try LifeRule.require(.initializedStays, !hasBegun, "an app has begun and it is not initialized")
    let isSimple =
      rules.sandbox.run <= 0
      && rules.containers.allSatisfy { $0.spec.role != .sidecar && $0.spec.rules.isEmpty }
    try LifeRule.require(
      .initializedStays, !wasInitialised || !isSimple, "the pod is not initialized any more")
    guard isSimple, !rules.isFinished else { return }
    for container in status.containerStatuses {
      try LifeRule.require(
        .initializedStays,
        container.state?.waiting?.reason == "PodInitializing" && container.restartCount == 0,
        "\(container.name) begins before the pod is initialized")
    }
  }

  /// 2.8: a container is in one state; an end that began has both its times; who runs is known.
  private func oneStateAtATime(_ container: ContainerStatus) throws(LifeRule.Broken) {
    let state = container.state
    let shown = [state?.waiting != nil, state?.running != nil, state?.terminated != nil]
    try LifeRule.require(
      .oneStateAtATime, shown.count { $0 } == 1, "\(container.name) is not in one state")
    for end in [state?.terminated, container.lastState?.terminated] {
      guard let end else { continue }
      try LifeRule.require(
        .oneStateAtATime, (end.startedAt == nil) == (end.finishedAt == nil),
        "an end of \(container.name) has half its times")
    }
    try LifeRule.require(
      .oneStateAtATime, !container.isRunning || container.containerID != nil,
      "\(container.name) runs without an identity")
  }

  /// P07, 2.8: restart counts never fall.
  private mutating func restartCountsRise(
    _ container: ContainerStatus
  ) throws(LifeRule.Broken) {
    try LifeRule.require(
      .restartCountsRise, container.restartCount >= restarts[container.name] ?? 0,
      "the restart count of \(container.name) falls")
    restarts[container.name] = container.restartCount
  }

  /// 2.3: `started` is what the startup probe and the postStart hook say of a container that runs.
  private func startedIsEarned(
    _ container: ContainerStatus, _ rules: LifeRules
  ) throws(LifeRule.Broken) {
    guard let index = rules.index(container.name) else { return }
    let record = rules.containers[index]
    let isStarted = record.spec.role == .initial ? record.isRunning : record.isStarted
    try LifeRule.require(
      .startedIsEarned, container.started == isStarted,
      "\(container.name) is shown as started: \(container.started == true)")
  }

  /// 2.3: ready are init containers that succeeded, and others that are started and whose
  /// readiness probe said yes last.
  private func readyIsEarned(
    _ container: ContainerStatus, _ rules: LifeRules
  ) throws(LifeRule.Broken) {
    guard let index = rules.index(container.name) else { return }
    let record = rules.containers[index]
    switch record.spec.role {
    case .ephemeral: break
    case .initial:
      try LifeRule.require(
        .readyIsEarned, !container.ready || record.end?.isFailure == false,
        "\(container.name) is shown as ready")
    case .app, .sidecar:
      try LifeRule.require(
        .readyIsEarned, container.ready == record.isReady,
        "\(container.name) is shown as ready: \(container.ready)")
    }
  }
}

extension PodStatus {
  fileprivate var all: [ContainerStatus] {
    initContainerStatuses + containerStatuses + ephemeralContainerStatuses
  }
}

extension ContainerStatus {
  fileprivate var isRunning: Bool { state?.running != nil }

  /// A container that never began is shown as lost when its pod is over.
  fileprivate var hasBegun: Bool {
    let hasEnded = state?.terminated.map { $0.reason != "ContainerStatusUnknown" } ?? false
    return isRunning || hasEnded || lastState != nil
  }
}
