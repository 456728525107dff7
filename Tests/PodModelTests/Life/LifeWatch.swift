import PodModel

/// What may never be seen in a status, however it came about.
struct LifeWatch {
  private var terminal: PodPhase?
  private var restarts: [String: Int] = [:]
  private var wasInitialised = false
  /// The sandbox in which an init container was done first.
  private var doneIn: [String: Int] = [:]
  private var runsAgain = false

  mutating func look(at status: PodStatus, sandbox: Int) throws(LifeRules.Broken) {
    try lookAtPhase(status)
    try lookAtInitialisation(status, sandbox: sandbox)
    for container in status.initContainerStatuses + status.containerStatuses {
      guard container.restartCount >= restarts[container.name] ?? 0 else {
        throw LifeRules.Broken(description: "the restart count of \(container.name) falls")
      }
      restarts[container.name] = container.restartCount
      try look(at: container)
    }
  }

  private mutating func lookAtPhase(_ status: PodStatus) throws(LifeRules.Broken) {
    if let terminal, status.phase != terminal {
      throw LifeRules.Broken(description: "the phase was \(terminal) for good")
    }
    guard status.phase == .succeeded || status.phase == .failed else { return }
    terminal = status.phase
    if (status.initContainerStatuses + status.containerStatuses).contains(where: \.isRunning) {
      throw LifeRules.Broken(description: "a container runs in a pod that is over")
    }
  }

  private mutating func lookAtInitialisation(
    _ status: PodStatus, sandbox: Int
  ) throws(LifeRules.Broken) {
    guard let initialized = status.conditions.first(where: { $0.type == "Initialized" }),
      initialized.lastTransitionTime != nil, initialized.status != .unknown
    else { throw LifeRules.Broken(description: "nobody knows whether the pod is initialized") }
    defer { wasInitialised = initialized.status == .true }
    // Only in another sandbox do init containers that were done run again.
    for container in status.initContainerStatuses {
      if let before = doneIn[container.name] {
        runsAgain = runsAgain || !container.ready && sandbox > before
      } else if container.ready {
        doneIn[container.name] = sandbox
      }
    }
    guard initialized.status == .false else { return }
    let hasBegun = status.containerStatuses.contains(where: \.hasBegun)
    if wasInitialised, hasBegun || !runsAgain {
      throw LifeRules.Broken(description: "the pod is not initialized any more")
    }
    for container in status.containerStatuses where !runsAgain {
      guard container.state?.waiting?.reason == "PodInitializing", container.restartCount == 0
      else {
        throw LifeRules.Broken(
          description: "\(container.name) begins before the pod is initialized")
      }
    }
  }

  private func look(at container: ContainerStatus) throws(LifeRules.Broken) {
    let state = container.state
    let shown = [state?.waiting != nil, state?.running != nil, state?.terminated != nil]
    guard shown.filter({ $0 }).count == 1 else {
      throw LifeRules.Broken(description: "\(container.name) is not in one state")
    }
    for end in [state?.terminated, container.lastState?.terminated] {
      if let end, (end.startedAt == nil) != (end.finishedAt == nil) {
        throw LifeRules.Broken(description: "an end of \(container.name) has half its times")
      }
    }
    guard container.started == container.isRunning else {
      throw LifeRules.Broken(description: "\(container.name) is started but does not run")
    }
    if container.isRunning, container.containerID == nil {
      throw LifeRules.Broken(description: "\(container.name) runs without an identity")
    }
  }
}

extension ContainerStatus {
  fileprivate var isRunning: Bool { state?.running != nil }
  fileprivate var hasBegun: Bool { isRunning || state?.terminated != nil || lastState != nil }
}
