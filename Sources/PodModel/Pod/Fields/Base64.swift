/// Bytes that JSON carries as base64 text, as in the `data` of a Secret.
public struct Base64: Hashable, Sendable {
  public var bytes: [UInt8]

  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The bytes that `text` encodes, or the place of the first byte that is no base64.
  public static func decoding(_ text: String) -> Result<Base64, Base64Error> {
    var bytes: [UInt8] = []
    var group: [UInt32] = []
    var padding = 0
    for (offset, byte) in text.utf8.enumerated() {
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { continue }
      if byte == UInt8(ascii: "="), group.count + padding < 4, group.count >= 2 {
        padding += 1
        continue
      }
      guard padding == 0, let digit = Self.digit(byte) else {
        return .failure(Base64Error(offset: offset))
      }
      group.append(digit)
      if group.count == 4 {
        bytes += Self.bytes(of: group)
        group = []
      }
    }
    if group.isEmpty { return .success(Base64(bytes)) }
    guard group.count + padding == 4 else {
      return .failure(Base64Error(offset: text.utf8.count))
    }
    let tail = Self.bytes(of: group + Array(repeating: 0, count: padding))
    return .success(Base64(bytes + tail.prefix(3 - padding)))
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  private static func digit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }

  private static func bytes(of group: [UInt32]) -> [UInt8] {
    let word = group.reduce(0) { $0 << 6 | $1 }
    return [UInt8(word >> 16 & 0xff), UInt8(word >> 8 & 0xff), UInt8(word & 0xff)]
  }

  /// The bytes as base64 text with padding.
  public var text: String {
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let padded = Array(group) + Array(repeating: 0, count: 3 - group.count)
      let word = padded.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      for place in 0..<4 {
        let digit = Self.alphabet[Int(word >> UInt32(18 - 6 * place) & 0x3f)]
        out.append(place <= group.count ? digit : UInt8(ascii: "="))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// Where a text stops being base64.
public struct Base64Error: Error, Hashable, Sendable {
  public var offset: Int
}

extension Base64: KubeValue {
  public static func decode(
    _ node: Node, at path: FieldPath, into review: inout Review
  ) -> Base64? {
    guard let text = String.decode(node, at: path, into: &review) else { return nil }
    switch decoding(text) {
    case .success(let data): return data
    case .failure(let error):
      review.refuse(path, "illegal base64 data at input byte \(error.offset)", mark: node.mark)
      return nil
    }
  }

  public var node: Node { .string(text) }
  public static var typeName: String { "string" }
}
