import Glibc

/// One name in a directory, as the bytes that the file system holds: a container may have written
/// names that are not UTF-8, and they must be removable all the same.
struct DirectoryEntry {
  /// Ends with a zero.
  var name: [CChar]
  /// False also where the file system does not tell: `unlink` will then say EISDIR.
  var isDirectory: Bool

  var bytes: [UInt8] { name.dropLast().map { UInt8(bitPattern: $0) } }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Reads the directory from its start, without `.` and `..`.
  static func all(of directory: borrowing FileDescriptor) throws(SyscallError) -> [DirectoryEntry] {
    let own = try checked("open", directory.name) {
      openat(directory.raw, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard let stream = fdopendir(own) else {
      let reason = errno
      close(own)
      throw SyscallError("fdopendir", directory.name, errno: reason)
    }
    defer { closedir(stream) }
    var entries: [DirectoryEntry] = []
    while true {
      errno = 0
      guard let record = readdir(stream) else { break }
      let entry = DirectoryEntry(record)
      if entry.text != ".", entry.text != ".." { entries.append(entry) }
    }
    if errno != 0 { throw SyscallError("readdir", directory.name, errno: errno) }
    return entries
  }

  private init(_ record: UnsafeMutablePointer<dirent>) {
    isDirectory = record.pointee.d_type == 4  // DT_DIR
    name = withUnsafeBytes(of: &record.pointee.d_name) { bytes in
      bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
    }
  }
}
