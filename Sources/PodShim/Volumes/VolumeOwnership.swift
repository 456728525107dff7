import CLinux
import Glibc
import PodModel

/// Giving a volume to the group of a pod, its `fsGroup`: everything in it belongs to the group,
/// which may do what the owner may, and what is made in a folder belongs to the group again.
///
/// Others may write to the volume meanwhile (a claim has several pods), so nothing is named by a
/// path that they could turn elsewhere: no link is followed and no other file system entered. The
/// volume's own folder comes last: when it is the group's, all of it is.
struct VolumeOwnership {
  let group: gid_t
  /// For a kind of volume that no container writes to.
  var isReadOnly = false

  /// - Parameter policy: with `onRootMismatch` a volume whose own folder is the group's already is
  ///   left as it is.
  func apply(to path: String, _ policy: FSGroupChangePolicy) throws(SyscallError) {
    let root = try FileDescriptor.open(path, O_RDONLY | O_DIRECTORY)
    if policy == .onRootMismatch, try isGroups(root) { return }
    var folders: [[CChar]] = [Self.name(".")]
    var next = 0
    while next < folders.count {
      if let folder = try enter(folders[next], below: root) {
        for entry in try DirectoryEntry.all(of: folder) {
          if entry.isDirectory {
            folders.append(folders[next].dropLast() + [CChar(bitPattern: 0x2f)] + entry.name)
          } else {
            try give(entry.name, in: folder)
          }
        }
      }
      next += 1
    }
    for folder in folders.reversed() { try give(folder, in: root) }
  }

  /// nil when it is gone, or is something else by now.
  private func enter(
    _ folder: [CChar], below root: borrowing FileDescriptor
  ) throws(SyscallError) -> FileDescriptor? {
    let raw = open(folder, O_RDONLY | O_DIRECTORY, in: root)
    if raw < 0, Self.hasGone(errno) { return nil }
    if raw < 0 { throw failure("open", folder, errno) }
    return FileDescriptor(owning: raw)
  }

  private func give(
    _ name: [CChar], in folder: borrowing FileDescriptor
  ) throws(SyscallError) {
    let raw = open(name, FileDescriptor.pathOnly | O_NOFOLLOW, in: folder)
    if raw < 0, Self.hasGone(errno) { return }
    if raw < 0 { throw failure("open", name, errno) }
    let file = FileDescriptor(owning: raw)
    var status = stat()
    try checked("stat", file.name) { fstat(file.raw, &status) }
    try checked("chown", file.name) { fchownat(file.raw, "", uid_t.max, group, Self.itself) }
    // A link has no mode.
    guard status.st_mode & S_IFMT != S_IFLNK else { return }
    try checked("chmod", file.name) {
      chmod("/proc/self/fd/\(file.raw)", status.st_mode & 0o7777 | bits(status.st_mode))
    }
  }

  private func isGroups(_ root: borrowing FileDescriptor) throws(SyscallError) -> Bool {
    var status = stat()
    try checked("stat", root.name) { fstat(root.raw, &status) }
    let wanted = bits(status.st_mode)
    return status.st_gid == group && status.st_mode & wanted == wanted
  }

  /// What is added to a mode (kubelet `changeFilePermission`).
  private func bits(_ mode: mode_t) -> mode_t {
    let access: mode_t = isReadOnly ? 0o440 : 0o660
    return mode & S_IFMT == S_IFDIR ? access | 0o2110 : access
  }

  /// `AT_EMPTY_PATH`: the descriptor's own file.
  private static let itself: CInt = 0x1000

  private static func name(_ text: String) -> [CChar] { Array(text.utf8CString) }

  private static func hasGone(_ errno: CInt) -> Bool {
    [ENOENT, ENOTDIR, ELOOP].contains(errno)
  }

  private func open(_ name: [CChar], _ flags: CInt, in folder: borrowing FileDescriptor) -> CInt {
    let resolution: Resolution = [.beneath, .noSymlinks, .sameMount]
    return linux_openat2(folder.raw, name, flags, 0, resolution.rawValue)
  }

  private func failure(_ call: String, _ name: [CChar], _ errno: CInt) -> SyscallError {
    let text = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return SyscallError(call, text, errno: errno)
  }
}

extension VolumeOwnership {
  /// nil for a pod without an `fsGroup`.
  init?(of pod: Pod, isReadOnly: Bool = false) {
    let group = (pod.spec.securityContext?.fsGroup).flatMap(gid_t.init(exactly:))
    guard let group else { return nil }
    self.init(group: group, isReadOnly: isReadOnly)
  }
}
