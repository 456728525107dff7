/// The life of one pod: facts in, effects out, one deadline.
///
/// A value that touches nothing: it can be printed, replayed and fuzzed, and it is the only owner
/// of what is true about a pod. The supervisor tells it facts, does what it answers, and wakes it
/// at `deadline`; a snapshot of it is all that a supervisor needs to come back.
///
///     waiting ──▶ creating ──▶ created ──▶ starting ──▶ running ──▶ stopping
///        ▲            │           │            │           │           │
///        └────────────┴───────────┴── exited ◀─┴───────────┴───────────┘
public struct PodLife: Codable, Equatable, Sendable {
  public let spec: LifeSpec
  public internal(set) var sandbox = Sandbox()
  /// In the order of `spec.containers`.
  public internal(set) var containers: [ContainerLife]
  /// When the pod was admitted, time since boot.
  public internal(set) var admitted: Duration?
  /// Somebody asked for the pod to go.
  public internal(set) var deletion: Deletion?
  /// The pod has come to its end by itself.
  public internal(set) var outcome: Outcome?
  /// Everything is gone but the records.
  public internal(set) var isFinished = false
  var transitions: [String: Transition] = [:]

  public init(_ spec: LifeSpec) {
    self.spec = spec
    containers = spec.containers.map { ContainerLife($0) }
  }

  /// Takes in one fact learned at `now`, a time since boot, and answers what to do.
  public mutating func handle(_ event: Event, at now: Duration) -> [Effect] {
    var plan: [Effect] = []
    absorb(event, at: now, &plan)
    decide(at: now, &plan)
    noteTransitions(at: now)
    return plan
  }

  /// Does what is due at `now`.
  public mutating func wake(at now: Duration) -> [Effect] {
    var plan: [Effect] = []
    decide(at: now, &plan)
    noteTransitions(at: now)
    return plan
  }

  /// The effects whose answers are still awaited: what a supervisor that comes back begins again.
  public var pending: [Effect] {
    var effects: [Effect] = []
    switch sandbox.state {
    case .starting: effects.append(.startSandbox(run: sandbox.run))
    case .removing: effects.append(.removeSandbox(run: sandbox.run))
    default: break
    }
    for container in containers {
      effects += container.pending
    }
    if isFinished { effects.append(.finish(deleted: deletion != nil)) }
    return effects
  }

  /// The earliest time since boot at which anything is due; nil when only facts matter.
  public var deadline: Duration? {
    guard !isFinished else { return nil }
    return (containers.map(\.deadline) + [sandbox.deadline]).compactMap { $0 }.min()
  }

  public struct Deletion: Codable, Equatable, Sendable {
    public var requested: Duration
    public var grace: Duration
  }

  /// Why a pod ends that nobody deleted.
  public enum Outcome: String, Codable, Sendable {
    case succeeded, failed
  }

  /// The pause container and what hangs on it: the shared namespaces, the network.
  public struct Sandbox: Codable, Equatable, Sendable {
    public internal(set) var run = 0
    public internal(set) var state = State.absent
    /// Kept for the status after the sandbox is gone.
    public internal(set) var addresses: [String] = []

    public enum State: Codable, Equatable, Sendable {
      /// Nothing of this run exists. → starting
      case absent
      /// → ready, failed
      case starting
      /// → lost, removing
      case ready(since: Duration)
      /// Tried again at `retry`. → starting
      case failed(message: String, retry: Duration)
      /// Pause is gone while the pod was alive. → removing
      case lost
      /// → absent (of the next run), removed
      case removing
      /// For ever.
      case removed
    }

    var deadline: Duration? {
      if case .failed(_, let retry) = state { return retry }
      return nil
    }

    public var isReady: Bool {
      if case .ready = state { return true }
      return false
    }
  }
}
