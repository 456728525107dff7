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
    let unfinished = shown(.initial).filter { !$0.isReady }
    guard !unfinished.isEmpty, !shown(.app).contains(where: \.hasBegun) else {
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
      let unready = shown(.app).filter { !$0.isReady }
      guard !unready.isEmpty else { return Condition(type: type, holds: true) }
      return Condition(
        type: type, holds: false, reason: "ContainersNotReady",
        message: "containers with unready status: [\(PodLife.names(unready))]")
    }
  }

  private static func names(_ containers: [Shown]) -> String {
    containers.map(\.name).joined(separator: " ")
  }
}
