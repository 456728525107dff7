import Glibc

/// The two clocks of the program: `boot` for every deadline (it runs on while the host sleeps and
/// never jumps), `wall` for what people read.
enum Clock {
  /// Since the host was started. The corresponding C constant is `CLOCK_BOOTTIME`.
  static func boot() -> Duration { now(CLOCK_BOOTTIME) }

  /// Since 1970-01-01T00:00:00Z.
  static func wall() -> Duration { now(CLOCK_REALTIME) }

  /// Names this start of the host, in which `boot` counts; empty where the kernel does not say.
  static let bootID: String = {
    let text = (try? Files.readText("/proc/sys/kernel/random/boot_id")) ?? ""
    return text.split(separator: "\n").first.map(String.init) ?? ""
  }()

  private static func now(_ clock: CInt) -> Duration {
    var time = timespec()
    clock_gettime(clock, &time)
    return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
  }
}
