import PodModel

/// Things that a command deletes, all at once, and the wait until nothing of them is left.
struct Deletions {
  static let timeout = Flag(
    "timeout", nil, .text("DURATION"), "How long to wait until they are gone (default: for ever)")

  private let world: World
  /// Seconds between the stop signal and SIGKILL; nil is the pod's own.
  private let grace: Int?
  private var pods: [PodDeletion] = []

  init(_ world: World, grace: Int?) {
    self.world = world
    self.grace = grace
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

  /// - Parameter timeout: nil and 0 are for ever.
  /// - Throws: what is still there when the time is over, all of it.
  func wait(for timeout: Duration?) throws {
    let deadline = timeout.flatMap { $0 == .zero ? nil : Clock.boot() + $0 }
    try CommandErrors.collect(over: pods) { deletion in
      guard try deletion.wait(until: deadline) else {
        throw CommandError.isLate(.pod, deletion.pod.name)
      }
    }
  }
}
