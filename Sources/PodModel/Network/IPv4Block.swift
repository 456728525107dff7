/// A block of IPv4 addresses, `10.83.0.0/16`, and the addresses in it by their number.
public struct IPv4Block: Equatable, Sendable {
  /// The first address as a number.
  public let first: UInt32
  /// How many leading bits all addresses of the block share.
  public let length: Int

  /// The block of this length that holds the address.
  public init(around address: UInt32, length: Int) {
    self.length = min(max(length, 0), 32)
    first = address & Self.mask(self.length)
  }

  /// nil for what is not written `10.83.0.0/16`.
  public init?(_ text: String) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, let address = Self.number(halves[0]), let length = Int(halves[1]),
      (0...32).contains(length)
    else { return nil }
    self.init(around: address, length: length)
  }

  private static func mask(_ length: Int) -> UInt32 {
    length == 0 ? 0 : ~UInt32(0) << UInt32(32 - length)
  }

  /// How many addresses there are in it.
  public var count: UInt64 { 1 << UInt64(32 - length) }

  public func contains(_ address: UInt32) -> Bool { address & Self.mask(length) == first }

  public func overlaps(_ other: IPv4Block) -> Bool {
    contains(other.first) || other.contains(first)
  }

  /// The address with this number, counted from `first`.
  public func address(_ number: UInt32) -> String { Self.text(first &+ number) }

  /// The number of an address that is in the block.
  public func number(of address: String) -> UInt32? {
    Self.number(Substring(address)).flatMap { contains($0) ? $0 - first : nil }
  }

  static func text(_ address: UInt32) -> String {
    [24, 16, 8, 0].map { String(address >> UInt32($0) & 255) }.joined(separator: ".")
  }

  static func number(_ text: Substring) -> UInt32? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var number: UInt32 = 0
    for part in parts {
      guard let byte = UInt8(part) else { return nil }
      number = number << 8 | UInt32(byte)
    }
    return number
  }
}

extension IPv4Block: CustomStringConvertible {
  public var description: String { "\(Self.text(first))/\(length)" }
}

/// Written as text.
extension IPv4Block: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let block = IPv4Block(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no block")
    }
    self = block
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
