import PodModel

/// What a container is asked: its hooks, its probes.
extension LifeRules {
  /// 2.4: the postStart hook runs once after each start, and not in a container that ends.
  mutating func postStartOnce(_ instance: Instance, again: Bool) throws(Broken) {
    guard let index = index(of: instance), let run = containers[index].run else {
      throw Broken(rule: .postStartOnce, why: "\(instance) has a hook and never was")
    }
    try LifeRule.require(
      .postStartOnce,
      run.stage == .running && run.stop == nil && run.postStart == (again ? .asked : .wanted),
      "\(instance) has its postStart hook at the wrong time")
    containers[index].run?.postStart = .asked
  }

  /// 2.4: the preStop hook runs once in each end of a container that was started, before the stop
  /// signal; not when there is no grace or the container ended by itself.
  mutating func preStopOnce(_ instance: Instance, again: Bool) throws(Broken) {
    guard let index = index(of: instance), let stop = containers[index].run?.stop,
      containers[index].isRunning
    else { throw Broken(rule: .preStopOnce, why: "\(instance) has a preStop hook and goes on") }
    try LifeRule.require(
      .preStopOnce, stop.signalledAt == nil && stop.preStop == (again ? .asked : .wanted),
      "\(instance) has its preStop hook at the wrong time")
    containers[index].run?.stop?.preStop = .asked
  }

  /// What ends, or is not there, takes nothing any more.
  func checkResize(_ instance: Instance) throws(Broken) {
    let container = index(of: instance).map { containers[$0] }
    try LifeRule.require(
      .nothingAfterTheEnd, container.map { $0.isRunning && !$0.isStopping } ?? false,
      "\(instance) does not run and is resized")
  }

  mutating func checkProbe(
    _ instance: Instance, _ kind: ProbeKind, at now: Duration, again: Bool
  ) throws(Broken) {
    guard let index = index(of: instance), let run = containers[index].run,
      let place = run.probes.firstIndex(where: { $0.kind == kind }), run.stage == .running
    else { throw Broken(rule: .startupGates, why: "\(instance) has no \(kind) probe to ask") }
    let probe = run.probes[place]
    try probesEndWithTheContainer(run, kind, instance)
    try startupGates(containers[index], kind)
    try oneProbeInFlight(probe, instance, again: again)
    if !again { try probesWait(probe, instance, at: now) }
    containers[index].run?.probes[place].isInFlight = true
  }

  /// 2.3 “pod deletion”, P23, CL11, CL12: liveness and startup are not asked of a container that
  /// ends; readiness is.
  private func probesEndWithTheContainer(
    _ run: ContainerRecord.Run, _ kind: ProbeKind, _ instance: Instance
  ) throws(Broken) {
    try LifeRule.require(
      .probesEndWithTheContainer, kind == .readiness || run.stop == nil,
      "\(instance) ends and is asked for its \(kind)")
  }

  /// 2.3 startup gating, P15: until a container is started only its startup probe is asked, then
  /// never again.
  private func startupGates(_ container: ContainerRecord, _ kind: ProbeKind) throws(Broken) {
    try LifeRule.require(
      .startupGates, container.isAsked(kind), "\(container.name) is asked for its \(kind)")
  }

  /// 2.3 workers: one for each probe, which asks and waits.
  private func oneProbeInFlight(
    _ probe: ProbeRecord, _ instance: Instance, again: Bool
  ) throws(Broken) {
    try LifeRule.require(
      .oneProbeInFlight, probe.isInFlight == again, "\(probe.kind) of \(instance) is asked twice")
  }

  /// 2.3: not before the initial delay or the next period, and not when all is said.
  private func probesWait(
    _ probe: ProbeRecord, _ instance: Instance, at now: Duration
  ) throws(Broken) {
    try LifeRule.require(
      .probesWait, !probe.isOnHold && probe.due.map { $0 <= now } ?? false,
      "\(probe.kind) of \(instance) is asked too soon")
  }

  /// 2.3, P17: the period is kept, readiness is asked as soon as the container is started, and
  /// what could not be asked is tried again.
  func probesComeInTime(
    _ run: ContainerRecord.Run, of container: ContainerRecord, at now: Duration
  ) throws(Broken) {
    for probe in run.probes where !probe.isInFlight && !probe.isOnHold {
      guard container.isAsked(probe.kind) else { continue }
      try LifeRule.require(
        .probesComeInTime, probe.due.map { $0 > now } ?? false,
        "\(container.name) should have been asked for its \(probe.kind)")
    }
  }
}
