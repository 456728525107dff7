/// What stands between quotes in Go, with what its backslashes mean (`strconv.UnquoteChar`).
enum GoQuotedText {
  private static let short: [Unicode.Scalar: Unicode.Scalar] = [
    "a": "\u{7}", "b": "\u{8}", "f": "\u{c}", "n": "\n", "r": "\r", "t": "\t", "v": "\u{b}",
    "\\": "\\",
  ]
  /// How many hexadecimal digits follow.
  private static let long: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]

  /// nil for an escape that Go does not know.
  static func unquoted(_ text: [Unicode.Scalar], quote: Unicode.Scalar) -> String? {
    var plain = ""
    var rest = text[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        plain.unicodeScalars.append(scalar)
        continue
      }
      guard let escaped = escape(&rest, quote) else { return nil }
      plain.unicodeScalars.append(escaped)
    }
    return plain
  }

  private static func escape(
    _ rest: inout ArraySlice<Unicode.Scalar>, _ quote: Unicode.Scalar
  ) -> Unicode.Scalar? {
    guard let letter = rest.popFirst() else { return nil }
    if letter == quote { return quote }
    if let scalar = short[letter] { return scalar }
    if let count = long[letter] { return number(&rest, count, radix: 16) }
    guard ("0"..."7").contains(letter) else { return nil }
    rest = [letter] + rest
    return number(&rest, 3, radix: 8)
  }

  private static func number(
    _ rest: inout ArraySlice<Unicode.Scalar>, _ count: Int, radix: Int
  ) -> Unicode.Scalar? {
    let digits = rest.prefix(count).map(String.init).joined()
    guard digits.count == count, !digits.hasPrefix("+") else { return nil }
    rest = rest.dropFirst(count)
    return UInt32(digits, radix: radix).flatMap(Unicode.Scalar.init)
  }
}
