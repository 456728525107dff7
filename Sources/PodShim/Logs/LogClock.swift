import Glibc

/// The time in front of a log line: RFC 3339 with nanoseconds, in the host's zone.
struct LogClock {
  private var second: Int = .min
  private var prefix: [UInt8] = []
  private var suffix: [UInt8] = []

  /// - Parameter wall: time since 1970.
  mutating func stamp(_ wall: Duration) -> [UInt8] {
    let (seconds, attoseconds) = wall.components
    if Int(seconds) != second { format(Int(seconds)) }
    let nanoseconds = String(attoseconds / 1_000_000_000 + 1_000_000_000).utf8.dropFirst()
    return prefix + nanoseconds + suffix
  }

  private mutating func format(_ seconds: Int) {
    var parts = LogClock.local(seconds)
    second = seconds
    prefix = Array(LogClock.text(&parts, "%Y-%m-%dT%H:%M:%S.").utf8)
    // strftime writes +0200 where RFC 3339 wants +02:00.
    let zone = LogClock.text(&parts, "%z")
    suffix = Array((parts.tm_gmtoff == 0 ? "Z" : "\(zone.prefix(3)):\(zone.suffix(2))").utf8)
  }

  /// `YYYYMMDD-HHMMSS`, in the host's zone: what the kubelet puts behind a rotated log's name.
  static func fileStamp(_ wall: Duration) -> String {
    var parts = local(Int(wall.components.seconds))
    return text(&parts, "%Y%m%d-%H%M%S")
  }

  private static func local(_ seconds: Int) -> tm {
    var time = time_t(seconds)
    var parts = tm()
    localtime_r(&time, &parts)
    return parts
  }

  private static func text(_ parts: inout tm, _ format: String) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let base = buffer.baseAddress, strftime(base, 64, format, &parts) > 0 else { return "" }
      return String(cString: base)
    }
  }
}
