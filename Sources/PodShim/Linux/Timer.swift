import CLinux
import Glibc

/// One alarm, armed to a moment of `Clock.boot` and readable once it has come. The loop has a
/// single one: deadlines are state elsewhere, and this is set to the earliest.
struct Timer: ~Copyable, RawDescriptor {
  private let descriptor: FileDescriptor
  var raw: CInt { descriptor.raw }

  init() throws(SyscallError) {
    let flags = CInt(TFD_CLOEXEC) | CInt(TFD_NONBLOCK)
    descriptor = FileDescriptor(
      owning: try checked("timerfd_create", "") { timerfd_create(CLOCK_BOOTTIME, flags) })
  }

  /// A moment that has passed rings at once.
  func arm(at moment: Duration) throws(SyscallError) {
    // Zero would mean "never" to the kernel.
    let (seconds, attoseconds) = max(moment, .nanoseconds(1)).components
    let time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    try set(time)
  }

  func disarm() throws(SyscallError) { try set(timespec()) }

  /// Clears what rang; false when nothing had.
  @discardableResult
  func consume() throws(SyscallError) -> Bool {
    var count = [UInt8](repeating: 0, count: 8)
    return try read(into: &count) != nil
  }

  private func set(_ time: timespec) throws(SyscallError) {
    var value = itimerspec(it_interval: timespec(), it_value: time)
    try checked("timerfd_settime", "") {
      timerfd_settime(raw, CInt(TFD_TIMER_ABSTIME), &value, nil)
    }
  }
}
