import Glibc
import PodModel

/// Takes what a `CopyWriter` sends, below one place and nowhere else.
///
/// The sender may be a program in a container, which may say anything: a name that leads
/// elsewhere is refused, and no link on the way is followed, ours neither.
struct CopyReader {
  enum Torn: Error, CustomStringConvertible {
    /// The sender ended before it had sent anything: it has said why.
    case early
    case midway

    var description: String { "what was to be copied did not come to its end" }
  }

  private let input: OwnedDescriptor
  /// Links are made; else they are passed over, with a warning.
  private let takesLinks: Bool
  /// Owners and modes as they were.
  private let keepsOwners: Bool
  private static let piece = 1 << 18

  init(from input: OwnedDescriptor, takesLinks: Bool, keepsOwners: Bool = false) {
    self.input = input
    self.takesLinks = takesLinks
    self.keepsOwners = keepsOwners
  }

  /// - Parameter name: what a file is called when `target` is a folder. A folder's content goes
  ///   into a folder of that name where links are taken, as with tar, and else into `target`.
  func read(into target: String, or name: String) throws {
    guard let first = try next() else { throw Torn.early }
    var top = target
    if Files.isDirectory(target), !name.isEmpty, takesLinks || first.kind != .folder {
      top = "\(target)/\(name)"
    } else if target.hasSuffix("/"), first.kind != .folder {
      throw SyscallError("open", target, errno: ENOTDIR)
    }
    // Folders that were made: one that nobody may write to could not be filled.
    var folders: [CopyEntry] = []
    var entry = first
    while entry.kind != .end {
      if try take(entry, top) { folders.append(entry) }
      guard let following = try next() else { throw Torn.midway }
      entry = following
    }
    for entry in folders.reversed() {
      var folder = try FileDescriptor.open(top, O_RDONLY | O_DIRECTORY)
      for part in entry.parts ?? [] { folder = try Self.enter(part, in: folder) }
      keep(entry, folder.raw)
    }
  }

  /// Whether a folder was made.
  private func take(_ entry: CopyEntry, _ top: String) throws -> Bool {
    guard let parts = entry.parts else {
      let name = String(decoding: entry.name, as: UTF8.self)
      throw CommandError("the copy has a name that leads out of it, and is refused: \(name.quoted)")
    }
    guard let last = parts.last else { return try takeTop(entry, top) }
    var folder = try FileDescriptor.open(top, O_RDONLY | O_DIRECTORY)
    for part in parts.dropLast() { folder = try Self.enter(part, in: folder) }
    return try take(entry, last, in: folder, flags: O_NOFOLLOW)
  }

  /// The path that a person named may go through links.
  private func takeTop(_ entry: CopyEntry, _ top: String) throws -> Bool {
    if entry.kind == .folder {
      let isNew = !Files.exists(top)
      try Files.makeDirectories(top)
      return isNew
    }
    let (directory, name) = Files.split(top)
    try Files.makeDirectories(directory.isEmpty ? "." : directory)
    let folder = try FileDescriptor.open(
      directory.isEmpty ? "." : directory, O_RDONLY | O_DIRECTORY)
    return try take(entry, Array(name.utf8), in: folder, flags: 0)
  }

  private func take(
    _ entry: CopyEntry, _ name: [UInt8], in folder: borrowing FileDescriptor, flags: CInt
  ) throws -> Bool {
    let path = name.map { CChar(bitPattern: $0) } + [0]
    let shown = String(decoding: name, as: UTF8.self)
    switch entry.kind {
    case .folder:
      let made = mkdirat(folder.raw, path, keepsOwners ? 0o700 : 0o777) == 0
      if !made, errno != EEXIST { throw SyscallError("mkdir", shown, errno: errno) }
      _ = try Self.enter(name, in: folder)
      return made
    case .file:
      let mode = keepsOwners ? 0o600 : 0o666 | mode_t(entry.mode & 0o111)
      let raw = try checked("open", shown) {
        openat(folder.raw, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | flags, mode)
      }
      let file = FileDescriptor(owning: raw)
      try takeContent(entry.size) { try file.writeAll($0) }
      keep(entry, file.raw)
    case .link:
      var target: [UInt8] = []
      try takeContent(entry.size) { target += $0 }
      let words = String(decoding: target, as: UTF8.self)
      guard takesLinks else {
        Output.complain("warning: skipping symlink: \(shown.quoted) -> \(words.quoted)")
        break
      }
      unlinkat(folder.raw, path, 0)
      let end = target.map { CChar(bitPattern: $0) } + [0]
      try checked("symlink", shown) { symlinkat(end, folder.raw, path) }
    case .end: break
    }
    return false
  }

  /// As far as we may: who is not root keeps what is its own.
  private func keep(_ entry: CopyEntry, _ descriptor: CInt) {
    guard keepsOwners else { return }
    _ = fchown(descriptor, entry.owner, entry.group)
    _ = fchmod(descriptor, mode_t(entry.mode))
  }

  private static func enter(
    _ name: [UInt8], in folder: borrowing FileDescriptor
  ) throws(SyscallError) -> FileDescriptor {
    let path = name.map { CChar(bitPattern: $0) } + [0]
    return FileDescriptor(
      owning: try checked("open", String(decoding: name, as: UTF8.self)) {
        openat(folder.raw, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      })
  }

  // MARK: The stream

  /// nil when the stream has ended between two entries.
  private func next() throws -> CopyEntry? {
    let header = try take(CopyEntry.headerSize)
    if header.isEmpty { return nil }
    guard let (parsed, length) = CopyEntry.parse(header) else { throw Torn.midway }
    var entry = parsed
    entry.name = try take(length)
    guard entry.name.count == length else { throw Torn.midway }
    return entry
  }

  private func takeContent(_ size: UInt64, _ each: ([UInt8]) throws -> Void) throws {
    var left = size
    while left > 0 {
      let bytes = try take(Int(min(left, UInt64(CopyReader.piece))))
      guard !bytes.isEmpty else { throw Torn.midway }
      try each(bytes)
      left -= UInt64(bytes.count)
    }
  }

  /// So many bytes, fewer only at the end of the stream.
  private func take(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      var piece = [UInt8](repeating: 0, count: count - bytes.count)
      let length = try input.read(into: &piece) ?? 0
      if length == 0 { break }
      bytes += piece[..<length]
    }
    return bytes
  }
}
