import Glibc
import PodModel

/// Sends a file or a folder with all that is in it. Links are sent as links.
struct CopyWriter {
  private let output: OwnedDescriptor
  private static let piece = 1 << 18

  init(to output: OwnedDescriptor) {
    self.output = output
  }

  func write(_ path: String) throws {
    // What is named is followed; what is found is not.
    try write(Array(path.utf8), in: AT_FDCWD, as: [], flags: 0)
    try output.writeAll(CopyEntry(kind: .end).bytes)
  }

  /// Names are bytes here: not all are text, and each has to arrive as it is.
  ///
  /// - Parameter name: below what is copied.
  private func write(
    _ file: [UInt8], in directory: CInt, as name: [UInt8], flags: CInt
  ) throws {
    let path = file.map { CChar(bitPattern: $0) } + [0]
    let shown = String(decoding: name.isEmpty ? file : name, as: UTF8.self)
    var status = stat()
    try checked("stat", shown) { fstatat(directory, path, &status, flags) }
    func open(_ how: CInt) throws(SyscallError) -> FileDescriptor {
      let link = flags == 0 ? 0 : O_NOFOLLOW
      return FileDescriptor(
        owning: try checked("open", shown) { openat(directory, path, how | link | O_CLOEXEC) })
    }
    var entry = CopyEntry(
      kind: .file, name: name, mode: status.st_mode & 0o7777, owner: status.st_uid,
      group: status.st_gid)
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      entry.size = UInt64(status.st_size)
      try writeContent(of: open(O_RDONLY), entry)
    case S_IFDIR:
      entry.kind = .folder
      let folder = try open(O_RDONLY | O_DIRECTORY)
      try output.writeAll(entry.bytes)
      let children = try DirectoryEntry.all(of: folder).map(\.bytes)
      for child in children.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        let below = name.isEmpty ? child : name + [UInt8(ascii: "/")] + child
        try write(child, in: folder.raw, as: below, flags: AT_SYMLINK_NOFOLLOW)
      }
    case S_IFLNK:
      var target = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = try checked("readlink", shown) {
        readlinkat(directory, path, &target, target.count)
      }
      entry.kind = .link
      entry.size = UInt64(count)
      try output.writeAll(entry.bytes + target[..<count].map { UInt8(bitPattern: $0) })
    default:
      Output.complain("warning: skipping special file: \(shown.quoted)")
    }
  }

  /// Exactly as many bytes as were announced: a file that shrinks meanwhile ends with zeros.
  private func writeContent(of file: borrowing FileDescriptor, _ entry: CopyEntry) throws {
    try output.writeAll(entry.bytes)
    var left = Int(entry.size)
    while left > 0 {
      var bytes = [UInt8](repeating: 0, count: min(left, CopyWriter.piece))
      let count = try file.read(into: &bytes) ?? 0
      try output.writeAll(count > 0 ? Array(bytes[..<count]) : bytes)
      left -= count > 0 ? count : bytes.count
    }
  }
}
