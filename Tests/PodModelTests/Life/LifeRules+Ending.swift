import PodModel

/// How a container ends: why, when, in which order.
extension LifeRules {
  /// 2.5.2: the event `Killing` is the beginning of an end.
  mutating func beginStop(_ note: Note, at now: Duration) throws(Broken) {
    guard let name = note.container, let index = index(name) else { return }
    let container = containers[index]
    guard container.isRunning, !container.isStopping, let grace = grace(toEnd: container) else {
      throw Broken(rule: .stopsHaveReasons, why: "\(name) is ended for no reason")
    }
    if !isStoppingAll, container.run?.postStart != .failed {
      let policy = container.spec.restartPolicy ?? spec.restartPolicy
      let isUpdate = runsOldImage(container)
      containers[index].revives =
        isUpdate || container.spec.role == .sidecar || policy != .never
    }
    let isOfPod = isStoppingAll
    containers[index].run?.stop = .init(
      graceEnd: now + grace, isOfPod: isOfPod,
      preStop: container.spec.hasPreStop && grace > .zero ? .wanted : .none)
  }

  /// The grace with which it has to end now; nil while it may go on (2.2.6, 2.3, 2.4, 2.5.1).
  func grace(toEnd container: ContainerRecord) -> Duration? {
    if isStoppingAll { return podGrace }
    if container.run?.postStart == .failed || runsOldImage(container) { return spec.grace }
    return container.failedProbe.map { $0.spec.grace ?? spec.grace }
  }

  /// 2.2.6: what runs for as long as the pod does is made anew when its image changed.
  func runsOldImage(_ container: ContainerRecord) -> Bool {
    guard container.spec.role == .app || container.spec.role == .sidecar else { return false }
    return container.run?.image != container.spec.image
  }

  func checkDues(
    of run: ContainerRecord.Run, of container: ContainerRecord, at now: Duration
  ) throws(Broken) {
    try LifeRule.require(
      .postStartOnce, run.postStart != .wanted || run.stop != nil,
      "\(container.name) waits for its postStart hook")
    if let stop = run.stop {
      try signalsComeInTime(stop, of: container, at: now)
      try killsComeInTime(stop, of: container, at: now)
    } else {
      try oldImagesEnd(container)
      try unfitOnesEnd(container)
    }
    try probesComeInTime(run, of: container, at: now)
  }

  /// CL13, L08: a container whose image changed ends, under every policy; `stopsHaveReasons` has
  /// the others stay.
  private func oldImagesEnd(_ container: ContainerRecord) throws(Broken) {
    try LifeRule.require(
      .oldImagesEnd, isStoppingAll || !runsOldImage(container),
      "\(container.name) runs an old image")
  }

  /// 2.3, 2.4, 2.5: what failed its liveness or startup probe or its postStart hook ends at once,
  /// and everything ends with its pod.
  private func unfitOnesEnd(_ container: ContainerRecord) throws(Broken) {
    try LifeRule.require(
      .unfitOnesEnd, grace(toEnd: container) == nil, "\(container.name) should end and does not")
  }

  /// 2.5.3 to 2.5.6: the stop signal is sent when the preStop hook is over and it is its turn, and
  /// when the grace is used up whatever is missing.
  private func signalsComeInTime(
    _ stop: ContainerRecord.Stop, of container: ContainerRecord, at now: Duration
  ) throws(Broken) {
    try LifeRule.require(
      .preStopOnce, stop.preStop != .wanted,
      "\(container.name) has a preStop hook and it is not run")
    guard stop.signalledAt == nil else { return }
    let isFree = stop.preStop != .asked && isItsTurn(container)
    try LifeRule.require(
      .signalsComeInTime, !isFree && stop.graceEnd > now,
      "\(container.name) should have the stop signal")
  }

  /// 2.5 “total worst case = grace + 2 s”, CL08, CL09, CL32.
  private func killsComeInTime(
    _ stop: ContainerRecord.Stop, of container: ContainerRecord, at now: Duration
  ) throws(Broken) {
    guard let killAt = stop.killAt, container.run?.wasKilled == false else { return }
    try LifeRule.require(
      .killsComeInTime, killAt > now, "\(container.name) should have been killed at \(killAt)")
  }

  mutating func checkStop(
    _ instance: Instance, at now: Duration, again: Bool
  ) throws(Broken) {
    guard let index = index(of: instance), let stop = containers[index].run?.stop,
      containers[index].isRunning
    else {
      throw Broken(rule: .stopsHaveReasons, why: "\(instance) has the stop signal for no reason")
    }
    try LifeRule.require(
      .stopsHaveReasons, again == (stop.signalledAt != nil), "\(instance) has the signal twice")
    guard !again else { return }
    try preStopFirst(stop, instance, at: now)
    try sidecarsLast(stop, containers[index], at: now)
    containers[index].run?.stop?.signalledAt = now
    containers[index].run?.stop?.killAt = max(stop.graceEnd, now + .seconds(2))
  }

  /// 2.4: the stop signal waits for the preStop hook, but not beyond the grace.
  private func preStopFirst(
    _ stop: ContainerRecord.Stop, _ instance: Instance, at now: Duration
  ) throws(Broken) {
    try LifeRule.require(
      .preStopFirst,
      stop.preStop == .none || stop.preStop == .done || stop.graceEnd <= now,
      "\(instance) has the stop signal while its preStop hook runs")
  }

  /// 2.5.4, CL30, CL33: in a pod that ends a sidecar has the stop signal after all app containers
  /// and all later sidecars have ended, unless its grace is used up.
  private func sidecarsLast(
    _ stop: ContainerRecord.Stop, _ container: ContainerRecord, at now: Duration
  ) throws(Broken) {
    try LifeRule.require(
      .sidecarsLast, isItsTurn(container) || stop.graceEnd <= now,
      "\(container.name) has the stop signal before its turn")
  }

  private func isItsTurn(_ container: ContainerRecord) -> Bool {
    guard container.spec.role == .sidecar, container.run?.stop?.isOfPod ?? false else {
      return true
    }
    var isLater = false
    for other in containers {
      if other.spec.role == .app, other.isLive { return false }
      if isLater, other.spec.role == .sidecar, other.isLive { return false }
      if other.name == container.name { isLater = true }
    }
    return true
  }

  mutating func checkKill(
    _ instance: Instance, at now: Duration, again: Bool
  ) throws(Broken) {
    guard let index = index(of: instance), let run = containers[index].run,
      run.stage == .created || run.stage == .running
    else { throw Broken(rule: .stopsHaveReasons, why: "\(instance) is killed and does not live") }
    try LifeRule.require(
      .stopsHaveReasons, again == run.wasKilled,
      "\(instance) is killed \(again ? "again" : "twice")")
    if run.stage == .created {
      try LifeRule.require(
        .stopsHaveReasons, isStoppingAll, "\(instance) is taken back for no reason")
    } else if !again {
      try twoSeconds(run.stop, instance, at: now)
      try graceIsGiven(run.stop, instance, at: now)
    }
    containers[index].run?.wasKilled = true
  }

  /// 2.1 minimum grace period: a process has two seconds between the stop signal and SIGKILL.
  private func twoSeconds(
    _ stop: ContainerRecord.Stop?, _ instance: Instance, at now: Duration
  ) throws(Broken) {
    let since = stop?.signalledAt.map { now - $0 } ?? .zero
    try LifeRule.require(
      .twoSeconds, since >= .seconds(2), "\(instance) is killed \(since) after the stop signal")
  }

  /// 2.5.1, 2.5.6: all of the grace is given, and only a later deletion or the end of the pod
  /// makes it shorter.
  private func graceIsGiven(
    _ stop: ContainerRecord.Stop?, _ instance: Instance, at now: Duration
  ) throws(Broken) {
    guard let killAt = stop?.killAt else { return }
    try LifeRule.require(
      .graceIsGiven, killAt <= now, "\(instance) is killed, and its grace ends at \(killAt)")
  }
}
