import PodModel
import Testing

@Suite("Ranges of IDs for pods")
struct IDRangeTests {
  private static func available(_ subuid: String, _ subgid: String? = nil) throws -> [UInt32] {
    try IDRange.available(to: "podshim", subuid: subuid, subgid: subgid ?? subuid).map(\.first)
  }

  @Test("Without a word there are all above those of the host")
  func usual() throws {
    let all = try Self.available("alice:100000:65536\n")
    #expect(all.first == 65536)
    #expect(all.last == 0xfffe_0000)
    #expect(Set(all).count == 65534)
  }

  @Test("The host's owner can say which")
  func given() throws {
    #expect(
      try Self.available("alice:1:2\npodshim:131072:196608\n") == [131072, 196608, 262144])
    #expect(try Self.available("podshim:4294836224:65536") == [0xfffe_0000])
  }

  @Test(
    "What cannot be given out is refused",
    arguments: [
      "podshim:100000:65536", "podshim:0:65536", "podshim:65536:65535", "podshim:65536",
      "podshim:4294901760:65536", "podshim:65536:65536\npodshim:131072:65536", "podshim:65536:0",
    ])
  func refused(_ text: String) {
    let error = #expect(throws: PlanError.self) { try Self.available(text) }
    #expect(error?.message.contains("must have one line for `podshim`") == true)
  }

  @Test("Users and groups have to be given the same")
  func different() {
    #expect(throws: PlanError.self) {
      try Self.available("podshim:65536:65536", "podshim:131072:65536")
    }
    #expect(throws: PlanError.self) { try Self.available("podshim:65536:65536", "") }
  }

  @Test("An ID that the range does not hold is the last that it does")
  func beyond() {
    let range = IDRange(first: 131072)
    #expect(range.onHost(0) == 131072 && range.onHost(65535) == 196607)
    #expect(range.onHost(65536) == 196607 && range.onHost(.max) == 196607)
  }
}
