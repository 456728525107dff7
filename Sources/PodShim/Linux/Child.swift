import CLinux
import Glibc

/// A process that we started and that only we may reap: nobody in this program waits for any child
/// but by name, so its pid stays its own until `reap` or `wait` has returned its status.
final class Child {
  let pid: pid_t
  /// Readable once the process has exited.
  let pidfd: FileDescriptor
  /// What `reap` or `wait` found.
  private(set) var status: ExitStatus?

  init(pid: pid_t, pidfd: consuming FileDescriptor) {
    self.pid = pid
    self.pidfd = pidfd
  }

  /// The status if the process has exited; it never blocks.
  func reap() throws(SyscallError) -> ExitStatus? {
    if status == nil { status = try collect(block: false) }
    return status
  }

  /// Blocks until the process exits.
  func wait() throws(SyscallError) -> ExitStatus {
    while true {
      if let status { return status }
      status = try collect(block: true)
    }
  }

  /// Does nothing to a process that was reaped.
  func signal(_ signal: CInt) throws(SyscallError) {
    if status == nil { try PidFD.signal(pidfd.raw, signal) }
  }

  private func collect(block: Bool) throws(SyscallError) -> ExitStatus? {
    var exit = linux_exit()
    try checked("waitid", "\(pid)") {
      linux_wait(LINUX_WAIT_PIDFD, pidfd.raw, block ? 1 : 0, 0, &exit)
    }
    return exit.pid == 0 ? nil : ExitStatus(exit)
  }
}
