import Glibc

/// Wakes up whenever the life of one pod is written down, and when the pod goes away.
struct LifeWatch: ~Copyable {
  private let paths: PodPaths
  private let inotify: Inotify
  private let signals: FileDescriptor

  /// Somebody has had enough. Only a signal that the command has blocked comes to be this.
  struct Interrupted: Error {
    let signal: CInt
    /// The exit status of who was ended by it.
    var status: CInt { 128 + signal }
  }

  init(_ pod: StoredPod) throws(SyscallError) {
    let inotify = try Inotify()
    if Files.exists(pod.paths.state) {
      _ = try inotify.watch(pod.paths.state, [.named, .removed])
    }
    let signals = try Signals.descriptor(for: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
    paths = pod.paths
    self.inotify = inotify
    self.signals = signals
  }

  /// Blocks until there may be something new; false when the pod is gone, or it is too late.
  /// - Parameter deadline: time since boot; nil waits for ever.
  /// - Throws: `Interrupted`.
  func wait(until deadline: Duration? = nil) throws -> Bool {
    guard Files.exists(paths.state) else { return false }
    var milliseconds: CInt = -1
    if let deadline {
      let left: Int64 = (deadline - Clock.boot()) / .milliseconds(1)
      guard left > 0 else { return false }
      milliseconds = CInt(clamping: left)
    }
    var ready = [inotify.raw, signals.raw].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    try checked("poll", "") { poll(&ready, nfds_t(ready.count), milliseconds) }
    if ready[1].revents != 0, let signal = try Signals.read(signals).first?.signal {
      throw Interrupted(signal: signal)
    }
    _ = try inotify.changed()
    return Files.exists(paths.data)
  }
}
