/// What holds of a pod as a whole, in the kubelet's order and words.
extension PodLife {
  /// When a condition last changed between true and false.
  struct Transition: Codable, Equatable, Sendable {
    var holds: Bool
    var at: Duration
  }

  struct Condition {
    var type: String
    var holds: Bool
    var reason: String?
    var message: String?
  }

  /// Notes which conditions changed at `now`.
  mutating func noteTransitions(at now: Duration) {
    guard admitted != nil else { return }
    for condition in conditions where transitions[condition.type]?.holds != condition.holds {
      transitions[condition.type] = Transition(holds: condition.holds, at: now)
    }
  }

  /// The order in which a kubelet writes them.
  var conditions: [Condition] {
    [
      Condition(type: "PodReadyToStartContainers", holds: sandbox.isReady),
      initialized,
      readiness("Ready"),
      readiness("ContainersReady"),
      Condition(type: "PodScheduled", holds: true),
    ]
  }

  private var initialized: Condition {
    let unfinished = containers.filter { $0.spec.role == .initial && !$0.hasSucceeded }
    let hasBegun = containers.contains { $0.spec.role == .app && $0.hasBegun }
    guard !unfinished.isEmpty, !hasBegun else {
      let completed = phase == .succeeded ? "PodCompleted" : nil
      return Condition(type: "Initialized", holds: true, reason: completed)
    }
    return Condition(
      type: "Initialized", holds: false, reason: "ContainersNotInitialized",
      message: "containers with incomplete status: [\(PodLife.names(unfinished))]")
  }

  private func readiness(_ type: String) -> Condition {
    switch phase {
    case .succeeded:
      return Condition(type: type, holds: false, reason: "PodCompleted")
    case .failed:
      return Condition(type: type, holds: false, reason: "PodFailed")
    default:
      let unready = containers.filter { $0.spec.role == .app && !$0.isReady }
      guard !unready.isEmpty else { return Condition(type: type, holds: true) }
      return Condition(
        type: type, holds: false, reason: "ContainersNotReady",
        message: "containers with unready status: [\(PodLife.names(unready))]")
    }
  }

  private static func names(_ containers: [ContainerLife]) -> String {
    containers.map(\.spec.name).joined(separator: " ")
  }
}

extension ContainerLife {
  /// Its process runs, or is being asked to end.
  var isRunning: Bool {
    switch state {
    case .running, .stopping: true
    default: false
    }
  }

  /// It can do its work. Without a probe a running container can.
  public var isReady: Bool { isRunning }

  /// Some run of it has been made.
  var hasBegun: Bool { isRunning || ended != nil }

  var hasSucceeded: Bool {
    if case .exited(let end) = state { return end.code == 0 }
    return false
  }
}
