import PodModel

/// How long whoever wants to reach into a container waits for it, and the wait.
struct ContainerWait {
  static let timeout = Flag(
    "pod-running-timeout", nil, .text("DURATION"),
    "How long the container may take until it runs (default: 1m)")

  let patience: Duration

  init(_ invocation: Invocation) throws {
    patience = try invocation.duration(Self.timeout) ?? .seconds(60)
    guard patience > .zero else {
      throw invocation.usage("--\(Self.timeout.name) must be higher than zero")
    }
  }

  /// The pod's life when the container runs, or will not soon, or the time is over.
  func life(of stored: StoredPod, container: String) throws -> PodLife {
    let life = try stored.life().life
    guard life.reach(into: container) == .coming else { return life }
    let watch = try LifeWatch(stored)
    let deadline = Clock.boot() + patience
    while true {
      let life = try stored.life().life
      guard life.reach(into: container) == .coming, try watch.wait(until: deadline) else {
        return life
      }
    }
  }
}
