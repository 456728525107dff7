import CLinux
import Glibc

/// This process, and the exits of those that are its children or were re-parented to it. The keeper
/// peeks, records, and only then reaps: an exit that was not recorded is still there to be read.
enum Process {
  struct Exit: Equatable {
    var pid: pid_t
    var status: ExitStatus
  }

  /// Orphans below us become our children instead of PID 1's.
  static func becomeSubreaper() throws(SyscallError) {
    try checked("prctl", "PR_SET_CHILD_SUBREAPER") { linux_set_subreaper(1) }
  }

  /// Any child that has exited, left as it is: asking again answers the same. Nil when none has,
  /// or when there is no child at all.
  static func peek() throws(SyscallError) -> Exit? {
    do throws(SyscallError) {
      return try wait(LINUX_WAIT_ANY, 0, keep: true)
    } catch {
      if error.errno == ECHILD { return nil }
      throw error
    }
  }

  /// Lets go of a child that has exited; nil while it runs.
  @discardableResult
  static func reap(_ pid: pid_t) throws(SyscallError) -> Exit? {
    try wait(LINUX_WAIT_PID, pid, keep: false)
  }

  /// What `ps` and `top` show, at most 15 bytes.
  static func setName(_ name: String) throws(SyscallError) {
    try checked("prctl", "PR_SET_NAME") { linux_set_name(name) }
  }

  /// The signal that we get when our parent dies; 0 is none.
  static func setDeathSignal(_ signal: CInt) throws(SyscallError) {
    try checked("prctl", "PR_SET_PDEATHSIG") { linux_set_death_signal(signal) }
  }

  private static func wait(
    _ kind: linux_wait_kind, _ id: CInt, keep: Bool
  ) throws(SyscallError) -> Exit? {
    var exit = linux_exit()
    try checked("waitid", id == 0 ? "" : "\(id)") { linux_wait(kind, id, 0, keep ? 1 : 0, &exit) }
    return exit.pid == 0 ? nil : Exit(pid: exit.pid, status: ExitStatus(exit))
  }
}
