import CLinux
import Glibc

/// Mounts in this process's mount namespace, and the table of them.
enum Mount {
  /// `lower` from top to bottom, as overlayfs and OCI images reversed have it. `options` are added
  /// as they are (`userxattr`).
  static func overlay(
    lower: [String], upper: String, work: String, at path: String, options: [String] = []
  ) throws(SyscallError) {
    try overlay(lower: lower, writing: (upper, work), at: path, options: options)
  }

  /// Without a place to write to: the directories, of which there are two at least, as one
  /// read-only tree.
  static func overlay(lower: [String], at path: String) throws(SyscallError) {
    try overlay(lower: lower, writing: nil, at: path, options: [])
  }

  private static func overlay(
    lower: [String], writing: (upper: String, work: String)?, at path: String, options: [String]
  ) throws(SyscallError) {
    // Attributes that only the host's root may set are none to others.
    let options = options + (Privilege.isRoot ? [] : ["userxattr"])
    let directories = lower + (writing.map { [$0.upper, $0.work] } ?? [])
    // A page is all that mount(2) takes, and `:` and `,` are not ours to escape: each directory is
    // named by a descriptor where the plain text would not do.
    let plain = data(directories, lower.count, options)
    if plain.utf8.count < 4000, !directories.contains(where: isSpecial) {
      return try make("overlay", type: "overlay", at: path, data: plain)
    }
    var handles: [OwnedDescriptor] = []
    for directory in directories {
      let flags = FileDescriptor.pathOnly | O_DIRECTORY
      handles.append(OwnedDescriptor(try FileDescriptor.open(directory, flags)))
    }
    let names = handles.map { "/proc/self/fd/\($0.raw)" }
    let short = data(names, lower.count, options)
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

  /// One open file or directory, without what is mounted below it: whoever moves things about
  /// where it was found meanwhile has no say in what is shown.
  static func bind(
    _ source: borrowing FileDescriptor, at path: String
  ) throws(SyscallError) {
    try checked("bind", "\(source.name) -> \(path)") {
      linux_mount("/proc/self/fd/\(source.raw)", path, nil, UInt(MS_BIND), nil)
    }
  }

  /// Whether something is mounted exactly here: a file system other than the one of the directory
  /// that holds it. A bind within one file system is not seen.
  static func isPoint(_ path: String) -> Bool {
    var here = stat()
    var above = stat()
    return lstat(path, &here) == 0 && stat(Files.split(path).directory, &above) == 0
      && here.st_dev != above.st_dev
  }

  /// Memory in pages of `pageSize` bytes.
  static func hugePages(
    at path: String, pageSize: Int64, options: [String] = []
  ) throws(SyscallError) {
    let data = (["pagesize=\(pageSize)"] + options).joined(separator: ",")
    try make("hugetlbfs", type: "hugetlbfs", at: path, data: data)
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

  /// Takes away what is mounted on the entries of `folder`, and the folder; one that is not there
  /// is gone already.
  static func removeAll(in folder: String) throws(SyscallError) {
    guard Files.exists(folder) else { return }
    for name in try Files.list(folder) {
      do throws(SyscallError) {
        try unmount("\(folder)/\(name)")
      } catch {
        // Nothing is mounted there.
        if error.errno != EINVAL { throw error }
      }
    }
    try Files.removeTree(folder)
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

  /// The first `lower` of the directories lie below; the others, if any, are upper and work.
  private static func data(_ directories: [String], _ lower: Int, _ options: [String]) -> String {
    let below = "lowerdir=\(directories.prefix(lower).joined(separator: ":"))"
    let above = zip(["upperdir", "workdir"], directories.dropFirst(lower)).map { "\($0)=\($1)" }
    return ([below] + above + options).joined(separator: ",")
  }

  private static func isSpecial(_ path: String) -> Bool {
    path.contains { $0 == ":" || $0 == "," || $0 == "\\" }
  }
}
