import Glibc

/// One thing on its way from one side of `cp` to the other: what it is, and the bytes behind it.
///
/// Both sides are this program, so the form is our own: a header of fixed size, the name, then for
/// a file its content and for a link where it leads.
struct CopyEntry: Equatable {
  enum Kind: UInt8 {
    case file = 0x66
    case folder = 0x64
    case link = 0x6c
    /// Nothing follows: what was sent is whole.
    case end = 0x65
  }

  var kind: Kind
  /// Below what is copied; empty for that itself.
  var name: [UInt8] = []
  var mode: UInt32 = 0
  var owner: UInt32 = 0
  var group: UInt32 = 0
  /// Of what follows.
  var size: UInt64 = 0

  static let headerSize = 25
  private static let longestName = 1 << 16

  var bytes: [UInt8] {
    [kind.rawValue] + CopyEntry.bytes(mode) + CopyEntry.bytes(owner) + CopyEntry.bytes(group)
      + CopyEntry.bytes(size) + CopyEntry.bytes(UInt32(name.count)) + name
  }

  /// The entry of a header, and how long the name is that follows; nil for what is none.
  static func parse(_ header: [UInt8]) -> (entry: CopyEntry, nameLength: Int)? {
    guard header.count == headerSize, let kind = Kind(rawValue: header[0]) else { return nil }
    func number(_ range: Range<Int>) -> UInt64 { header[range].reduce(0) { $0 << 8 | UInt64($1) } }
    let length = Int(number(21..<25))
    guard length <= longestName else { return nil }
    let entry = CopyEntry(
      kind: kind, mode: UInt32(number(1..<5)), owner: UInt32(number(5..<9)),
      group: UInt32(number(9..<13)), size: number(13..<21))
    return (entry, length)
  }

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }

  /// The parts of the name; nil for one that leads elsewhere than down.
  var parts: [[UInt8]]? {
    if name.isEmpty { return [] }
    let parts = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let dot = UInt8(ascii: ".")
    let isDown = parts.allSatisfy { part in
      !part.isEmpty && !part.contains(0) && !part.elementsEqual([dot])
        && !part.elementsEqual([dot, dot])
    }
    return isDown ? parts.map(Array.init) : nil
  }
}
