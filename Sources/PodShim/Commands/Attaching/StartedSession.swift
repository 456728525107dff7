import Glibc
import PodModel

/// Sitting down at a container that was only just made: waits until it runs, then attaches.
///
/// Nothing of what it prints is missed, however long we needed: what came before is shown first,
/// and what a container printed that has ended already comes from its log.
struct StartedSession {
  private let pod: StoredPod
  private let container: String

  init(_ pod: StoredPod, container: String) {
    self.pod = pod
    self.container = container
  }

  /// - Parameter patience: how long the container may take to run; nil is as long as it needs.
  func run(
    _ wish: TerminalWish, isQuiet: Bool, within patience: Duration? = nil
  ) throws -> AttachClient.End {
    guard let client = try attach(wish, within: patience) else {
      try showLog()
      return .containerEnded
    }
    if wish.tty, !isQuiet { AttachCommand.sayHowToBegin() }
    let end = try client.run()
    if end == .detached { Output.complain("") }
    return end
  }

  /// nil when the container has ended already.
  private func attach(_ wish: TerminalWish, within patience: Duration?) throws -> AttachClient? {
    let deadline = patience.map { Clock.boot() + $0 }
    if try waitUntilBegun(deadline).terminated != nil { return nil }
    do {
      return try AttachClient(container, of: pod.paths, wish, fromStart: true)
    } catch {
      // It may have ended just now.
      if try waitUntilBegun(deadline).terminated != nil { return nil }
      throw error
    }
  }

  /// What keeps the container from running is said once.
  private func waitUntilBegun(_ deadline: Duration?) throws -> ContainerState {
    let watch = try LifeWatch(pod)
    var said: String?
    while true {
      guard Files.exists(pod.paths.data) else { throw CommandError.notFound(pod.name) }
      let status = try pod.status()
      let state = status.container(container)?.state
      if let state, state.running != nil || state.terminated != nil { return state }
      guard status.phase != .succeeded, status.phase != .failed else {
        throw CommandError("the pod has ended before container \"\(container)\" began")
      }
      if let waiting = state?.waiting, let message = waiting.message, message != said {
        said = message
        Output.complain("Warning: container \(container): \(waiting.reason ?? ""): \(message)")
      }
      guard try watch.wait(until: deadline) else {
        guard Files.exists(pod.paths.data) else { continue }
        throw CommandError("timed out waiting for container \"\(container)\" to run")
      }
    }
  }

  private func showLog() throws {
    let screen = LogScreen()
    let follower = try PodFollower(pod, logs: [(container, nil)]) { try screen.show($0, $1) }
    try follower.update()
    try screen.flush()
  }
}
