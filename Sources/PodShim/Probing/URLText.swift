/// The parts of a URL as text: how they are told apart and how they are escaped.
enum URLText {
  /// False for a control character or a percent sign that escapes nothing: Go takes neither.
  static func isSound(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      if byte < 0x20 || byte == 0x7F { return false }
      guard byte == UInt8(ascii: "%") else { continue }
      let digits = bytes.dropFirst(index + 1).prefix(2)
      if digits.count < 2 || !digits.allSatisfy(isHex) { return false }
    }
    return true
  }

  /// A path and its query, whose escapes are left as they are.
  static func escapedReference(_ text: Substring) -> String {
    let path = text.prefix { $0 != "?" }
    return escaped(String(path), keeping: "/%!$&'()*+,;=:@[]") + visible(text[path.endIndex...])
  }

  /// Percent signs for every byte but the unreserved ones and `kept`.
  static func escaped(_ text: String, keeping kept: String) -> String {
    let kept = Set(kept.utf8)
    return escape(text[...]) { isUnreserved($0) || kept.contains($0) }
  }

  /// A query is passed on as it is, but for what would break the request line.
  private static func visible(_ query: Substring) -> String {
    escape(query) { $0 > 0x20 && $0 != 0x7F }
  }

  private static func escape(_ text: Substring, unless isKept: (UInt8) -> Bool) -> String {
    var bytes: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      if isKept(byte) {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What stands before the first colon, in lower case, if that is a scheme.
  static func splitScheme(_ text: String) -> (scheme: String, rest: Substring)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let scheme = text[..<colon].lowercased()
    let letters = scheme.utf8
    guard let first = letters.first, isLetter(first),
      letters.allSatisfy({ isLetter($0) || isDigit($0) || "+-.".utf8.contains($0) })
    else { return nil }
    return (scheme, text[text.index(after: colon)...])
  }

  /// `host`, `host:80`, `[::1]:80`
  static func splitPort(_ authority: Substring) -> (host: String, port: Int?)? {
    let isBracketed = authority.hasPrefix("[")
    var host = authority.prefix { $0 != (isBracketed ? "]" : ":") }
    var rest = authority[host.endIndex...]
    if isBracketed {
      guard rest.popFirst() != nil else { return nil }
      host = host.dropFirst()
    }
    if rest.isEmpty || rest == ":" { return (String(host), nil) }
    guard rest.popFirst() == ":", let port = UInt16(rest) else { return nil }
    return (String(host), Int(port))
  }

  /// RFC 3986, 5.2.4; the query stays as it is.
  static func withoutDots(_ reference: String) -> String {
    let path = reference.prefix { $0 != "?" }
    var kept: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for segment in segments {
      if segment == ".." { _ = kept.popLast() } else if segment != "." { kept.append(segment) }
    }
    if segments.last == "." || segments.last == ".." { kept.append("") }
    return "/" + kept.joined(separator: "/") + reference[path.endIndex...]
  }

  static func isHex(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || "-._~".utf8.contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
