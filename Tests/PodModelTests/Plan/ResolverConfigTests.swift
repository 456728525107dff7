import Testing

@testable import PodModel

@Suite("What resolv.conf can hold")
struct ResolverConfigTests {
  private static func config(searches lengths: [Int]) -> ResolverConfig {
    let names = lengths.enumerated().map { index, length in
      String(("\(index)." + String(repeating: "a", count: length)).prefix(length))
    }
    let spec = PodSpec().with {
      $0.dnsPolicy = .configOnly
      $0.dnsConfig = PodDNSConfig().with { $0.searches = names }
    }
    return ResolverConfig(of: spec, node: "")
  }

  @Test("Search domains of 2048 bytes with their spaces stay, one byte more costs the last of them")
  func searchBytes() {
    // Eight names of 250 bytes and their spaces are 2008 bytes.
    let eight = [Int](repeating: 250, count: 8)
    #expect(Self.config(searches: eight + [40]).searches.count == 9)
    #expect(Self.config(searches: eight + [40]).warnings.isEmpty)
    #expect(Self.config(searches: eight + [41]).searches.count == 8)
    #expect(Self.config(searches: eight + [41]).warnings.count == 1)
  }
}
