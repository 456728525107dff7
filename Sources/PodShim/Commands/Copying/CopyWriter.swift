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
    try write(path, name: "", followsLink: true)
    try output.writeAll(CopyEntry(kind: .end).bytes)
  }

  private func write(_ path: String, name: String, followsLink: Bool) throws {
    var status = stat()
    try checked("stat", path) { followsLink ? stat(path, &status) : lstat(path, &status) }
    var entry = CopyEntry(
      kind: .file, name: Array(name.utf8), mode: status.st_mode & 0o7777, owner: status.st_uid,
      group: status.st_gid)
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      entry.size = UInt64(status.st_size)
      try writeContent(path, entry)
    case S_IFDIR:
      entry.kind = .folder
      try output.writeAll(entry.bytes)
      for child in try Files.list(path) {
        try write(
          "\(path)/\(child)", name: name.isEmpty ? child : "\(name)/\(child)", followsLink: false)
      }
    case S_IFLNK:
      let target = Array(try Files.readLink(path).utf8)
      entry.kind = .link
      entry.size = UInt64(target.count)
      try output.writeAll(entry.bytes + target)
    default:
      Output.complain("warning: skipping special file: \(path.quoted)")
    }
  }

  /// Exactly as many bytes as were announced: a file that shrinks meanwhile ends with zeros.
  private func writeContent(_ path: String, _ entry: CopyEntry) throws {
    let file = try FileDescriptor.open(path, O_RDONLY)
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
