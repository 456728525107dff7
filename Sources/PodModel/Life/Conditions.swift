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
    guard admitted != nil || unschedulable != nil else { return }
    let conditions = conditions
    for condition in conditions where transitions[condition.type]?.holds != condition.holds {
      transitions[condition.type] = Transition(holds: condition.holds, at: now)
    }
    // One that is not there any more begins anew when it comes back.
    transitions = transitions.filter { type, _ in conditions.contains { $0.type == type } }
  }

  /// The order in which a kubelet writes them.
  var conditions: [Condition] {
    if admitted == nil, let unschedulable {
      return [
        Condition(
          type: "PodScheduled", holds: false, reason: "Unschedulable", message: unschedulable)
      ]
    }
    let scheduled = Condition(type: "PodScheduled", holds: true)
    // The kubelet says nothing of the others.
    if rejection != nil { return [scheduled] }
    let all = containers.map(shown)
    let phase = phase(of: all)
    let ready = readiness(of: all, phase)
    var conditions = [
      Condition(type: "PodReadyToStartContainers", holds: sandbox.isReady),
      initialized(all, phase),
      gated(ready),
      ready,
      scheduled,
    ]
    if let eviction, outcome == .evicted {
      conditions.append(
        Condition(
          type: "DisruptionTarget", holds: true, reason: "TerminationByKubelet", message: eviction))
    }
    if isRenewing {
      conditions.append(
        Condition(
          type: "AllContainersRestarting", holds: true, reason: "RestartAllContainersStarted"))
    }
    return conditions + resizeConditions
  }

  private func initialized(_ all: [Shown], _ phase: PodPhase) -> Condition {
    let unfinished = all.filter {
      switch $0.container.spec.role {
      case .initial: !$0.isReady
      case .sidecar: !$0.isStarted
      case .app, .ephemeral: false
      }
    }
    let hasBegun = all.contains { $0.container.spec.role == .app && $0.hasBegun }
    guard !unfinished.isEmpty, !hasBegun else {
      let completed = phase == .succeeded ? "PodCompleted" : nil
      return Condition(type: "Initialized", holds: true, reason: completed)
    }
    return Condition(
      type: "Initialized", holds: false, reason: "ContainersNotInitialized",
      message: "containers with incomplete status: [\(PodLife.names(unfinished))]")
  }

  /// `Ready` is `ContainersReady`, and the gates.
  private func gated(_ ready: Condition) -> Condition {
    guard ready.holds, !spec.readinessGates.isEmpty else {
      var own = ready
      own.type = "Ready"
      return own
    }
    let missing = spec.readinessGates.map {
      "corresponding condition of pod readiness gate \"\($0)\" does not exist."
    }
    return Condition(
      type: "Ready", holds: false, reason: "ReadinessGatesNotReady",
      message: missing.joined(separator: ", "))
  }

  private func readiness(of all: [Shown], _ phase: PodPhase) -> Condition {
    let type = "ContainersReady"
    switch phase {
    case .succeeded:
      return Condition(type: type, holds: false, reason: "PodCompleted")
    case .failed:
      return Condition(type: type, holds: false, reason: "PodFailed")
    default:
      func unready(_ role: LifeSpec.Role) -> [Shown] {
        all.filter { $0.container.spec.role == role && !$0.isReady }
      }
      // The kubelet counts the sidecars first.
      let unready = unready(.sidecar) + unready(.app)
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
