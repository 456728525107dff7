import Glibc

/// Somebody who is in a user's namespaces, and by whom others find them.
///
/// A process of a container may look as it likes in mounts of its own making, and we would run what
/// lies there: one of ours has the root of this host and the state directory itself, not something
/// in its place.
struct NamespaceHolder {
  let user: OwnedDescriptor
  let mounts: OwnedDescriptor

  /// nil unless the process is one of ours, and was from before it was looked at until it was held.
  private init?(_ pid: pid_t, state: String) {
    guard let start = PidFD.startTime(of: pid), NamespaceHolder.isElsewhere(pid),
      NamespaceHolder.shares("/", with: pid), NamespaceHolder.shares(state, with: pid),
      NamespaceHolder.hasMount(pid, at: state),
      let user = try? Namespace.open(pid: pid, kind: .user),
      let mounts = try? Namespace.open(pid: pid, kind: .mnt), PidFD.startTime(of: pid) == start
    else { return nil }
    self.user = OwnedDescriptor(user)
    self.mounts = OwnedDescriptor(mounts)
  }

  /// The process that was noted, else any.
  static func find(_ paths: HostPaths) -> NamespaceHolder? {
    if let pid = noted(paths), let holder = NamespaceHolder(pid, state: paths.state) {
      return holder
    }
    for pid in ((try? Files.list("/proc")) ?? []).compactMap({ pid_t($0) }) {
      if let holder = NamespaceHolder(pid, state: paths.state) { return holder }
    }
    return nil
  }

  /// Notes this process, so that others need not look at all there are, unless one is noted.
  static func record(_ paths: HostPaths) throws(SyscallError) {
    guard noted(paths) == nil else { return }
    let start = PidFD.startTime(of: getpid()) ?? 0
    try Files.replace(paths.namespaces, with: Array("\(getpid()) \(start)\n".utf8))
  }

  /// The user namespace of what holds the network of a pod.
  static func ofPods(_ paths: HostPaths) -> OwnedDescriptor? {
    for uid in (try? Files.list(paths.podStates)) ?? [] {
      let folder = paths.pod(uid: uid).state + "/bundles/" + Supervisor.pauseName
      for run in (try? Files.list(folder)) ?? [] {
        guard let record = ProcessRecord(bundle: "\(folder)/\(run)"), isElsewhere(record.pid),
          let user = try? Namespace.open(pid: record.pid, kind: .user), record.isRunning
        else { continue }
        return OwnedDescriptor(user)
      }
    }
    return nil
  }

  private static func noted(_ paths: HostPaths) -> pid_t? {
    let text = (try? Files.readText(paths.namespaces)) ?? ""
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 2, let pid = pid_t(words[0]), let start = UInt64(words[1]),
      PidFD.startTime(of: pid) == start, number(pid, .mnt) != nil
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

  /// Whether a path leads to the same file for both.
  private static func shares(_ path: String, with pid: pid_t) -> Bool {
    var (ours, its) = (stat(), stat())
    return stat(path, &ours) == 0 && stat("/proc/\(pid)/root\(path)", &its) == 0
      && ours.st_dev == its.st_dev && ours.st_ino == its.st_ino
  }

  /// Whether something is mounted at `path` where the process is.
  private static func hasMount(_ pid: pid_t, at path: String) -> Bool {
    let lines = ((try? Files.readText("/proc/\(pid)/mountinfo")) ?? "").split(separator: "\n")
    return lines.contains { MountEntry(line: $0)?.path == path }
  }
}
