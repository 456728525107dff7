/// What goes on around a process that was started: its postStart hook, its probes.
public struct Activity: Codable, Equatable, Sendable {
  /// When the runtime let the process go, time since boot.
  public internal(set) var since: Duration
  var postStart: PostStart
  var probes = EachProbe<ProbeLife>()

  enum PostStart: String, Codable, Sendable {
    case wanted
    case asked
    /// Or there is none.
    case done
    case failed
  }

  init(since: Duration, _ spec: LifeSpec.ContainerSpec) {
    self.since = since
    postStart = spec.hasPostStart ? .wanted : .done
  }

  /// The containers after it may begin.
  func isStarted(_ spec: LifeSpec.ContainerSpec) -> Bool {
    postStart == .done && (spec.probes.startup == nil || probes.startup?.verdict == true)
  }

  func isReady(_ spec: LifeSpec.ContainerSpec) -> Bool {
    isStarted(spec) && (spec.probes.readiness == nil || probes.readiness?.verdict == true)
  }

  /// The probe that says that this run has to end.
  var failedProbe: ProbeKind? {
    [.startup, .liveness].first { probes[$0]?.verdict == false }
  }

  /// Which probes are asked at this moment of the container's life. Who is ending need not live;
  /// whether it still does its work is worth knowing.
  private func kinds(_ spec: LifeSpec.ContainerSpec, isStopping: Bool) -> [ProbeKind] {
    guard postStart == .done else { return [] }
    let kinds: [ProbeKind] = isStarted(spec) ? [.liveness, .readiness] : [.startup]
    return kinds.filter { $0 == .readiness || !isStopping }
  }

  /// Begins the probes whose time it is; the answer names those that are to be asked now.
  mutating func probe(
    _ spec: LifeSpec.ContainerSpec, isStopping: Bool, at now: Duration
  ) -> [ProbeKind] {
    kinds(spec, isStopping: isStopping).filter { kind in
      guard let probe = spec.probes[kind] else { return false }
      if probes[kind] == nil { probes[kind] = ProbeLife(due: max(since + probe.initialDelay, now)) }
      return probes[kind]?.ask(at: now) ?? false
    }
  }

  /// When the next probe is to be asked.
  func nextProbe(_ spec: LifeSpec.ContainerSpec, isStopping: Bool) -> Duration? {
    kinds(spec, isStopping: isStopping).compactMap { probes[$0]?.due }.min()
  }

  /// Effects whose answers are awaited.
  func pending(
    _ instance: Instance, _ spec: LifeSpec.ContainerSpec, isStopping: Bool
  ) -> [Effect] {
    let asked = kinds(spec, isStopping: isStopping).filter { probes[$0]?.isAsked ?? false }
    let isHooked = postStart == .asked && !isStopping
    return (isHooked ? [.hook(instance, .postStart)] : []) + asked.map { .probe(instance, $0) }
  }
}
