import Glibc

/// How large a run's log may grow, and how much of it is kept: the kubelet's defaults.
///
/// The environment of `podshim create` may say otherwise, in the words of the kubelet's own
/// configuration: `PODSHIM_CONTAINER_LOG_MAX_SIZE` (bytes), `PODSHIM_CONTAINER_LOG_MAX_FILES` and
/// `PODSHIM_CONTAINER_LOG_MONITOR_INTERVAL` (seconds). What is no such number is not followed.
struct LogLimits {
  /// Bytes at which a file is full (`containerLogMaxSize`, 10Mi). A file ends with the batch of
  /// lines that fills it.
  var size: Int64 = 10 << 20
  /// Files of one run, the present one among them (`containerLogMaxFiles`, 5, at least 2).
  var files = 5
  /// How long a file has to lie before it is compressed. The kubelet looks every ten seconds
  /// (`containerLogMonitorInterval`) and passes over the newest; who prints so fast that files
  /// come and go within that time has none compressed.
  var settling = Duration.seconds(10)

  static let standard = LogLimits()

  static func environment() -> LogLimits {
    var limits = LogLimits()
    func number(_ name: String, atLeast least: Int64) -> Int64? {
      guard let text = getenv("PODSHIM_CONTAINER_LOG_" + name),
        let number = Int64(String(cString: text)), number >= least
      else { return nil }
      return number
    }
    limits.size = number("MAX_SIZE", atLeast: 1) ?? limits.size
    limits.files = number("MAX_FILES", atLeast: 2).map(Int.init) ?? limits.files
    limits.settling =
      number("MONITOR_INTERVAL", atLeast: 0).map { .seconds($0) } ?? limits.settling
    return limits
  }
}
