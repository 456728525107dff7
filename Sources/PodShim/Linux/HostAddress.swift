import Glibc

/// The address under which this host is known: the first IPv4 address of an interface that is up
/// and not the loopback, else an IPv6 one of global scope.
enum HostAddress {
  /// nil on a host without a network.
  static func find() -> String? {
    var list: UnsafeMutablePointer<ifaddrs>?
    guard getifaddrs(&list) == 0 else { return nil }
    defer { freeifaddrs(list) }
    var found: [(family: CInt, text: String)] = []
    var next = list
    while let entry = next?.pointee {
      next = entry.ifa_next
      let flags = CInt(bitPattern: entry.ifa_flags)
      guard flags & CInt(IFF_UP) != 0, flags & CInt(IFF_LOOPBACK) == 0,
        let address = entry.ifa_addr, let text = text(address)
      else { continue }
      found.append((CInt(address.pointee.sa_family), text))
    }
    return (found.first { $0.family == AF_INET } ?? found.first)?.text
  }

  private static func text(_ address: UnsafeMutablePointer<sockaddr>) -> String? {
    switch CInt(address.pointee.sa_family) {
    case AF_INET:
      return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        print(AF_INET, &$0.pointee.sin_addr)
      }
    case AF_INET6:
      return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
        // An address of the link alone is nobody's but the link's.
        $0.pointee.sin6_scope_id == 0 ? print(AF_INET6, &$0.pointee.sin6_addr) : nil
      }
    default:
      return nil
    }
  }

  private static func print(_ family: CInt, _ address: UnsafeRawPointer) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(family, address, &buffer, socklen_t(buffer.count)) != nil else { return nil }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
