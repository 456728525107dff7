import CLinux
import Glibc

/// Handles on processes: unlike a pid, a pidfd never comes to mean another process.
enum PidFD {
  static func open(_ pid: pid_t) throws(SyscallError) -> FileDescriptor {
    FileDescriptor(owning: try checked("pidfd_open", "\(pid)") { linux_pidfd_open(pid) })
  }

  /// ESRCH once the process has been reaped.
  static func signal(_ fd: CInt, _ signal: CInt) throws(SyscallError) {
    try checked("pidfd_send_signal", "\(signal)") { linux_pidfd_send_signal(fd, signal) }
  }

  /// How a process that somebody else has reaped ended; nil while it is not reaped, and on kernels
  /// before 6.15, which do not remember.
  static func exitStatus(_ fd: CInt) -> ExitStatus? {
    var exit = linux_exit()
    return linux_pidfd_exit(fd, &exit) == 0 ? ExitStatus(exit) : nil
  }

  /// The parent of a process, field 4; nil when there is no such process.
  static func parent(of pid: pid_t) -> pid_t? {
    guard let stat = try? Files.readText("/proc/\(pid)/stat"),
      let command = stat.lastIndex(of: ")")
    else { return nil }
    return stat[command...].split(separator: " ").dropFirst(2).first.flatMap { pid_t($0) }
  }

  /// Whether a process has ended and waits for its parent to ask how: field 3.
  static func isZombie(stat: String) -> Bool {
    stat.lastIndex(of: ")").map { stat[$0...].hasPrefix(") Z") } ?? false
  }

  /// When the process started, in clock ticks since boot: with the pid it names a process for as
  /// long as the host is up. Nil when there is no such process.
  static func startTime(of pid: pid_t) -> UInt64? {
    guard let stat = try? Files.readText("/proc/\(pid)/stat") else { return nil }
    return startTime(stat: stat)
  }

  /// Field 22. The second, the command, may itself hold blanks and parentheses.
  static func startTime(stat: String) -> UInt64? {
    guard let command = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[command...].split(separator: " ")
    return fields.count > 20 ? UInt64(fields[20]) : nil
  }
}
