import PodModel

/// What may begin, in which order, how soon.
extension LifeRules {
  mutating func checkCreate(
    _ instance: Instance, at now: Duration, again: Bool
  ) throws(Broken) {
    guard let index = index(instance.container) else {
      throw Broken(rule: .oneRunAtATime, why: "nobody is \(instance)")
    }
    let container = containers[index]
    if again {
      return try LifeRule.require(
        .oneRunAtATime, container.run?.number == instance.run && container.run?.stage == .creating,
        "\(instance) is begun again and was not begun")
    }
    try nothingAfterTheEnd(instance, at: now)
    try oneRunAtATime(container)
    try runsAreCountedUp(container, instance)
    try initsFirst(index)
    try sidecarsFirst(index)
    try ephemeralOnce(container)
    try policyDecides(container)
    try renewalsWait(container, at: now)
    try backOffs(container, at: now)
    try retriesWait(container, at: now)
    if container.hasEnded, let end = container.end {
      containers[index].backoff = .raised(container.backoff, after: end.at, at: now)
    }
    (containers[index].hasEnded, containers[index].wasHeard) = (false, false)
    containers[index].revives = false
    containers[index].retryAt = nil
    containers[index].run = .init(number: instance.run, image: container.spec.image)
  }

  /// 2.5 “during termination no restart happens”; R22, R23: once a pod is deleted, or comes to its
  /// end by itself, or its sandbox is gone, nothing of it is made, started or hooked.
  func nothingAfterTheEnd(_ instance: Instance, at now: Duration) throws(Broken) {
    try LifeRule.require(
      .nothingAfterTheEnd, !isStoppingAll && sandbox.stage == .ready,
      "\(instance) begins in a pod that ends")
  }

  /// 2.2.7: a container has one instance.
  private func oneRunAtATime(_ container: ContainerRecord) throws(Broken) {
    try LifeRule.require(.oneRunAtATime, !container.isLive, "two \(container.name) at once")
  }

  /// 2.8 `restartCount`: every run has a number above the ones before; what could not be made is
  /// tried again under its own.
  private func runsAreCountedUp(
    _ container: ContainerRecord, _ instance: Instance
  ) throws(Broken) {
    guard let run = container.run else { return }
    let isRetry = run.stage == .failed
    try LifeRule.require(
      .runsAreCountedUp, isRetry ? instance.run == run.number : instance.run > run.number,
      "\(instance) was before")
  }

  /// 2.2 init walk, CL01, CL18: a container is made once the init containers before it have
  /// succeeded in this sandbox; ephemeral containers wait for nobody.
  private func initsFirst(_ index: Int) throws(Broken) {
    guard containers[index].spec.role != .ephemeral else { return }
    for other in containers[..<index] where other.spec.role == .initial {
      try LifeRule.require(
        .initsFirst, other.isDone, "\(containers[index].name) begins before \(other.name) is done")
    }
  }

  /// 2.2 init walk, CL26: … and once the sidecars before it were started, startup probe included.
  private func sidecarsFirst(_ index: Int) throws(Broken) {
    guard containers[index].spec.role != .ephemeral else { return }
    for other in containers[..<index] where other.spec.role == .sidecar {
      try LifeRule.require(
        .sidecarsFirst, other.wasStarted,
        "\(containers[index].name) begins before \(other.name) is started")
    }
  }

  /// 2.2.4, EC02: an ephemeral container is never restarted.
  private func ephemeralOnce(_ container: ContainerRecord) throws(Broken) {
    guard container.spec.role == .ephemeral else { return }
    try LifeRule.require(
      .ephemeralOnce, container.timesStarted == 0 && container.end == nil,
      "\(container.name) runs once more")
  }

  /// 2.2 `shouldRestart`, R01, CR01 to CR05: what ended runs again as rules and policies say.
  private func policyDecides(_ container: ContainerRecord) throws(Broken) {
    guard container.hasEnded else { return }
    try LifeRule.require(
      .policyDecides, runsAgain(container), "\(container.name) runs again against its policy")
  }

  /// 2.1, CR06: a container that has all begin anew has a back-off as after any other end.
  private func renewalsWait(_ container: ContainerRecord, at now: Duration) throws(Broken) {
    guard container.wasHeard, let due = backOffEnd(of: container) else { return }
    try LifeRule.require(
      .renewalsWait, due <= now, "\(container.name) has all begin anew before \(due)")
  }

  /// 2.1: at once for the first time, then 10 s, 20 s … 300 s after the end.
  private func backOffs(_ container: ContainerRecord, at now: Duration) throws(Broken) {
    guard container.hasEnded, let due = backOffEnd(of: container) else { return }
    try LifeRule.require(.backOffs, due <= now, "\(container.name) has a back-off until \(due)")
  }

  /// 2.1: what could not be made is tried again after 10 s, an image after its own back-off.
  private func retriesWait(_ container: ContainerRecord, at now: Duration) throws(Broken) {
    guard let due = retryEnd(of: container) else { return }
    try LifeRule.require(.retriesWait, due <= now, "\(container.name) is tried before \(due)")
  }

  private func backOffEnd(of container: ContainerRecord) -> Duration? {
    guard let end = container.end else { return nil }
    guard let wait = container.backoff, end.at - wait.raised <= .seconds(600) else { return end.at }
    return end.at + wait.delay
  }

  private func retryEnd(of container: ContainerRecord) -> Duration? {
    guard let retryAt = container.retryAt else { return nil }
    return max(retryAt, container.pull.map { $0.raised + $0.delay } ?? retryAt)
  }

  /// When the container's next run is due; nil while it has one or when there is to be none.
  func nextStart(of container: ContainerRecord) -> Duration? {
    guard !container.isLive, !isStoppingAll, sandbox.stage == .ready else { return nil }
    if container.hasEnded, !runsAgain(container) { return nil }
    if container.spec.role != .ephemeral {
      for other in containers {
        if other.name == container.name { break }
        if other.spec.role == .initial, !other.isDone { return nil }
        if other.spec.role == .sidecar, !other.wasStarted { return nil }
      }
    }
    return container.hasEnded
      ? backOffEnd(of: container) : retryEnd(of: container) ?? .zero
  }

  /// 2.1, 2.2: what may run is made when its waiting is over, and what is made is started unless
  /// an app container before it is not through with its start.
  func startsComeInTime(_ container: ContainerRecord, at now: Duration) throws(Broken) {
    if let due = nextStart(of: container) {
      try LifeRule.require(
        .startsComeInTime, due > now, "\(container.name) should have been made at \(due)")
    }
    guard let run = container.run, run.stage == .created, !run.wasKilled else { return }
    try LifeRule.require(
      .startsComeInTime, !isStoppingAll, "\(container.name) is kept in a pod that ends")
    try LifeRule.require(
      .startsComeInTime, isHeldBack(container), "\(container.name) was not started")
  }

  mutating func checkStart(
    _ instance: Instance, at now: Duration, again: Bool
  ) throws(Broken) {
    guard let index = index(of: instance), let run = containers[index].run else {
      throw Broken(rule: .oneRunAtATime, why: "\(instance) is started and was never made")
    }
    if again {
      return try LifeRule.require(
        .oneRunAtATime, run.stage == .starting, "\(instance) is begun again and was not begun")
    }
    try nothingAfterTheEnd(instance, at: now)
    try LifeRule.require(.oneRunAtATime, run.stage == .created, "\(instance) is not made")
    try appsInOrder(containers[index])
    containers[index].run?.stage = .starting
  }

  /// 2.2.7, CL05: an app container is started once those before it are through with theirs, the
  /// postStart hook included, and the end of those whose hook failed.
  private func appsInOrder(_ container: ContainerRecord) throws(Broken) {
    try LifeRule.require(
      .appsInOrder, !isHeldBack(container), "\(container.name) is started before its turn")
  }

  private func isHeldBack(_ container: ContainerRecord) -> Bool {
    guard container.spec.role == .app else { return false }
    for other in containers where other.spec.role == .app {
      if other.name == container.name { break }
      switch other.run?.stage {
      case .creating: return true
      case .starting where other.spec.hasPostStart: return true
      case .running where other.run?.postStart != .done && other.spec.hasPostStart: return true
      default: break
      }
    }
    return false
  }
}
