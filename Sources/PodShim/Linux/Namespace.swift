import CLinux
import Glibc

/// The namespaces of a process. Entering acts on the calling thread, and the program has only one.
enum Namespace {
  /// As they are named in `/proc/<pid>/ns`.
  enum Kind: String, CaseIterable {
    case net, ipc, uts, pid, mnt, user, cgroup

    var flag: CInt {
      switch self {
      case .net: LINUX_CLONE_NEWNET
      case .ipc: LINUX_CLONE_NEWIPC
      case .uts: LINUX_CLONE_NEWUTS
      case .pid: LINUX_CLONE_NEWPID
      case .mnt: LINUX_CLONE_NEWNS
      case .user: LINUX_CLONE_NEWUSER
      case .cgroup: LINUX_CLONE_NEWCGROUP
      }
    }
  }

  static func path(pid: pid_t, kind: Kind) -> String { "/proc/\(pid)/ns/\(kind.rawValue)" }

  static func open(pid: pid_t, kind: Kind) throws(SyscallError) -> FileDescriptor {
    try FileDescriptor.open(path(pid: pid, kind: kind), O_RDONLY)
  }

  /// With a PID namespace only the children change theirs.
  static func enter(_ fd: CInt) throws(SyscallError) {
    try checked("setns", "descriptor \(fd)") { linux_setns(fd, 0) }
  }

  static func enter(path: String) throws(SyscallError) {
    let namespace = try FileDescriptor.open(path, O_RDONLY)
    try checked("setns", path) { linux_setns(namespace.raw, 0) }
  }

  /// New namespaces for this process.
  static func unshare(_ kinds: [Kind]) throws(SyscallError) {
    let flags = kinds.reduce(0) { $0 | $1.flag }
    try checked("unshare", kinds.map(\.rawValue).joined(separator: ",")) { linux_unshare(flags) }
  }
}
