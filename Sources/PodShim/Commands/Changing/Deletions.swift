import PodModel

/// Things that a command deletes, all at once, and the wait until nothing of them is left.
struct Deletions {
  static let timeout = Flag(
    "timeout", nil, .text("DURATION"), "How long to wait until they are gone (default: for ever)")

  private let world: World
  /// Seconds between the stop signal and SIGKILL; nil is the pod's own.
  private let grace: Int?
  private let patience: Duration?
  private var pods: [PodDeletion] = []

  /// Reads `--timeout`; nil as `grace` is the pod's own.
  init(_ invocation: Invocation, _ world: World, grace: Int?) throws {
    self.world = world
    self.grace = grace
    patience = try invocation.duration(Self.timeout).flatMap { $0 == .zero ? nil : $0 }
  }

  /// Of a verb that deletes with `--force` alone: nil without it.
  static func forced(
    _ invocation: Invocation, by force: Flag, _ world: World
  ) throws -> Deletions? {
    let isForced = invocation.isOn(force)
    for flag in [DeleteCommand.gracePeriod, timeout] {
      guard isForced || !invocation.isGiven(flag) else {
        throw invocation.usage("--\(flag.name) must have --force specified")
      }
    }
    let seconds = try invocation.integer(DeleteCommand.gracePeriod)
    return isForced ? try Deletions(invocation, world, grace: grace(seconds)) : nil
  }

  /// As kubectl: -1 is the pod's own grace, and nobody is killed at once without being asked.
  static func grace(_ seconds: Int?) -> Int? {
    seconds.flatMap { $0 < 0 ? nil : max(1, $0) }
  }

  /// Returns when somebody has it in hand; what is no pod is gone then.
  mutating func begin(_ resource: Resource) throws {
    switch resource.content {
    case .pod(let pod, _):
      let deletion = PodDeletion(pod, grace: grace, world: world)
      try deletion.ask()
      pods.append(deletion)
    case .object(let object):
      let (name, place) = (object.metadata.name, object.metadata.place)
      try ObjectChange(world).remove(type(of: object).objectKind, name, in: place)
    case .event, .node: break
    }
  }

  /// - Throws: what is still there when the time is over, all of it.
  func wait() throws {
    let deadline = patience.map { Clock.boot() + $0 }
    try CommandErrors.collect(over: pods) { deletion in
      guard try deletion.wait(until: deadline) else {
        throw CommandError.isLate(.pod, deletion.pod.name)
      }
    }
  }
}
