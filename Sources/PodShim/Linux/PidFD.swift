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
