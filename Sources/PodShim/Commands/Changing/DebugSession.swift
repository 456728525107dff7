import Glibc
import PodModel

/// Sitting down at a container that was only just added: waits until it runs, then attaches.
struct DebugSession {
  private let pod: StoredPod
  private let container: String

  init(_ pod: StoredPod, container: String) {
    self.pod = pod
    self.container = container
  }

  /// The exit status of the command, which is not the container's. What a container printed that
  /// ended before anybody sat down is shown from its log.
  func run(_ wish: TerminalWish, isQuiet: Bool) throws -> CInt {
    guard let client = try attach(wish) else {
      try showLog()
      return 0
    }
    if wish.tty, !isQuiet {
      Output.complain("If you don't see a command prompt, try pressing enter.")
    }
    switch try client.run() {
    case .signal(let signal): return 128 + signal
    case .detached: Output.complain("")
    case .containerEnded: break
    }
    return 0
  }

  /// nil when the container has ended already.
  private func attach(_ wish: TerminalWish) throws -> AttachClient? {
    if try waitUntilBegun().terminated != nil { return nil }
    do {
      return try AttachClient(container, of: pod.paths, wish)
    } catch {
      // It may have ended just now.
      if try waitUntilBegun().terminated != nil { return nil }
      throw error
    }
  }

  /// Wakes up whenever the pod's life is written. What keeps the container from running is said
  /// once.
  private func waitUntilBegun() throws -> ContainerState {
    let inotify = try Inotify()
    _ = try inotify.watch(pod.paths.state, [.named, .removed])
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
      var ready = pollfd(fd: inotify.raw, events: Int16(POLLIN), revents: 0)
      try checked("poll", "") { poll(&ready, 1, -1) }
      _ = try inotify.changed()
    }
  }

  private func showLog() throws {
    let screen = LogScreen()
    let follower = try PodFollower(pod, logs: [(container, nil)]) { try screen.show($0, $1) }
    try follower.update()
    try screen.flush()
  }
}
