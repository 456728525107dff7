import Glibc

/// Wakes up whenever the life of one pod is written down, and when the pod goes away.
struct LifeWatch: ~Copyable {
  private let paths: PodPaths
  private let inotify: Inotify

  init(_ pod: StoredPod) throws(SyscallError) {
    let inotify = try Inotify()
    if Files.exists(pod.paths.state) {
      _ = try inotify.watch(pod.paths.state, [.named, .removed])
    }
    paths = pod.paths
    self.inotify = inotify
  }

  /// Blocks until there may be something new; false when the pod is gone, or it is too late.
  /// - Parameter deadline: time since boot; nil waits for ever.
  func wait(until deadline: Duration? = nil) throws -> Bool {
    guard Files.exists(paths.state) else { return false }
    var milliseconds: CInt = -1
    if let deadline {
      let left: Int64 = (deadline - Clock.boot()) / .milliseconds(1)
      guard left > 0 else { return false }
      milliseconds = CInt(clamping: left)
    }
    var ready = pollfd(fd: inotify.raw, events: Int16(POLLIN), revents: 0)
    try checked("poll", "") { poll(&ready, 1, milliseconds) }
    _ = try inotify.changed()
    return Files.exists(paths.data)
  }
}
