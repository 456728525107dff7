import PodModel

/// What `create --wait` waits for, once the pods are there: that they run, are ready, or are done.
struct CreationWait {
  /// How far the pods have to be.
  enum Goal: String, CaseIterable {
    case running, ready, done
  }

  static let wait = Flag(
    "wait", nil, .choice(Goal.allCases.map(\.rawValue)),
    "Return when the pods run, are ready (the default) or are done", implied: Goal.ready.rawValue)
  static let timeout = Flag(
    "timeout", nil, .text("DURATION"), "With --wait: how long at most (default: without end)")
  static let flags = [wait, timeout]

  private let world: World
  private let goal: Goal?
  private let time: Duration

  init(_ invocation: Invocation, _ world: World) throws {
    self.world = world
    goal = invocation.text(Self.wait).flatMap(Goal.init)
    let time = try invocation.duration(Self.timeout)
    guard time == nil || goal != nil else { throw invocation.usage("--timeout wants --wait") }
    self.time = time ?? .seconds(365 * 86400)
  }

  /// The exit status: 1 when a pod has failed, or ended before it was ready.
  func run(_ objects: [any NamedObject]) throws -> CInt {
    let pods = objects.compactMap { $0 as? Pod }
    guard let goal, !pods.isEmpty else { return 0 }
    let query = ResourceQuery(named: pods)
    let ends: [PodPhase] = [.succeeded, .failed]
    let wanted = WaitGoal.any(
      goal == .ready
        ? [.condition("Ready", status: "true"), .phase(ends)]
        : [.phase(goal == .running ? [.running] + ends : ends)])
    var errors: [any Error] = []
    try ResourceWait(query, ResourceStore(world), wanted).run(for: time) { resource in
      if let error = objection(resource, goal) { errors.append(error) }
    }
    guard errors.isEmpty else { throw CommandErrors(errors: errors) }
    return 0
  }

  private func objection(_ resource: Resource, _ goal: Goal) -> CommandError? {
    guard case .pod(_, let pod) = resource.content, let status = pod.status else { return nil }
    if status.phase == .failed {
      let reason = [status.reason, status.message].compactMap { $0 }.joined(separator: ": ")
      return CommandError(
        "pod \"\(resource.name)\" has failed\(reason.isEmpty ? "" : ": \(reason)")")
    }
    guard goal == .ready, status.phase == .succeeded else { return nil }
    return CommandError("pod \"\(resource.name)\" has ended before it was ready")
  }
}
