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
    try Files.makeDirectories(paths.state, mode: 0o700)
    // Who comes at the same time finds us there.
    let lock = try FileLock.acquire(paths.namespaces + ".lock")
    if try !joinHolder(paths) { try make(paths) }
    try NamespaceHolder.record(paths)
    let raw = here.raw
    try checked("fchdir", ".") { fchdir(raw) }
    withExtendedLifetime(lock) {}
  }

  /// A keeper lives longer than a command.
  static func keep(_ paths: HostPaths) throws {
    if !Privilege.isRoot { try NamespaceHolder.record(paths) }
  }

  /// False when nobody is there.
  private static func joinHolder(_ paths: HostPaths) throws(SyscallError) -> Bool {
    // One that ends just now is not found again.
    for _ in 0..<8 {
      guard let pid = NamespaceHolder.find(paths) else { return false }
      guard let user = try? Namespace.open(pid: pid, kind: .user),
        let mounts = try? Namespace.open(pid: pid, kind: .mnt)
      else { continue }
      try Namespace.enter(user.raw)
      try Namespace.enter(mounts.raw)
      return true
    }
    return false
  }

  private static func make(_ paths: HostPaths) throws {
    if let pid = NamespaceHolder.findPod(paths) {
      // Nobody but containers is left, who have mounts of their own.
      try Namespace.enter(path: Namespace.path(pid: pid, kind: .user))
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

/// Somebody who is in a user's namespaces, and by whom others find them.
enum NamespaceHolder {
  /// Notes this process. One that is gone by the time that it is looked for does no harm.
  static func record(_ paths: HostPaths) throws(SyscallError) {
    let start = PidFD.startTime(of: getpid()) ?? 0
    try Files.replace(paths.namespaces, with: Array("\(getpid()) \(start)\n".utf8))
  }

  /// A process in the namespaces: the one that was noted last, else any.
  static func find(_ paths: HostPaths) -> pid_t? {
    if let noted = noted(paths) { return noted }
    let names = (try? Files.list("/proc")) ?? []
    return names.compactMap { pid_t($0) }.first { isElsewhere($0) && shows($0, paths.state) }
  }

  /// What holds the network of a pod.
  static func findPod(_ paths: HostPaths) -> pid_t? {
    for uid in (try? Files.list(paths.podStates)) ?? [] {
      let folder = paths.pod(uid: uid).state + "/bundles/" + Supervisor.pauseName
      for run in (try? Files.list(folder)) ?? [] {
        guard let record = ProcessRecord(bundle: "\(folder)/\(run)"), isElsewhere(record.pid)
        else { continue }
        return record.pid
      }
    }
    return nil
  }

  private static func noted(_ paths: HostPaths) -> pid_t? {
    let text = (try? Files.readText(paths.namespaces)) ?? ""
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 2, let pid = pid_t(words[0]), let start = UInt64(words[1]),
      PidFD.startTime(of: pid) == start, isElsewhere(pid)
    else { return nil }
    return pid
  }

  /// Whether it is in a user namespace that is not ours and that we may see: others are not shown
  /// to us. Who has ended and was not reaped still has that, but no mounts.
  private static func isElsewhere(_ pid: pid_t) -> Bool {
    guard let its = number(pid, .user), number(pid, .mnt) != nil else { return false }
    return its != number(getpid(), .user)
  }

  private static func number(_ pid: pid_t, _ kind: Namespace.Kind) -> ino_t? {
    var status = stat()
    return stat(Namespace.path(pid: pid, kind: kind), &status) == 0 ? status.st_ino : nil
  }

  /// Whether something is mounted at `path` where the process is.
  private static func shows(_ pid: pid_t, _ path: String) -> Bool {
    let lines = ((try? Files.readText("/proc/\(pid)/mountinfo")) ?? "").split(separator: "\n")
    return lines.contains { MountEntry(line: $0)?.path == path }
  }
}
