import CLinux
import Glibc

/// Which file system a path is on, for the few that we treat differently.
enum FileSystem: Int64 {
  case cgroup2 = 0x6367_7270
  case cgroup1 = 0x0027_e0eb
  case overlay = 0x794c_7630
  case tmpfs = 0x0102_1994
  case nfs = 0x6969
  case btrfs = 0x9123_683e
  case xfs = 0x5846_5342
  case ext4 = 0xef53
  case fuse = 0x6573_5546

  /// Nil for any other.
  static func of(_ path: String) throws(SyscallError) -> FileSystem? {
    var type: Int64 = 0
    try checked("statfs", path) { linux_filesystem_type(path, &type) }
    return FileSystem(rawValue: type)
  }

  /// How many bytes the file system of `path` can hold.
  static func size(_ path: String) throws(SyscallError) -> Int64 {
    var about = statvfs()
    try checked("statvfs", path) { statvfs(path, &about) }
    return Int64(about.f_blocks) * Int64(about.f_frsize)
  }

  /// Writes out everything that the file system of `path` holds in memory, so that it survives a
  /// power cut. The corresponding call is `syncfs`.
  static func synchronize(_ path: String) throws(SyscallError) {
    let directory = try FileDescriptor.open(path, O_RDONLY)
    let raw = directory.raw
    try checked("syncfs", path) { linux_sync_filesystem(raw) }
  }
}
