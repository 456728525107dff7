import PodModel

/// The sandbox, what is left of runs, the end of it all.
extension LifeRules {
  mutating func checkStart(
    sandbox run: Int, at now: Duration, again: Bool
  ) throws(Broken) {
    try LifeRule.require(
      .rejectionIsFinal, rejection == nil, "sandbox \(run) begins in a pod that was rejected")
    try oneSandbox(run, again: again)
    guard !again else { return }
    try sandboxOutlivesContainers()
    try sandboxesWait(at: now)
    if sandbox.run >= 0 {
      for index in containers.indices {
        let role = containers[index].spec.role
        if role == .initial || role == .sidecar { containers[index].beginAnew() }
      }
      isRenewing = false
    }
    sandbox = Sandbox(run: run, stage: .starting)
  }

  /// 2.2.3: one at a time, counted up, none in a pod that ends, and no second one in a pod that is
  /// never restarted and of which a container was made.
  private func oneSandbox(_ run: Int, again: Bool) throws(Broken) {
    guard !again else {
      return try LifeRule.require(
        .oneSandbox, run == sandbox.run && sandbox.stage == .starting, "\(run) was not begun")
    }
    try LifeRule.require(.oneSandbox, !isEnding, "sandbox \(run) begins in a pod that ends")
    try LifeRule.require(.oneSandbox, run > sandbox.run, "sandbox \(run) was before")
    try LifeRule.require(
      .oneSandbox, sandbox.stage == .none || sandbox.stage == .gone && mayReplaceSandbox,
      "sandbox \(run) begins beside another")
  }

  /// 2.2.3, 2.5.7: a sandbox goes after its containers, and the next comes after them.
  private func sandboxOutlivesContainers() throws(Broken) {
    try LifeRule.require(
      .sandboxOutlivesContainers, !containers.contains(where: \.isLive),
      "a sandbox goes and a container lives")
  }

  /// 2.1 sync error back-off: what failed is tried again after 10 s, volumes sooner.
  private func sandboxesWait(at now: Duration) throws(Broken) {
    guard let due = sandbox.retryAt else { return }
    try LifeRule.require(.sandboxesWait, due <= now, "a sandbox is tried again too soon")
  }

  mutating func checkRemove(sandbox run: Int, again: Bool) throws(Broken) {
    try LifeRule.require(
      .oneSandbox, run == sandbox.run && again == (sandbox.stage == .going),
      "sandbox \(run) is removed at the wrong time")
    try LifeRule.require(
      .oneSandbox, sandbox.stage != .none && sandbox.stage != .gone, "no sandbox is there")
    try sandboxOutlivesContainers()
    sandbox.stage = .going
  }

  /// The contract of `Effect.remove`: what is left of a run is taken away once, after its end.
  mutating func remainsGoOnce(_ instance: Instance, again: Bool) throws(Broken) {
    guard let index = index(instance.container),
      let place = containers[index].remains.firstIndex(where: { $0.run == instance.run })
    else { throw Broken(rule: .remainsGoOnce, why: "nothing is left of \(instance)") }
    try LifeRule.require(
      .remainsGoOnce, containers[index].remains[place].wasAsked == again,
      "\(instance) is removed twice")
    containers[index].remains[place].wasAsked = true
  }

  /// 2.5.7: the end comes once, when all containers, their remains and the sandbox are gone.
  mutating func finishIsLast(deleted: Bool) throws(Broken) {
    try LifeRule.require(
      .finishIsLast, deleted == isDeleted, "the end says deleted=\(deleted)")
    try LifeRule.require(.finishIsLast, isEnding, "the end comes for no reason")
    try LifeRule.require(
      .finishIsLast, sandbox.stage == .none || sandbox.stage == .gone, "the sandbox is there yet")
    for container in containers {
      try LifeRule.require(.finishIsLast, !container.isLive, "\(container.name) lives")
      try LifeRule.require(
        .finishIsLast, container.remains.isEmpty, "something is left of \(container.name)")
    }
    isFinished = true
  }

  /// 2.6, CL36 to CL38: how a pod that is over came out. Sidecars and ephemeral containers have no
  /// say; a pod that came to its end before it ran has failed.
  func onlyAppsDecide(_ phase: PodPhase) throws(Broken) {
    let initial = containers.filter { $0.spec.role == .initial }
    let apps = containers.filter { $0.spec.role == .app }
    let hasFailed =
      initial.contains { container in
        container.end.map { $0.code != 0 && !runsAgain(container) } ?? true
      } || apps.contains { $0.end?.code != 0 } || hasExceededDeadline || isEvicted
      || rejection != nil
    try LifeRule.require(
      .onlyAppsDecide, phase == (hasFailed ? .failed : .succeeded), "the pod came out as \(phase)")
  }

  /// L04: a pod that was active for too long says so when it has failed.
  func deadlineFails(_ status: PodStatus) throws(Broken) {
    try LifeRule.require(
      .deadlineFails, (status.reason == "DeadlineExceeded") == hasExceededDeadline,
      "the reason is \(status.reason ?? "none")")
  }

  /// L12: a pod that has taken too much has failed, and says why.
  func evictionFails(_ status: PodStatus) throws(Broken) {
    try LifeRule.require(
      .evictionFails, (status.reason == "Evicted") == isEvicted,
      "the reason is \(status.reason ?? "none")")
    guard isEvicted else { return }
    try LifeRule.require(
      .evictionFails, status.phase == .failed && status.message == eviction,
      "it was evicted, and is shown as \(String(describing: status.phase))")
  }

  /// 2.6: a pod that was rejected has failed before it began, and nothing of it ever was.
  func rejectionIsFinal(_ status: PodStatus) throws(Broken) {
    guard let rejection else { return }
    let containers = status.initContainerStatuses + status.containerStatuses
    try LifeRule.require(
      .rejectionIsFinal,
      status.phase == .failed && status.reason == rejection.reason && containers.isEmpty,
      "it was rejected, and is shown as \(String(describing: status.phase))")
  }
}
