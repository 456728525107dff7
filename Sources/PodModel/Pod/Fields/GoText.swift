// Values as Go prints them: people search for the kubelet's and the API server's messages.

extension String {
  /// The text in double quotes, with the escapes that both Go and YAML read back.
  public var quoted: String { "\"" + escaped(quotes: true) + "\"" }

  /// The text with nothing in it that a terminal would act upon instead of showing it.
  public var escaped: String { escaped(quotes: false) }

  private func escaped(quotes: Bool) -> String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"" where quotes: text += "\\\""
      case "\\": text += "\\\\"
      case "\u{7}": text += "\\a"
      case "\u{8}": text += "\\b"
      case "\u{c}": text += "\\f"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{b}": text += "\\v"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        text += "\\x" + scalar.hexadecimal(digits: 2)
      case _ where !scalar.isShown:
        text +=
          scalar.value > 0xffff
          ? "\\U" + scalar.hexadecimal(digits: 8) : "\\u" + scalar.hexadecimal(digits: 4)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// False for what moves the cursor, turns the direction or breaks the line, and for a blank that
  /// is not the usual one (Go `strconv.IsPrint`).
  fileprivate var isShown: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
    case .spaceSeparator: self == " "
    default: true
    }
  }

  fileprivate func hexadecimal(digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}

extension Duration {
  /// Down to the millisecond as `%v` prints it: `0s`, `250ms`, `1.5s`, `2m40s`, `1h0m0s`.
  public var goText: String {
    let seconds = components.seconds
    let milliseconds = components.attoseconds / 1_000_000_000_000_000
    if seconds == 0, milliseconds > 0 { return "\(milliseconds)ms" }
    var fraction = milliseconds > 0 ? ".\(milliseconds + 1000)" : ""
    if let one = fraction.firstIndex(of: "1") { fraction.remove(at: one) }
    while fraction.last == "0" { fraction.removeLast() }
    var text = "\(seconds % 60)\(fraction)s"
    if seconds >= 60 { text = "\(seconds / 60 % 60)m" + text }
    if seconds >= 3600 { text = "\(seconds / 3600)h" + text }
    return text
  }
}
