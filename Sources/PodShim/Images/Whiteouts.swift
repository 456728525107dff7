import Glibc

/// The marks of a layer that something below it is gone, translated from the archive's form to that
/// of overlayfs: `.wh.x` becomes a character device 0:0 named `x`, `.wh..wh..opq` the attribute
/// `trusted.overlay.opaque` of its directory (`user.overlay.opaque` without root).
///
/// Works through descriptors and on names as bytes, so neither a long path nor a strange name is in
/// its way, and never follows a link.
enum Whiteouts {
  static let opaqueAttribute = attribute("opaque")
  private static func attribute(_ name: String) -> String {
    (Privilege.isRoot ? "trusted.overlay." : "user.overlay.") + name
  }
  private static let prefix = Array(".wh.".utf8CString.dropLast())
  private static let opaqueMark = Array(".wh..wh..opq".utf8CString)

  static func convert(in path: String) throws {
    try convert(FileDescriptor.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
  }

  private static func convert(_ directory: borrowing FileDescriptor) throws {
    var marks: [DirectoryEntry] = []
    for entry in try DirectoryEntry.all(of: directory) {
      if entry.name.starts(with: prefix) {
        marks.append(entry)
      } else if entry.isDirectory {
        try convert(enter(entry.name, in: directory))
      }
    }
    if marks.isEmpty { return }

    var before = stat()
    let raw = directory.raw
    try checked("stat", directory.name) { fstat(raw, &before) }
    for mark in marks { try convert(mark, in: directory) }
    // Where a directory is in one layer only, the kernel lists it as it is, whiteouts included,
    // unless it looks copied up; "copied up, origin unknown" is what the empty attribute says.
    try ExtendedAttribute.set(attribute("origin"), to: "", of: directory)
    // what we did here is no change of the image
    try checked("utimensat", directory.name) { futimens(raw, [before.st_atim, before.st_mtim]) }
  }

  private static func convert(
    _ mark: DirectoryEntry, in directory: borrowing FileDescriptor
  ) throws {
    let hidden = Array(mark.name.dropFirst(prefix.count))
    if mark.name == opaqueMark {
      try makeOpaque(directory)
    } else if !hidden.starts(with: prefix) {
      // the rest of `.wh..wh.` is the bookkeeping of aufs, which no other file system reads
      try hide(hidden, mark, in: directory)
    }
    let raw = directory.raw
    do throws(SyscallError) {
      try checked("remove", "\(directory.name)/\(mark.text)") { unlinkat(raw, mark.name, 0) }
    } catch {
      guard error.errno == EISDIR else { throw error }
      throw ImageError("a layer holds the whiteout `\(mark.text)`, which is a directory")
    }
  }

  /// A layer may hide a name and have it anew: then its own wins, and a directory of it starts
  /// empty.
  private static func hide(
    _ name: [CChar], _ mark: DirectoryEntry, in directory: borrowing FileDescriptor
  ) throws {
    guard ![[0], Array(".".utf8CString), Array("..".utf8CString)].contains(name) else {
      throw ImageError("a layer holds the whiteout `\(mark.text)`, which hides no name")
    }
    let raw = directory.raw
    var status = stat()
    if fstatat(raw, name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR { try makeOpaque(enter(name, in: directory)) }
      return
    }
    do throws(SyscallError) {
      try checked("mknod", "\(directory.name)/\(mark.text)") { mknodat(raw, name, S_IFCHR, 0) }
    } catch {
      guard error.errno == EPERM else { throw error }
      throw ImageError("\(error): whiteouts need root or Linux 5.8")
    }
  }

  private static func makeOpaque(_ directory: borrowing FileDescriptor) throws {
    try ExtendedAttribute.set(opaqueAttribute, to: "y", of: directory)
  }

  static func enter(
    _ name: [CChar], in directory: borrowing FileDescriptor
  ) throws(SyscallError) -> FileDescriptor {
    let raw = directory.raw
    let child = try checked("open", directory.name) {
      openat(raw, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    }
    return FileDescriptor(owning: child)
  }
}
