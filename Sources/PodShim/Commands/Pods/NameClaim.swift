import Glibc

/// The right of a pod to its name: a link from the name to the pod's uid, which only one can have.
///
/// A link whose pod is gone claims nothing. Names are taken and given up under the lock of their
/// namespace, so that nobody removes a link that somebody else has just made.
enum NameClaim {
  /// False when another pod has the name. The pod's data must be there already: a link to nothing
  /// may be taken over by anybody.
  static func make(_ paths: PodPaths, namespace: String, name: String) throws -> Bool {
    let link = paths.host.nameLink(namespace: namespace, name: name)
    try Files.makeDirectories(Files.split(link).directory)
    return try underLock(of: link) {
      if let holder = try? Files.readLink(link) {
        if Files.exists(paths.host.pod(uid: holder).data) { return false }
        try Files.remove(link)
      }
      try Files.symlink(paths.uid, at: link)
      return true
    }
  }

  /// Lets go of the name, if this pod has it.
  static func release(_ paths: PodPaths, namespace: String, name: String) throws {
    let link = paths.host.nameLink(namespace: namespace, name: name)
    guard (try? Files.readLink(link)) == paths.uid else { return }
    try underLock(of: link) {
      if (try? Files.readLink(link)) == paths.uid { try Files.remove(link) }
    }
  }

  private static func underLock<Result>(
    of link: String, _ body: () throws -> Result
  ) throws -> Result {
    let lock = try FileLock.acquire("\(Files.split(link).directory)/.lock")
    return try withExtendedLifetime(lock, body)
  }
}
