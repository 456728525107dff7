import Testing

@testable import PodModel

@Suite struct NamesTests {
  @Test(arguments: ["a", "a-b", "0", "a1", String(repeating: "a", count: 63)])
  func `labels are taken`(text: String) {
    #expect(Names.label(text) == nil)
    #expect(Names.subdomain(text) == nil)
  }

  @Test(arguments: ["", "A", "a_b", "-a", "a-", "a b", "ä", "a/b", "a..b", ".a"])
  func `what is neither label nor subdomain is refused`(text: String) {
    #expect(Names.label(text) != nil)
    #expect(Names.subdomain(text) != nil)
  }

  @Test func `a subdomain is no label`() {
    #expect(Names.subdomain("a.b-c.0") == nil)
    #expect(Names.label("a.b-c.0") == "must not contain dots")
    #expect(Names.subdomain(String(repeating: "a.", count: 126) + "a") == nil)
    #expect(
      Names.subdomain(String(repeating: "a.", count: 127)) == "must be no more than 253 characters")
  }

  @Test(arguments: ["http", "a", "8a", "web-1", "abcdefghijklmno"])
  func `port names are taken`(text: String) {
    #expect(Names.port(text) == nil)
  }

  @Test(arguments: ["A", "a_b", "80", "a--b", "-a", "a-", "abcdefghijklmnop", "a.b"])
  func `other port names are refused`(text: String) {
    #expect(Names.port(text) != nil)
  }

  @Test(arguments: ["app", "App_1.x", "example.com/name", "a/b", "1"])
  func `qualified names are taken`(text: String) {
    #expect(Names.qualified(text) == nil)
  }

  @Test(arguments: ["", "-a", "a-", "/a", "a/", "a/b/c", "A.com/x", "a b", "ä"])
  func `other qualified names are refused`(text: String) {
    #expect(Names.qualified(text) != nil)
  }

  @Test(arguments: [
    "1.2.3.4", "0.0.0.0", "255.255.255.255", "::", "::1", "1::", "fe80::1", "2001:db8::ffff",
    "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "ABCD::",
  ])
  func `addresses are taken`(text: String) {
    #expect(IPAddress(text) != nil)
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.-4", "1.2.3.+4", "a.b.c.d", "1.2.3.4/8", ":",
    ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "fe80::1%eth0",
    "1.2.3.4::", "::1.2.3", "1:2:3:4:5:6:7::8", "+1::",
  ])
  func `what is no address is refused`(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test func `addresses are equal when they mean the same`() {
    #expect(IPAddress("::1") == IPAddress("0:0:0:0:0:0:0:1"))
    #expect(IPAddress("1::") == IPAddress("1:0::0"))
    #expect(IPAddress("::102:304") == IPAddress("::1.2.3.4"))
  }
}
