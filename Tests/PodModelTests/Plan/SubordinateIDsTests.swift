import Testing

@testable import PodModel

@Suite("The IDs that a user may give away")
struct SubordinateIDsTests {
  private static let passwd = "root:x:0:0::/:\nme:x:1000:1000::/home/me:/bin/sh\n"

  private func map(_ text: String, of uid: UInt32 = 1000) -> [String] {
    SubordinateIDs(text, of: uid, passwd: Self.passwd).map(own: uid)
  }

  @Test func `lines by name and by number follow the own ID without a gap`() {
    let text = "you:100000:65536\nme:200000:10\n# note\n1000:300000:5\nme:x:5\nme:1:0\n"
    #expect(
      map(text) == ["0", "1000", "1", "1", "200000", "10", "11", "300000", "5"])
  }

  @Test func `who is in no file has his own alone`() {
    #expect(map("", of: 1000) == ["0", "1000", "1"])
    #expect(SubordinateIDs("me:1:1\n:2:2\n", of: 7, passwd: Self.passwd).isEmpty)
  }

  @Test func `more than there are numbers is left out`() {
    #expect(map("me:1:4294967295\nme:5:5\n").count == 3)
  }

  @Test(
    arguments: [
      ("         0       1000          1\n         1     100000      65536\n", 65537),
      ("0 1000 1\n", 1), ("1 5 5\n", 0), ("", 0), ("0 0 4294967295\n", 4_294_967_295),
    ] as [(String, UInt32)])
  func `a process's map says how many there are`(text: String, count: UInt32) {
    #expect(SubordinateIDs.count(map: text) == count)
  }
}
