import Glibc

/// Starting the process that keeps a pod, and telling whether there is one.
enum KeeperStart {
  /// How long a keeper that has just been started may need to take the pod's lock. Asking for the
  /// lock earlier could keep it from doing so.
  static let slowest = Duration.seconds(1)

  /// The keeper goes on when we end; what it says is in the pod's `supervisor.log`.
  static func start(_ paths: PodPaths, _ world: World) throws {
    try clearStale(paths)
    try Files.makeDirectories(paths.state)
    let log = try FileDescriptor.open(paths.supervisorLog, O_WRONLY | O_CREAT | O_APPEND)
    var program = Program("/proc/self/exe", ["podshim", "keeper", paths.uid] + world.arguments)
    program.newSession = true
    // The folder we were called in may be unmounted one day.
    program.directory = "/"
    program.descriptors = [-1, log.raw, log.raw]
    _ = try program.spawn()
  }

  /// What an earlier start of the host left where the state is not in memory: its process numbers
  /// mean others now.
  private static func clearStale(_ paths: PodPaths) throws {
    guard Files.exists(paths.life), try Snapshot.read(paths) == nil else { return }
    try Files.removeTree(paths.state)
  }

  /// Whether some keeper holds the pod's lock.
  static func isKept(_ paths: PodPaths) throws -> Bool {
    guard Files.exists(paths.lock) else { return false }
    return try FileLock.acquire(paths.lock, wait: false) == nil
  }
}
