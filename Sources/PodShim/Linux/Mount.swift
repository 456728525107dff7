import CLinux
import Glibc

/// Mounts in this process's mount namespace, and the table of them.
enum Mount {
  /// `lower` from top to bottom, as overlayfs and OCI images reversed have it. `options` are added
  /// as they are (`userxattr`).
  static func overlay(
    lower: [String], upper: String, work: String, at path: String, options: [String] = []
  ) throws(SyscallError) {
    // A page is all that mount(2) takes, and `:` and `,` are not ours to escape: each directory is
    // named by a descriptor where the plain text would not do.
    let plain = data(lower, upper, work, options)
    if plain.utf8.count < 4000, !(lower + [upper, work]).contains(where: isSpecial) {
      return try make("overlay", type: "overlay", at: path, data: plain)
    }
    var handles: [OwnedDescriptor] = []
    for directory in lower + [upper, work] {
      let flags = FileDescriptor.pathOnly | O_DIRECTORY
      handles.append(OwnedDescriptor(try FileDescriptor.open(directory, flags)))
    }
    let names = handles.map { "/proc/self/fd/\($0.raw)" }
    let short = data(
      Array(names.dropLast(2)), names[names.count - 2], names[names.count - 1], options)
    try make("overlay", type: "overlay", at: path, data: short)
    withExtendedLifetime(handles) {}
  }

  /// The whole tree at `source`, what is mounted in it included.
  static func bind(
    _ source: String, at path: String, readOnly: Bool = false
  ) throws(SyscallError) {
    try checked("bind", "\(source) -> \(path)") {
      linux_mount(source, path, nil, UInt(MS_BIND | MS_REC), nil)
    }
    guard readOnly else { return }
    do throws(SyscallError) {
      try checked("mount_setattr", path) { linux_mount_read_only(path) }
    } catch {
      _ = linux_umount(path, 1)
      throw error
    }
  }

  /// `options` are the file system's own: `size=64m`, `mode=1777`.
  static func tmpfs(at path: String, options: [String] = []) throws(SyscallError) {
    try make("tmpfs", type: "tmpfs", at: path, data: options.joined(separator: ","))
  }

  /// Nothing that is mounted below `path` from now on is seen elsewhere, nor the reverse.
  static func makePrivate(_ path: String) throws(SyscallError) {
    try checked("mount", path) { linux_mount(nil, path, nil, UInt(MS_PRIVATE | MS_REC), nil) }
  }

  /// `detach` takes it out of sight at once, and away when the last user has gone.
  static func unmount(_ path: String, detach: Bool = true) throws(SyscallError) {
    try checked("unmount", path) { linux_umount(path, detach ? 1 : 0) }
  }

  /// Every mount that the calling thread sees, in the kernel's order: parents first.
  static func table() throws(SyscallError) -> [MountEntry] {
    try Files.readText("/proc/thread-self/mountinfo").split(separator: "\n").compactMap {
      MountEntry(line: $0)
    }
  }

  private static func make(
    _ source: String, type: String, flags: UInt = 0, at path: String, data: String
  ) throws(SyscallError) {
    try checked("mount \(type)", path) { linux_mount(source, path, type, flags, data) }
  }

  private static func data(
    _ lower: [String], _ upper: String, _ work: String, _ options: [String]
  ) -> String {
    let directories = [
      "lowerdir=\(lower.joined(separator: ":"))", "upperdir=\(upper)", "workdir=\(work)",
    ]
    return (directories + options).joined(separator: ",")
  }

  private static func isSpecial(_ path: String) -> Bool {
    path.contains { $0 == ":" || $0 == "," || $0 == "\\" }
  }
}
