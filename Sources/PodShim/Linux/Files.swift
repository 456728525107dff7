import CLinux
import Glibc

/// Whole-file operations by path: what the rest of the program needs of a file system. A file that
/// somebody may read meanwhile is written with `replace`, which shows the old or the new content.
enum Files {
  static func read(_ path: String) throws(SyscallError) -> [UInt8] {
    let file = try FileDescriptor.open(path, O_RDONLY)
    return try file.readAll()
  }

  /// The text of a file; bytes that are not UTF-8 become U+FFFD.
  /// The last `count` bytes of a file, or all of a shorter one.
  static func tail(_ path: String, _ count: Int) throws(SyscallError) -> [UInt8] {
    let file = try FileDescriptor.open(path, O_RDONLY)
    let end = try checked("lseek", path) { lseek(file.raw, 0, SEEK_END) }
    try checked("lseek", path) { lseek(file.raw, max(end - count, 0), SEEK_SET) }
    var bytes = [UInt8](repeating: 0, count: count)
    let size = try checked("read", path) { Glibc.read(file.raw, &bytes, count) }
    return Array(bytes.prefix(size))
  }

  static func readText(_ path: String) throws(SyscallError) -> String {
    String(decoding: try read(path), as: UTF8.self)
  }

  /// The number that a file of the kernel's begins with; nil where there is none.
  static func readNumber(_ path: String) -> Int64? {
    (try? readText(path))?.split(whereSeparator: \.isWhitespace).first.flatMap { Int64($0) }
  }

  /// Writes in place: for files that nobody reads meanwhile, and for those of /proc and /sys.
  /// `mode` is for a file that does not exist yet, and the umask applies.
  static func write(
    _ bytes: [UInt8], to path: String, mode: mode_t = 0o644
  ) throws(SyscallError) {
    let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT | O_TRUNC, mode: mode)
    try file.writeAll(bytes)
  }

  /// Writes over what is there, which stays the same file for those who have it mounted. It is
  /// never empty meanwhile, and never shorter than the shorter of the two.
  static func overwrite(_ bytes: [UInt8], in path: String) throws(SyscallError) {
    let file = try FileDescriptor.open(path, O_WRONLY | O_CREAT)
    try file.writeAll(bytes)
    try checked("ftruncate", path) { ftruncate(file.raw, bytes.count) }
  }

  static func writeText(
    _ text: String, to path: String, mode: mode_t = 0o644
  ) throws(SyscallError) {
    try write(Array(text.utf8), to: path, mode: mode)
  }

  /// Puts a new file of exactly this mode in the place of `path`, in one step for any reader.
  /// `durable` makes it survive a power cut before this returns. A link at `path` is replaced, not
  /// followed.
  static func replace(
    _ path: String, with bytes: [UInt8], mode: mode_t = 0o644, durable: Bool = false
  ) throws(SyscallError) {
    let directory = split(path).directory
    // Not made from the name, which may fill what a directory allows.
    let temporary = "\(directory)/.new-\(String(UInt64.random(in: 0...(.max)), radix: 36))"
    let file = try FileDescriptor.open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    do throws(SyscallError) {
      try file.writeAll(bytes)
      try checked("chmod", temporary) { fchmod(file.raw, mode) }
      if durable { try file.synchronize() }
      try rename(temporary, to: path)
    } catch {
      unlink(temporary)
      throw error
    }
    if durable {
      let parent = try FileDescriptor.open(directory, O_RDONLY | O_DIRECTORY)
      try parent.synchronize()
    }
  }

  static func rename(_ path: String, to newPath: String) throws(SyscallError) {
    try checked("rename", "\(path) -> \(newPath)") { Glibc.rename(path, newPath) }
  }

  /// Makes the directory and those above it; one that exists keeps its mode.
  static func makeDirectories(_ path: String, mode: mode_t = 0o755) throws(SyscallError) {
    do throws(SyscallError) {
      try checked("mkdir", path) { mkdir(path, mode) }
    } catch {
      if error.errno == EEXIST, isDirectory(path) { return }
      guard error.errno == ENOENT, path.contains("/") else { throw error }
      let parent = split(path).directory
      if parent == path { throw error }
      try makeDirectories(parent, mode: mode)
      try checkedUnlessExists("mkdir", path) { mkdir(path, mode) }
    }
  }

  /// Makes one directory with exactly this mode, in one step: nobody ever sees it with another. One
  /// that exists keeps its own; those above it are made as usual.
  static func makeDirectory(_ path: String, exactly mode: mode_t) throws(SyscallError) {
    try makeDirectories(split(path).directory)
    let mask = umask(0)
    defer { umask(mask) }
    try checkedUnlessExists("mkdir", path) { mkdir(path, mode) }
  }

  /// Whether something is there; a link that points nowhere is something.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether it is a directory or a link to one.
  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether it is a file, and no link to one.
  static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The names in a directory, sorted, without `.` and `..`.
  static func list(_ path: String) throws(SyscallError) -> [String] {
    let directory = try FileDescriptor.open(path, O_RDONLY | O_DIRECTORY)
    return try DirectoryEntry.all(of: directory).map(\.text).sorted()
  }

  /// The entries that are not hidden; none where there is no such directory.
  static func listIfThere(_ path: String) throws(SyscallError) -> [String] {
    do throws(SyscallError) {
      return try list(path).filter { !$0.hasPrefix(".") }
    } catch {
      if error.errno == ENOENT { return [] }
      throw error
    }
  }

  /// Removes a file, a link or an empty directory; what is not there is already removed.
  static func remove(_ path: String) throws(SyscallError) {
    do throws(SyscallError) {
      try checked("remove", path) { Glibc.remove(path) }
    } catch {
      if error.errno != ENOENT { throw error }
    }
  }

  static func symlink(_ target: String, at path: String) throws(SyscallError) {
    try checked("symlink", path) { Glibc.symlink(target, path) }
  }

  static func readLink(_ path: String) throws(SyscallError) -> String {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = try checked("readlink", path) { readlink(path, &target, target.count) }
    return String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The path without links, `.` and `..`.
  static func realPath(_ path: String) throws(SyscallError) -> String {
    guard let resolved = realpath(path, nil) else {
      throw SyscallError("resolve", path, errno: errno)
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The directory and the last part of a path; trailing slashes do not count.
  static func split(_ path: String) -> (directory: String, name: String) {
    var path = path[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    guard let slash = path.lastIndex(of: "/") else { return (".", String(path)) }
    let directory = path[..<slash]
    return (directory.isEmpty ? "/" : String(directory), String(path[path.index(after: slash)...]))
  }

  private static func checkedUnlessExists(
    _ call: String, _ path: String, _ body: () -> CInt
  ) throws(SyscallError) {
    do throws(SyscallError) {
      try checked(call, path, body)
    } catch {
      if error.errno != EEXIST || !isDirectory(path) { throw error }
    }
  }
}
