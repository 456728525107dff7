/// An IPv4 or IPv6 address read from text, as the API reads one: no zone, no prefix length.
struct IPAddress: Hashable {
  /// Four or sixteen bytes.
  var bytes: [UInt8]

  init?(_ text: String) {
    guard let bytes = text.contains(":") ? Self.six(text) : Self.four(text) else { return nil }
    self.bytes = bytes
  }

  private static func four(_ text: String) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.utf8.count), let byte = UInt8(part) else { return nil }
      guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  private static func six(_ text: String) -> [UInt8]? {
    let halves = text.components(separatedBy: "::")
    guard halves.count <= 2 else { return nil }
    if halves.count == 2, halves[0].contains(".") { return nil }
    let sides = halves.map(groups)
    guard let head = sides.first ?? nil else { return nil }
    if halves.count == 1 { return head.count == 16 ? head : nil }
    guard let tail = sides.last ?? nil, head.count + tail.count <= 14 else { return nil }
    return head + Array(repeating: 0, count: 16 - head.count - tail.count) + tail
  }

  /// The bytes of `a:b:c`, where the last group may be an IPv4 address.
  private static func groups(_ text: String) -> [UInt8]? {
    if text.isEmpty { return [] }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    var bytes: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.contains(".") {
        guard let tail = four(String(part)) else { return nil }
        return bytes + tail
      }
      guard (1...4).contains(part.utf8.count), part.utf8.first != UInt8(ascii: "+"),
        let group = UInt16(part, radix: 16)
      else { return nil }
      bytes += [UInt8(group >> 8), UInt8(group & 0xff)]
    }
    return bytes
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = Substring(self)
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
