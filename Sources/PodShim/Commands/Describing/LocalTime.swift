import Glibc
import PodModel

/// Moments as kubectl shows them to a person: `Sat, 21 Nov 2026 09:36:36 +0000` (RFC 1123 with the
/// zone in digits), in the time of the place.
struct LocalTime: Sendable {
  /// Seconds east of Greenwich at a moment, which is given in seconds since 1970.
  var offset: @Sendable (Int64) -> Int64

  static let utc = LocalTime { _ in 0 }

  /// As `TZ` or `/etc/localtime` say.
  static let host = LocalTime { seconds in
    var time = time_t(seconds)
    var parts = tm()
    return localtime_r(&time, &parts) == nil ? 0 : Int64(parts.tm_gmtoff)
  }

  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// - Parameter time: as the API writes it; none is Go's zero time.
  func text(_ time: String?) -> String {
    let moment = time.flatMap { Timestamp($0) } ?? Timestamp(seconds: -62_135_596_800)
    let east = offset(moment.seconds)
    let shifted = Timestamp(seconds: moment.seconds + east)
    // 2026-11-21T09:36:36Z
    let digits = shifted.description
    let parts = digits.dropLast().split { $0 == "-" || $0 == "T" }.map(String.init)
    guard parts.count == 4, let month = Int(parts[1]) else { return digits }
    let day = LocalTime.days[Int((shifted.seconds % 604_800 + 604_800) % 604_800 / 86400)]
    return "\(day), \(parts[2]) \(LocalTime.months[month - 1]) \(parts[0]) \(parts[3]) "
      + LocalTime.zone(east)
  }

  private static func zone(_ east: Int64) -> String {
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let minutes = abs(east) / 60
    return (east < 0 ? "-" : "+") + two(minutes / 60) + two(minutes % 60)
  }
}
