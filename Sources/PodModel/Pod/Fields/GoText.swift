// Values as Go prints them: people search for the kubelet's and the API server's messages.

extension String {
  /// The text in double quotes, with the escapes that both Go and YAML read back.
  public var quoted: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        let digits = String(scalar.value, radix: 16)
        text += "\\x" + (digits.count == 1 ? "0" : "") + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }
}

extension Duration {
  /// Whole seconds as `%v` prints them: `10s`, `2m40s`, `1h0m0s`.
  public var goText: String {
    let seconds = components.seconds
    var text = "\(seconds % 60)s"
    if seconds >= 60 { text = "\(seconds / 60 % 60)m" + text }
    if seconds >= 3600 { text = "\(seconds / 3600)h" + text }
    return text
  }
}
