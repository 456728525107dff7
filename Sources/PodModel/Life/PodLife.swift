/// The life of one pod: facts in, effects out, one deadline.
///
/// A value that touches nothing: it can be printed, replayed and fuzzed, and it is the only owner
/// of what is true about a pod. The supervisor tells it facts, does what it answers, and wakes it
/// at `deadline`; a snapshot of it is all that a supervisor needs to come back.
///
///     waiting ──▶ creating ──▶ created ──▶ starting ──▶ running ──▶ stopping
///      ▲   ▲          │           │            │           │           │
///      │   └──────────┤           │            │           │           │
///      └────────── exited ◀───────┴────────────┴───────────┴───────────┘
public struct PodLife: Codable, Equatable, Sendable {
  public internal(set) var spec: LifeSpec
  public internal(set) var sandbox = Sandbox()
  /// In the order of `spec.containers`.
  public internal(set) var containers: [ContainerLife]
  /// When this host took the pod, time since boot.
  public internal(set) var admitted: Duration?
  /// Why it does not take it.
  var unschedulable: String?
  /// Why it failed before it began.
  var rejection: Rejection?
  /// What it has taken too much of.
  var eviction: String?
  /// Somebody asked for the pod to go.
  public internal(set) var deletion: Deletion?
  /// The pod comes to its end by itself.
  public internal(set) var outcome: Outcome?
  /// A container's rule has all of the pod begin again, in the same sandbox.
  var isRenewing = false
  /// Everything is gone but the records.
  public internal(set) var isFinished = false
  var transitions: [String: Transition] = [:]

  public init(_ spec: LifeSpec) {
    self.spec = spec
    containers = spec.containers.map { ContainerLife($0) }
  }

  /// Takes in one fact learned at `now`, a time since boot, and answers what to do. Nothing is
  /// news to a life that is finished.
  public mutating func handle(_ event: Event, at now: Duration) -> [Effect] {
    var plan: [Effect] = []
    guard !isFinished else { return plan }
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
  ///
  /// A moment that `decide` would not act on is not among them: nobody is woken for nothing.
  public var deadline: Duration? {
    guard admitted != nil, !isFinished else { return nil }
    var moments = containers.compactMap(\.nextCare)
    guard !isEnding else { return moments.min() }
    moments += [activeUntil].compactMap { $0 }
    switch sandbox.state {
    case .ready where !isRenewing:
      moments += containers.indices.compactMap { isTurn(of: $0) ? containers[$0].due : nil }
    case .removed:
      moments += [sandbox.retry].compactMap { $0 }
    default:
      break
    }
    return moments.min()
  }

  /// When the pod is too old.
  var activeUntil: Duration? {
    guard let admitted, let limit = spec.activeDeadline else { return nil }
    return admitted + limit
  }

  /// The sandbox is being made, and is wanted.
  public func awaitsSandbox(_ run: Int) -> Bool {
    if case .starting = sandbox.state { return run == sandbox.run && !isEnding }
    return false
  }

  /// The container is being made, and is wanted as it is being made.
  public func awaits(_ instance: Instance) -> Bool {
    guard !isEnding, !isRenewing, sandbox.isReady else { return false }
    return containers.contains {
      $0.instance == instance && $0.state == .creating && $0.madeOf == $0.spec.image
    }
  }

  /// The pod is on its way out: nothing is begun any more.
  var isEnding: Bool { deletion != nil || outcome != nil }

  /// The container that those after it wait for: the first init container that has not succeeded,
  /// or the first sidecar that was never started.
  var gate: Int? {
    containers.firstIndex {
      switch $0.spec.role {
      case .initial: !$0.hasSucceeded
      case .sidecar: !$0.wasStarted
      case .app, .ephemeral: false
      }
    }
  }

  /// The container may be made, now that there is a sandbox.
  func isTurn(of index: Int) -> Bool {
    switch containers[index].spec.role {
    case .initial: gate == index
    case .sidecar: gate.map { index <= $0 } ?? true
    case .app: gate == nil
    case .ephemeral: true
    }
  }

  public struct Deletion: Codable, Equatable, Sendable {
    public var requested: Duration
    public var grace: Duration
  }

  /// Why a pod ends that nobody deleted. Whether it succeeded is a matter of its `phase`.
  public enum Outcome: String, Codable, Sendable {
    /// Every app container has ended and none may run again.
    case completed
    /// An init container has failed and may not run again.
    case notInitialised
    /// Pause is gone, and a pod that is never restarted gets no second sandbox.
    case sandboxLost
    /// It was active for too long.
    case deadlineExceeded
    /// It was not admitted.
    case rejected
    /// It took more of this host than it may.
    case evicted
  }

  /// The pause container and what hangs on it: the shared namespaces, the network.
  public struct Sandbox: Codable, Equatable, Sendable {
    /// Every attempt to make one is a run of its own.
    public internal(set) var run = 0
    public internal(set) var state = State.absent
    /// Kept for the status after the sandbox is gone.
    public internal(set) var addresses: [String] = []
    /// The next one is not begun before.
    var retry: Duration?
    /// How long it last waited for its volumes; nil once they were there.
    var volumeWait: Duration?

    public enum State: Codable, Equatable, Sendable {
      /// Nothing was tried yet. → starting
      case absent
      /// `hasExited` when pause was gone before anybody said that it is there.
      /// → ready, lost, failed
      case starting(hasExited: Bool = false)
      /// → lost, removing
      case ready(since: Duration)
      /// It could not be made; what there is of it has to go. → removing
      case failed
      /// Pause is gone while the pod was alive. → removing
      case lost
      /// → removed
      case removing
      /// → starting (the next run), or for ever
      case removed
    }

    /// What its containers share is there, and used or about to be.
    public var isUp: Bool {
      switch state {
      case .starting, .ready: true
      default: false
      }
    }

    public var isReady: Bool {
      if case .ready = state { return true }
      return false
    }
  }
}
