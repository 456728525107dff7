import CLinux
import Glibc

extension Files {
  /// Removes `path` and all below it. It never follows a link, not even one put in its way
  /// meanwhile, and never enters a mount: that is EBUSY, and what is mounted stays whole. What is
  /// not there is already removed.
  static func removeTree(_ path: String) throws(SyscallError) {
    let (directory, name) = split(path)
    let parent: FileDescriptor
    do throws(SyscallError) {
      parent = try FileDescriptor.open(directory, FileDescriptor.pathOnly | O_DIRECTORY)
    } catch {
      if error.errno == ENOENT { return }
      throw error
    }
    try removeTree(Array(name.utf8CString), in: parent)
  }

  /// The same for a name, zero at its end, in an open directory.
  static func removeTree(
    _ name: [CChar], in directory: borrowing FileDescriptor
  ) throws(SyscallError) {
    try TreeRemoval().remove(name, in: directory)
  }
}

/// One removal of a tree. Trees can be deeper than we may hold descriptors, so a directory at the
/// depth limit is moved up beside the root's own entries and removed from there.
private struct TreeRemoval {
  static let depthLimit = 64

  func remove(_ name: [CChar], in parent: borrowing FileDescriptor) throws(SyscallError) {
    if try unlinkUnlessDirectory(name, in: parent) { return }
    let top = try enter(name, in: parent)
    var again = true
    while again { again = try empty(top, top: top, depth: 1) }
    try removeDirectory(name, in: parent)
  }

  /// True when a directory was moved up into `top`, which must then be read again.
  private func empty(
    _ directory: borrowing FileDescriptor, top: borrowing FileDescriptor, depth: Int
  ) throws(SyscallError) -> Bool {
    var moved = false
    for entry in try DirectoryEntry.all(of: directory) {
      if !entry.isDirectory, try unlinkUnlessDirectory(entry.name, in: directory) { continue }
      if depth == Self.depthLimit {
        try move(entry.name, from: directory, to: top)
        moved = true
        continue
      }
      let child = try enter(entry.name, in: directory)
      if try empty(child, top: top, depth: depth + 1) { moved = true }
      try removeDirectory(entry.name, in: directory)
    }
    return moved
  }

  /// True when the name is gone.
  private func unlinkUnlessDirectory(
    _ name: [CChar], in parent: borrowing FileDescriptor
  ) throws(SyscallError) -> Bool {
    if unlinkat(parent.raw, name, 0) == 0 || errno == ENOENT { return true }
    if errno == EISDIR { return false }
    throw failure(name, in: parent, errno: errno)
  }

  private func removeDirectory(
    _ name: [CChar], in parent: borrowing FileDescriptor
  ) throws(SyscallError) {
    if unlinkat(parent.raw, name, AT_REMOVEDIR) == 0 || errno == ENOENT { return }
    throw failure(name, in: parent, errno: errno)
  }

  private func move(
    _ name: [CChar], from directory: borrowing FileDescriptor, to top: borrowing FileDescriptor
  ) throws(SyscallError) {
    let fresh = ".podshim-\(String(UInt64.random(in: 0...(.max)), radix: 36))"
    if renameat(directory.raw, name, top.raw, fresh) == 0 { return }
    throw failure(name, in: directory, errno: errno)
  }

  /// Opens a directory for removal, with the rights that this needs: its owner may have taken them
  /// away from themselves.
  private func enter(
    _ name: [CChar], in parent: borrowing FileDescriptor
  ) throws(SyscallError) -> FileDescriptor {
    var raw = open(name, O_RDONLY | O_DIRECTORY, in: parent)
    if raw < 0, errno == EACCES {
      let handle = open(name, LINUX_O_PATH | O_DIRECTORY, in: parent)
      if handle >= 0 {
        chmod("/proc/self/fd/\(handle)", 0o700)
        close(handle)
        raw = open(name, O_RDONLY | O_DIRECTORY, in: parent)
      }
    }
    if raw < 0 { throw failure(name, in: parent, errno: errno == EXDEV ? EBUSY : errno) }
    let directory = FileDescriptor(owning: raw)
    var status = stat()
    if fstat(raw, &status) == 0, status.st_mode & 0o700 != 0o700 { fchmod(raw, 0o700) }
    return directory
  }

  private func open(_ name: [CChar], _ flags: CInt, in parent: borrowing FileDescriptor) -> CInt {
    linux_openat2(
      parent.raw, name, flags | O_NOFOLLOW, 0, Resolution([.sameMount, .noSymlinks]).rawValue)
  }

  private func failure(
    _ name: [CChar], in parent: borrowing FileDescriptor, errno: CInt
  ) -> SyscallError {
    let text = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return SyscallError("remove", "\(parent.name)/\(text)", errno: errno)
  }
}
