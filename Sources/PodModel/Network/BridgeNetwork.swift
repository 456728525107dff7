/// The network of our own bridge: what it is called, and which addresses are in it.
///
/// Chosen once for all pods of a world and kept for as long as one of them has an address. The
/// n-th IPv4 address and the n-th IPv6 address belong to the same pod, so one claim is for both.
public struct BridgeNetwork: Codable, Equatable, Sendable {
  /// The name of the bridge, also of our table of packet rules, but for the digits.
  public let bridge: String
  public let four: IPv4Block
  /// The first 64 bits, `fd12:3456:789a:1`; nil on a host without IPv6.
  public let six: String?

  public init(bridge: String, four: IPv4Block, six: String?) {
    self.bridge = bridge
    self.four = four
    self.six = six
  }

  /// What only pods of ours are in.
  public static let usualState = "/run/podshim"

  /// The name of the bridge of the world with this state folder: worlds side by side have one each,
  /// and the kernel takes 15 characters.
  public static func bridgeName(state: String) -> String {
    if state == usualState { return "podshim0" }
    // FNV-1a
    let hash = state.utf8.reduce(UInt32(0x811c_9dc5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    let digits = String(hash, radix: 16)
    return "podshim" + String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// The first block that no route of the host leads to; nil when all are taken.
  ///
  /// - Parameter id: 40 bits by which a site's private addresses differ from others' (RFC 4193).
  public static func choose(
    bridge: String, routes: [IPv4Block], id: UInt64, hasSix: Bool
  ) -> BridgeNetwork? {
    guard let four = candidates.first(where: { block in !routes.contains(where: block.overlaps) })
    else { return nil }
    return BridgeNetwork(bridge: bridge, four: four, six: hasSix ? prefix(id) : nil)
  }

  private static let candidates: [IPv4Block] =
    (83...127).map { IPv4Block(around: 10 << 24 | $0 << 16, length: 16) }
    + (24...31).map { IPv4Block(around: 172 << 24 | $0 << 16, length: 16) }
    + (100...250).map { IPv4Block(around: 192 << 24 | 168 << 16 | $0 << 8, length: 24) }

  private static func prefix(_ id: UInt64) -> String {
    let groups = [0xfd00 | id >> 32 & 0xff, id >> 16 & 0xffff, id & 0xffff]
    return groups.map { String($0, radix: 16) }.joined(separator: ":") + ":1"
  }

  /// The bridge's own addresses are the first ones.
  static let gateway: UInt32 = 1

  /// The addresses of the pod with this number, without lengths.
  public func addresses(_ number: UInt32) -> [String] {
    [four.address(number)] + [sixAddress(number)].compactMap { $0 }
  }

  func sixAddress(_ number: UInt32) -> String? {
    six.map { "\($0)::\(String(number, radix: 16))" }
  }

  /// The number that follows `last` and is not taken, from the beginning again at the end; nil when
  /// all are. An address that was given back is so not given again at once, while its last owner
  /// may still be known to neighbours.
  public func next(after last: UInt32, taken: Set<UInt32>) -> UInt32? {
    let (first, end) = (Self.gateway + 1, UInt32(four.count - 1))
    let start = (first..<end).contains(last + 1) ? last + 1 : first
    return (start..<end).first { !taken.contains($0) }
      ?? (first..<start).first { !taken.contains($0) }
  }
}
