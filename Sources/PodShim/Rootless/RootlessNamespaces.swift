import CLinux
import Glibc
import PodModel

/// The user namespace and the mount namespace in which all pods of a user live who is not root,
/// and in which this program is root too. There is one pair for each state directory.
///
/// The first command makes them. They last for as long as somebody is in them, and nobody has to
/// stay for that alone: each later command finds a process there and joins it.
enum RootlessNamespaces {
  struct Impossible: Error, CustomStringConvertible {
    let description: String
  }

  /// Goes there, and nowhere else: the folder we work in stays the same.
  static func enter(_ paths: HostPaths) throws {
    _ = Privilege.isRoot
    // Tells skopeo, to whom we look like root, whose files it is to read.
    setenv("_CONTAINERS_ROOTLESS_UID", "\(getuid())", 1)
    let here = try FileDescriptor.open(".", FileDescriptor.pathOnly | O_DIRECTORY)
    for folder in [paths.root, paths.state] { try own(folder) }
    // Who comes at the same time finds us there.
    let lock = try FileLock.acquire(paths.namespaces + ".lock")
    if try !joinHolder(paths) { try make(paths) }
    let raw = here.raw
    try checked("fchdir", ".") { fchdir(raw) }
    withExtendedLifetime(lock) {}
  }

  /// A keeper lives longer than a command.
  static func keep(_ paths: HostPaths) throws {
    if !Privilege.isRoot { try NamespaceHolder.record(paths) }
  }

  /// What others could have made, or can write to, would be theirs.
  private static func own(_ folder: String) throws {
    try Files.makeDirectories(folder, mode: 0o700)
    var status = stat()
    try checked("stat", folder) { stat(folder, &status) }
    guard status.st_uid == getuid(), status.st_mode & 0o022 == 0 else {
      throw Impossible(
        description: "`\(folder)` belongs to somebody else, or others may write to it: name "
          + "folders of your own with --root and --state")
    }
  }

  /// False when nobody is there.
  private static func joinHolder(_ paths: HostPaths) throws(SyscallError) -> Bool {
    guard let holder = NamespaceHolder.find(paths) else { return false }
    try Namespace.enter(holder.user.raw)
    try Namespace.enter(holder.mounts.raw)
    return true
  }

  private static func make(_ paths: HostPaths) throws {
    if let user = NamespaceHolder.ofPods(paths) {
      // Nobody but containers is left, who have mounts of their own.
      try Namespace.enter(user.raw)
      try Namespace.unshare([.mnt])
    } else {
      try makeUserNamespace()
    }
    do throws(SyscallError) {
      // By this mount others know the namespace.
      try Mount.bind(paths.state, at: paths.state)
    } catch {
      throw Impossible(
        description: "\(error): this host lets no user mount anything: look for "
          + "kernel.apparmor_restrict_unprivileged_userns, or run podshim as root")
    }
  }

  private static func makeUserNamespace() throws {
    let (uid, gid) = (getuid(), getgid())
    let mapping = try IDMapping.begin()
    do throws(SyscallError) {
      try Namespace.unshare([.user, .mnt])
    } catch {
      throw Impossible(
        description: "\(error): pods of users who are not root need user namespaces: see the "
          + "settings user.max_user_namespaces and kernel.unprivileged_userns_clone, or run "
          + "podshim as root")
    }
    if let mapping { try mapping.finish() } else { try IDMapping.mapOwn(uid: uid, gid: gid) }
  }
}
