import Glibc

/// Values as Go prints them: the messages of probes are the kubelet's, which people search for.
enum GoText {
  /// `%q`
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\x" + (digits.count < 2 ? "0" : "") + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// `%v` of a duration in whole seconds: `1s`, `1m30s`, `1h0m0s`
  static func duration(seconds: Int) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    var text = "\(seconds % 60)s"
    if seconds >= 60 { text = "\(minutes)m" + text }
    if seconds >= 3600 { text = "\(hours)h" + text }
    return text
  }

  /// `connection refused`
  static func reason(_ errno: CInt) -> String {
    let text = String(cString: strerror(errno))
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// `127.0.0.1:80`, `[::1]:80`: `net.JoinHostPort`
  static func address(_ host: String, _ port: Int) -> String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
