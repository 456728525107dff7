import Glibc
import PodModel

/// A volume whose files change all at once: a reader sees the old ones or the new ones, never some
/// of each.
///
/// The layout is the kubelet's (`atomic_writer.go`), which programs know: the files lie in a folder
/// named for the moment, `..data` points to it, and each name that a reader uses points below
/// `..data`; so one rename changes all. Whenever the writer is killed, the next one puts right what
/// it left. No container can write here.
struct AtomicFolder: ~Copyable {
  private let root: FileDescriptor

  private static let current = "..data"
  private static let next = "..data_tmp"

  /// A file as it is to be.
  struct File: Equatable {
    var bytes: [UInt8]
    var mode: mode_t
    var owner: uid_t?
  }

  init(_ path: String) throws(SyscallError) {
    root = try FileDescriptor.open(path, O_RDONLY | O_DIRECTORY)
  }

  /// The bytes of one file, nil when it is not there.
  func read(_ path: String) -> [UInt8]? {
    guard let folder = try? readLink(Self.current) else { return nil }
    return try? open("\(folder)/\(path)", O_RDONLY).readAll()
  }

  /// Makes `files` all that is here, by path. Nothing is written when it is so already; modes alone
  /// make no difference.
  ///
  /// - Parameter finish: what is still to be done to the new files before anybody sees them.
  func write(
    _ files: [String: File], finish: () throws(SyscallError) -> Void = {}
  ) throws(SyscallError) {
    var folder = try? readLink(Self.current)
    if let old = folder, try !holds(files, old) { folder = nil }
    if folder == nil {
      let fresh = try make(files)
      do throws(SyscallError) {
        try finish()
        try show(fresh)
      } catch {
        try? remove(fresh)
        throw error
      }
      folder = fresh
    }
    try link(Set(files.keys.map(Self.first)))
    try clear(except: folder)
  }

  private static func first(_ path: String) -> String {
    String(path.prefix { $0 != "/" })
  }

  // MARK: Files

  private func holds(_ files: [String: File], _ folder: String) throws(SyscallError) -> Bool {
    guard let present = try? paths(in: folder), Set(present) == Set(files.keys) else {
      return false
    }
    for (path, file) in files
    where (try? open("\(folder)/\(path)", O_RDONLY).readAll()) != file.bytes {
      return false
    }
    return true
  }

  /// The files below a folder, without its name.
  private func paths(in folder: String) throws(SyscallError) -> [String] {
    let directory = try open(folder, O_RDONLY | O_DIRECTORY)
    var found: [String] = []
    for entry in try DirectoryEntry.all(of: directory) {
      if entry.isDirectory {
        found += try paths(in: "\(folder)/\(entry.text)").map { "\(entry.text)/\($0)" }
      } else {
        found.append(entry.text)
      }
    }
    return found
  }

  /// A folder with the files in it, under a name that no folder here had.
  private func make(_ files: [String: File]) throws(SyscallError) -> String {
    let name = "..\(Self.moment).\(UInt32.random(in: 0...(.max)))"
    try checked("mkdir", name) { mkdirat(root.raw, name, 0o755) }
    do throws(SyscallError) {
      let folder = try open(name, O_RDONLY | O_DIRECTORY)
      try checked("chmod", name) { fchmod(folder.raw, 0o755) }
      for (path, file) in files { try make(path, file, in: folder) }
      return name
    } catch {
      try? remove(name)
      throw error
    }
  }

  private func make(
    _ path: String, _ file: File, in folder: borrowing FileDescriptor
  ) throws(SyscallError) {
    var above = ""
    for part in path.split(separator: "/").dropLast() {
      above += (above.isEmpty ? "" : "/") + part
      if mkdirat(folder.raw, above, 0o777) == -1, errno != EEXIST {
        throw SyscallError("mkdir", above, errno: errno)
      }
    }
    let made = try FileDescriptor.open(
      path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600, in: folder.raw, resolution: Self.within)
    try made.writeAll(file.bytes)
    if let owner = file.owner {
      try checked("chown", path) { fchown(made.raw, owner, gid_t.max) }
    }
    try checked("chmod", path) { fchmod(made.raw, file.mode) }
  }

  /// `2026_11_21_13_05_09`, in UTC.
  private static var moment: String {
    let text = Timestamp(wall: Clock.wall()).description
    return String(text.dropLast().map { $0.isNumber ? $0 : "_" })
  }

  // MARK: Links

  /// The one step that changes everything.
  private func show(_ folder: String) throws(SyscallError) {
    try remove(Self.next)
    try checked("symlink", Self.next) { symlinkat(folder, root.raw, Self.next) }
    try checked("rename", Self.next) { renameat(root.raw, Self.next, root.raw, Self.current) }
  }

  /// Names that come appear after their files, names that go vanish after theirs.
  private func link(_ names: Set<String>) throws(SyscallError) {
    for name in names.sorted() {
      let target = "\(Self.current)/\(name)"
      if (try? readLink(name)) == target { continue }
      try remove(name)
      try checked("symlink", name) { symlinkat(target, root.raw, name) }
    }
    for entry in try DirectoryEntry.all(of: root) {
      let name = entry.text
      if !name.hasPrefix(".."), !names.contains(name) { try remove(name) }
    }
  }

  /// Takes away the files that were here before, and what a writer left that was killed.
  private func clear(except folder: String?) throws(SyscallError) {
    for entry in try DirectoryEntry.all(of: root) {
      let name = entry.text
      guard name.hasPrefix(".."), name != Self.current, name != folder else { continue }
      try remove(name)
    }
  }

  private func remove(_ name: String) throws(SyscallError) {
    try Files.removeTree(Array(name.utf8CString), in: root)
  }

  // MARK: The way in

  private static let within: Resolution = [.beneath, .noSymlinks, .sameMount]

  private func open(_ path: String, _ flags: CInt) throws(SyscallError) -> FileDescriptor {
    try FileDescriptor.open(path, flags, in: root.raw, resolution: Self.within)
  }

  private func readLink(_ name: String) throws(SyscallError) -> String {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = try checked("readlink", name) {
      readlinkat(root.raw, name, &target, target.count)
    }
    return String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
