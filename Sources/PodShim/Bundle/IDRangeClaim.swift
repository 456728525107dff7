import Glibc
import PodModel

/// The right of a pod to a range of the host's IDs: a link from the range to the pod's uid, which
/// only one can have, and a note of it among the pod's records.
///
/// A link whose pod is gone claims nothing.
enum IDRangeClaim {
  /// Who is given IDs in `/etc/subuid` is called so there.
  private static let user = "podshim"

  struct Unavailable: Error, CustomStringConvertible {
    var description: String
  }

  /// What this pod has claimed.
  static func find(_ paths: PodPaths) -> IDRange? {
    (try? Files.readText(paths.idRange)).flatMap { UInt32($0) }.map { IDRange(first: $0) }
  }

  /// The pod's range, now or from before.
  static func make(_ paths: PodPaths) throws -> IDRange {
    for path in [paths.data, paths.state] { try checkPassage(to: path) }
    let folder = paths.host.idRanges
    try Files.makeDirectories(folder)
    let lock = try FileLock.acquire(folder + "/.lock")
    defer { withExtendedLifetime(lock) {} }
    if let range = find(paths) { return range }
    let free = try IDRange.available(
      to: user, subuid: text("/etc/subuid"), subgid: text("/etc/subgid")
    ).first { try claim("\(folder)/\($0.first)", paths) }
    guard let free else {
      throw Unavailable(
        description: "could not find an empty slot to allocate a user namespace: `/etc/subuid` "
          + "gives `\(user)` no more ranges")
    }
    try Files.replace(paths.idRange, with: Array("\(free.first)".utf8))
    return free
  }

  /// Lets go of the range, if this pod has one.
  static func release(_ paths: PodPaths) throws {
    guard let range = find(paths) else { return }
    let link = "\(paths.host.idRanges)/\(range.first)"
    let lock = try FileLock.acquire(paths.host.idRanges + "/.lock")
    defer { withExtendedLifetime(lock) {} }
    if (try? Files.readLink(link)) == paths.uid { try Files.remove(link) }
  }

  /// The runtime goes to the pod's files with the rights of its root, who is nobody on this host.
  private static func checkPassage(to path: String) throws {
    var folder = ""
    for name in path.split(separator: "/") {
      folder += "/" + name
      var status = stat()
      guard stat(folder, &status) == 0, status.st_mode & S_IXOTH == 0 else { continue }
      throw Unavailable(
        description: "a pod with user IDs of its own (`hostUsers: false`) cannot pass `\(folder)`: "
          + "`chmod o+x \(folder)`, or give another --root and --state")
    }
  }

  private static func claim(_ link: String, _ paths: PodPaths) throws -> Bool {
    if let holder = try? Files.readLink(link) {
      if holder != paths.uid, Files.exists(paths.host.pod(uid: holder).data) { return false }
      try Files.remove(link)
    }
    try Files.symlink(paths.uid, at: link)
    return true
  }

  private static func text(_ path: String) throws(SyscallError) -> String {
    Files.exists(path) ? try Files.readText(path) : ""
  }
}
