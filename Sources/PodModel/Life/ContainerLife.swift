/// One container of a living pod: what its current run does, what its last ones came to.
///
/// `state` holds only what exists in that state. All times are times since boot.
public struct ContainerLife: Codable, Equatable, Sendable {
  public internal(set) var spec: LifeSpec.ContainerSpec
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
  /// The image that the last attempt could not have.
  var lacking: String?
  /// A registry gave the image of this run, and it was said.
  var hasPulled = false
  /// The image that this run was asked for with; `spec` may name another by now.
  public internal(set) var madeOf: String?
  /// The pod was changed while the runtime makes this run: should that fail, it is tried again.
  var triesAgain = false
  /// What this run may take; `spec` may say something else by now.
  var given: Allotment?
  var resize: Resize?
  /// It was stopped in order to run again, whatever the policy says.
  var revives = false
  /// It was started in this sandbox, its hook and its startup probe included.
  var wasStarted = false
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
    case running(Activity)
    /// Has to end; the activity is nil when it was never started. → exited, or waiting if it was
    /// never started
    case stopping(Activity?, Stop)
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
  /// containerd's words for a process whose end it could not see.
  static let lost = "Unknown"
  static let lostCode: Int32 = 255
  static let unknown = "ContainerStatusUnknown"
  static let unknownMessage = "The container could not be located when the pod was terminated"
}

/// Why a container waits: the kubelet's word and a sentence.
public struct Obstacle: Codable, Equatable, Sendable {
  public var reason: String
  public var message: String

  static let restartsWithAll = Obstacle(
    reason: "RestartingAllContainers",
    message: "The container is removed because RestartAllContainers in place")
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

  /// What goes on around the process, while there is one that was started.
  var activity: Activity? {
    switch state {
    case .running(let activity), .stopping(.some(let activity), _): activity
    default: nil
    }
  }

  /// Runs that were begun before the one that a status shows.
  var restarts: Int { activity == nil ? ended?.run ?? 0 : run }

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
    case .running(let activity):
      effects += activity.pending(instance, spec, isStopping: false)
      if case .asked = resize { effects.append(.resize(instance)) }
    case .stopping(let activity, let stop):
      effects += activity?.pending(instance, spec, isStopping: true) ?? []
      effects += stop.pending(instance)
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

  /// When a process that was started needs something: a probe, the next step of its end.
  var nextCare: Duration? {
    switch state {
    case .running(let activity):
      [activity.nextProbe(spec, isStopping: false), nextResize].compactMap { $0 }.min()
    case .stopping(let activity, let stop):
      [activity?.nextProbe(spec, isStopping: true), stop.due].compactMap { $0 }.min()
    default: nil
    }
  }
}
