/// Where this host's packets go already, from the kernel's own table: what a network of ours must
/// stay clear of.
public enum HostRoutes {
  /// The destinations in the text of `/proc/net/route`, without the default route.
  public static func blocks(_ table: String) -> [IPv4Block] {
    table.split(separator: "\n").dropFirst().compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count > 7, let destination = UInt32(words[1], radix: 16),
        let mask = UInt32(words[7], radix: 16), mask != 0
      else { return nil }
      // The kernel prints the bytes of the network in the order of a small-endian host.
      return IPv4Block(around: destination.byteSwapped, length: mask.nonzeroBitCount)
    }
  }

  /// Whether the text of `/proc/net/ipv6_route` has a default route that a router has announced.
  /// Linux drops those, and takes no more of them, on a host that forwards.
  public static func hasAnnouncedDefault(_ table: String) -> Bool {
    table.split(separator: "\n").contains { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count > 8, words[1] == "00", words[0].allSatisfy({ $0 == "0" }),
        let flags = UInt32(words[8], radix: 16)
      else { return false }
      // RTF_ADDRCONF and RTF_UP of linux/ipv6_route.h
      return flags & 0x40000 != 0 && flags & 1 != 0
    }
  }
}
