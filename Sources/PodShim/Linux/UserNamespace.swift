import CLinux

/// A user namespace without a process in it: a mapping of IDs, for mounts to be seen through.
struct UserNamespace {
  private let descriptor: OwnedDescriptor

  /// Its IDs from 0 on are the host's from `first` on.
  init(first: UInt32, count: UInt32) throws(SyscallError) {
    let raw = try checked("make a user namespace of", "\(count) ids from \(first)") {
      linux_user_namespace(first, count)
    }
    descriptor = OwnedDescriptor(owning: raw)
  }

  /// Mounts the tree at `source` once more. Whose files are on disk the host's ID 0, they are at
  /// `path` those of this namespace's 0, and so on; what is mounted in the tree stays as it is.
  func mount(_ source: String, at path: String) throws(SyscallError) {
    try checked("mount with other owners", "\(source) -> \(path)") {
      linux_mount_idmapped(source, path, descriptor.raw)
    }
  }
}
