import PodModel

/// How long ago something was, as kubectl writes it: `48s`, `9m53s`, `3h`, `2d4h`
/// (apimachinery `HumanDuration`).
enum Age {
  static func text(seconds: Int64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400)
    switch true {
    // Clocks that differ by a second or two are no reason to complain.
    case seconds < -1: return "<invalid>"
    case seconds < 0: return "0s"
    case seconds < 120: return "\(seconds)s"
    case minutes < 10: return "\(minutes)m" + rest(seconds % 60, "s")
    case minutes < 180: return "\(minutes)m"
    case hours < 8: return "\(hours)h" + rest(minutes % 60, "m")
    case hours < 48: return "\(hours)h"
    case hours < 192: return "\(days)d" + rest(hours % 24, "h")
    case days < 365 * 2: return "\(days)d"
    case days < 365 * 8: return "\(days / 365)y" + rest(days % 365, "d")
    default: return "\(days / 365)y"
    }
  }

  /// The age at `now` of a time as the API writes it.
  static func text(since time: String?, now: Timestamp) -> String {
    guard let time, let then = Timestamp(time) else { return "<unknown>" }
    return text(seconds: now.seconds - then.seconds)
  }

  private static func rest(_ count: Int64, _ unit: String) -> String {
    count == 0 ? "" : "\(count)\(unit)"
  }
}
