import CLinux
import Glibc

/// Signals as messages: blocked, and read from a descriptor in the loop's own time. Programs that
/// we start get the default dispositions and an empty mask, whatever is set here.
enum Signals {
  struct Received: Equatable {
    var signal: CInt
    /// Who sent it; 0 is the kernel, or somebody outside our PID namespace.
    var pid: pid_t
  }

  static func block(_ signals: [CInt]) throws(SyscallError) {
    try checked("sigprocmask", "") { linux_block_signals(signals, CInt(signals.count)) }
  }

  static func unblock(_ signals: [CInt]) throws(SyscallError) {
    try checked("sigprocmask", "") { linux_unblock_signals(signals, CInt(signals.count)) }
  }

  /// For SIGPIPE: a write to nobody is then EPIPE.
  static func ignore(_ signal: CInt) throws(SyscallError) {
    try checked("sigaction", "\(signal)") { linux_ignore_signal(signal) }
  }

  /// A descriptor that is readable when one of these, blocked before, is pending.
  static func descriptor(for signals: [CInt]) throws(SyscallError) -> FileDescriptor {
    FileDescriptor(
      owning: try checked("signalfd", "") { linux_signalfd(signals, CInt(signals.count)) })
  }

  /// All that is pending. One SIGCHLD may stand for many exits.
  static func read(
    _ descriptor: borrowing some RawDescriptor & ~Copyable
  ) throws(SyscallError) -> [Received] {
    var received: [Received] = []
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    while try checkedUnlessBusy("read", "signalfd", { Glibc.read(descriptor.raw, &info, size) })
      != nil
    {
      let signal = CInt(bitPattern: info.ssi_signo)
      received.append(Received(signal: signal, pid: pid_t(bitPattern: info.ssi_pid)))
    }
    return received
  }
}
