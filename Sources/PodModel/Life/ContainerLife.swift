/// One container of a living pod: what its current run does, what its last ones came to.
///
/// `state` holds only what exists in that state. All times are times since boot.
public struct ContainerLife: Codable, Equatable, Sendable {
  public let spec: LifeSpec.ContainerSpec
  /// The run that `state` speaks of.
  public internal(set) var run = 0
  public internal(set) var state = State.waiting(.turn)
  /// What the status shows of the newest run that the runtime made.
  public internal(set) var identity: Identity?
  /// How the newest two runs ended, oldest first.
  public internal(set) var ends: [Termination] = []
  /// Why the newest attempt did not start; kept until one does (the kubelet's reason cache).
  public internal(set) var obstacle: Obstacle?
  var backoff: Backoff?
  var pullBackoff: Backoff?
  /// Runs that ended and of which the host still holds mounts, a cgroup, a runtime record.
  var remains: [Remains] = []

  init(_ spec: LifeSpec.ContainerSpec) {
    self.spec = spec
  }

  public enum State: Codable, Equatable, Sendable {
    /// Nothing of this run exists. → creating
    case waiting(Waiting)
    /// The runtime is making it. → created, waiting, exited
    case creating
    /// Made, and waits until the containers before it are made. → starting, stopping, exited
    case created
    /// The runtime is starting it; `exit` when the process was quicker. → running, exited
    case starting(exit: Exit?)
    /// → stopping, exited
    case running(since: Duration)
    /// Told to end; `since` is nil when it was never started. → exited; waiting if never started
    case stopping(since: Duration?, Stop)
    /// → waiting, creating; for ever when the policy says so
    case exited(Termination)
  }

  public enum Waiting: Codable, Equatable, Sendable {
    /// For the sandbox, or for the containers before it.
    case turn
    /// It could not be made: looked at again with the next sync.
    case retry(at: Duration)
    /// It ended too often, or its image could not be had too often.
    case backOff(until: Duration)
  }

  struct Remains: Codable, Equatable, Sendable {
    var run: Int
    /// `remove` was asked for.
    var asked = false
  }

  /// How far an ending is.
  public struct Stop: Codable, Equatable, Sendable {
    /// When SIGKILL follows; nil once it was sent.
    public var killAt: Duration?
  }
}

/// The end of one run.
public struct Termination: Codable, Equatable, Sendable {
  public var run: Int
  public var code: Int32
  /// `Completed`, `Error`, `OOMKilled`, `StartError`, …
  public var reason: String
  public var message: String
  /// nil when the process never began.
  public var started: Duration?
  public var finished: Duration
  public var containerID: String?

  /// Counts against an init container: one that the kernel ended failed, whatever its exit status
  /// (kubelet `isInitContainerFailed`).
  var isFailure: Bool { code != 0 || reason == Termination.outOfMemory }

  static let outOfMemory = "OOMKilled"
}

/// Why a container waits: the kubelet's word and a sentence.
public struct Obstacle: Codable, Equatable, Sendable {
  public var reason: String
  public var message: String
}

extension ContainerLife {
  /// A process of this run exists or may come to exist.
  public var isLive: Bool {
    switch state {
    case .waiting, .exited: false
    case .creating, .created, .starting, .running, .stopping: true
    }
  }

  /// The end of the newest run that had one, also while the next one waits.
  var ended: Termination? { ends.last }

  /// Runs that were begun before the one that a status shows.
  var restarts: Int {
    switch state {
    case .running, .stopping(.some, _): run
    default: ended?.run ?? 0
    }
  }

  /// Some run of it was made, whatever came of it.
  var wasMade: Bool { identity != nil || ended != nil }

  /// An init container that has nothing more to do in this sandbox.
  var hasSucceeded: Bool {
    if case .exited(let end) = state { return !end.isFailure }
    return false
  }

  var instance: Instance { Instance(spec.name, run) }

  /// See `PodLife.pending`. A stop signal is sent once more: a process that has it loses nothing.
  var pending: [Effect] {
    var effects = remains.filter(\.asked).map { Effect.remove(Instance(spec.name, $0.run)) }
    switch state {
    case .creating: effects.append(.create(instance))
    case .starting: effects.append(.start(instance))
    case .stopping(_, let stop):
      effects.append(.signal(instance, stop.killAt == nil ? .kill : .stop))
    default: break
    }
    return effects
  }

  /// When a container that waits is looked at again.
  var due: Duration? {
    switch state {
    case .waiting(.retry(let at)): at
    case .waiting(.backOff(let until)): until
    default: nil
    }
  }

  /// When SIGKILL is due.
  var killAt: Duration? {
    if case .stopping(_, let stop) = state { return stop.killAt }
    return nil
  }
}
