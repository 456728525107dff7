import Glibc
import PodModel

/// A change of a pod that runs: its record is written anew, and its supervisor hears of it.
///
/// Changes of one pod come one after the other, under a lock; a reader finds the pod as it was
/// before or as it is then. A supervisor that is away reads the record when it is back.
enum PodChange {
  /// - Parameters:
  ///   - version: which version of the pod the change is for; nil is any.
  ///   - isDry: finds out what the change comes to, and makes it not.
  /// - Throws: `CommandError` with all that forbids the change; nothing is written then.
  @discardableResult
  static func make(
    _ stored: StoredPod, of version: String? = nil, isDry: Bool = false,
    _ change: (Pod) throws -> PodUpdate
  ) throws -> PodUpdate {
    let paths = stored.paths
    let update = try underLock(stored) {
      // What was read before the lock was ours may have changed.
      let live = try PodRecord.read(paths)
      try CommandError.check(live, is: version)
      let update = try change(live)
      guard update.errors.isEmpty else {
        throw CommandError.invalid(stored.name, update.errors)
      }
      if update.isChange, !isDry { try write(update.pod, stored) }
      return update
    }
    if update.isChange, !isDry { try SupervisorNews.tell("update", stored) }
    return update
  }

  private static func underLock<Result>(
    _ stored: StoredPod, _ body: () throws -> Result
  ) throws -> Result {
    do {
      let lock = try FileLock.acquire(stored.paths.changeLock)
      return try withExtendedLifetime(lock, body)
    } catch let error as SyscallError where error.errno == ENOENT {
      // It was deleted meanwhile.
      throw CommandError.notFound(stored.name)
    }
  }

  private static func write(_ pod: Pod, _ stored: StoredPod) throws {
    let paths = stored.paths
    try Files.replace(paths.manifest, with: Array(pod.node.jsonText().utf8), durable: true)
    // A removal that has begun has put the record aside already, and must not find it again.
    if Files.exists(paths.removed) {
      try Files.remove(paths.manifest)
      throw CommandError.notFound(stored.name)
    }
  }
}
