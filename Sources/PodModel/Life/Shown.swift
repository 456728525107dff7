/// What the pod's status says of one container, by the kubelet's rules
/// (`convertToAPIContainerStatuses`); phase and conditions are read from it, as the kubelet's are.
///
/// A run that is being made is not shown: until it runs, a status goes on telling how the one
/// before ended, or why the container waits.
struct Shown {
  enum State {
    case waiting(Obstacle?)
    case running(Activity)
    case ended(Termination)
    /// The pod is over and nobody can say what became of it (`ContainerStatusUnknown`).
    case missing
  }

  let container: ContainerLife
  let state: State
  /// How the run before the shown one ended.
  let last: Termination?

  var name: String { container.spec.name }

  var isRunning: Bool {
    if case .running = state { return true }
    return false
  }

  /// It can do its work, as its probe says; an init container has to end.
  var isReady: Bool {
    switch (container.spec.role, state) {
    case (.app, .running(let activity)), (.sidecar, .running(let activity)):
      activity.isReady(container.spec)
    case (.initial, .ended(let end)): !end.isFailure
    default: false
    }
  }

  /// It runs, and its startup probe says that it has begun.
  var isStarted: Bool {
    guard case .running(let activity) = state else { return false }
    return activity.isStarted(container.spec)
  }

  /// Some run of it has been started.
  var hasBegun: Bool { isRunning || container.ended != nil }

  /// It waits for its first run.
  var isAwaited: Bool {
    if case .waiting = state { return last == nil }
    return false
  }

  /// The exit status of the newest run that ended.
  var code: Int32? {
    if case .missing = state { return Shown.missingCode }
    return container.ended?.code
  }

  /// 128 and SIGKILL: what the kubelet writes for a container that it lost.
  static let missingCode: Int32 = 137
}

extension PodLife {
  /// The containers of one role as they are shown, in the order of the spec.
  func shown(_ role: LifeSpec.Role) -> [Shown] {
    containers.filter { $0.spec.role == role }.map(shown)
  }

  func shown(_ container: ContainerLife) -> Shown {
    if let activity = container.activity {
      return Shown(container: container, state: .running(activity), last: container.ended)
    }
    let obstacle = mayRun(container) ? container.obstacle : nil
    guard let end = container.ended else {
      let isMissing = isFinished && container.spec.role == .app && wasInitialised
      return Shown(
        container: container, state: isMissing ? .missing : .waiting(obstacle), last: nil)
    }
    guard obstacle == nil else {
      return Shown(container: container, state: .waiting(obstacle), last: end)
    }
    let before = container.ends.count > 1 ? container.ends.first : nil
    return Shown(container: container, state: .ended(end), last: before)
  }

  /// Another run of it may come: only then is there something that keeps it from running.
  private func mayRun(_ container: ContainerLife) -> Bool {
    guard deletion == nil, !isFinished else { return false }
    // When the pod comes to its end, what has run tells how that ended.
    if outcome != nil, container.ended != nil { return false }
    guard case .exited(let end) = container.state else { return true }
    return runsAgain(container, after: end)
  }

  /// The init containers are done, or were once.
  private var wasInitialised: Bool {
    gate == nil || containers.contains { $0.spec.role == .app && $0.ended != nil }
  }
}
