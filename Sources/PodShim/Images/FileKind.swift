import Glibc

/// What lies at a path, seen before it is opened: a FIFO in an archive of a stranger would hold us
/// for ever, and a device has no end.
enum FileKind {
  /// The size of a regular file; anything else is an error. `following` a link is for directories
  /// that the user named, where a link is the user's own.
  static func size(of path: String, following: Bool = false) throws -> Int64 {
    var status = stat()
    try checked("stat", path) { following ? stat(path, &status) : lstat(path, &status) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ImageError("`\(path)` is not a regular file")
    }
    return Int64(status.st_size)
  }
}
