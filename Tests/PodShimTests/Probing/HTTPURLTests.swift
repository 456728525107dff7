import Testing

@testable import PodShim

@Suite("URLs")
struct HTTPURLTests {
  @Test(arguments: [
    ("/", "/"), ("", "/"), ("healthz", "/healthz"), ("/a b", "/a%20b"), ("/ü", "/%C3%BC"),
    ("/x?a=b&c=%20", "/x?a=b&c=%20"), ("?a=b", "/?a=b"), ("/x?a b", "/x?a%20b"),
    ("/x#part", "/x"), ("/a%zz?b", "/a%25zz%3Fb"), ("/100%", "/100%25"), ("/a\nb", "/a%0Ab"),
  ])
  func `a path of a manifest becomes what may be asked for`(path: String, target: String) throws {
    let url = HTTPURL(scheme: "http", host: "10.0.0.1", port: 80, path: path)
    #expect(url.target == target)
    // It goes through the command line of a child.
    #expect(HTTPURL(url.description) == url)
  }

  @Test(arguments: [
    ("http://10.0.0.1:80/x", "10.0.0.1:80", 80), ("https://[::1]/", "[::1]", 443),
    ("https://[::1]:8443", "[::1]:8443", 8443), ("HTTP://a.example?x", "a.example", 80),
    ("http://user:word@a.example:81/", "a.example:81", 81),
  ])
  func `a URL has a host and a port`(text: String, authority: String, port: Int) throws {
    let url = try #require(HTTPURL(text))
    #expect(url.authority == authority)
    #expect(url.effectivePort == port)
  }

  @Test(arguments: ["", "/x", "a.example", "http:/x", "http://a:b/", "http://[::1", "1a://x/"])
  func `other text is no URL`(text: String) {
    #expect(HTTPURL(text) == nil)
  }

  @Test(arguments: [
    ("/y", "http://h:80/y"), ("y?z", "http://h:80/a/y?z"), ("?z", "http://h:80/a/b?z"),
    ("", "http://h:80/a/b?q"), ("../y/./z/..", "http://h:80/y/"), ("/../..", "http://h:80/"),
    ("//g/y", "http://g/y"), ("https://g:81", "https://g:81"), ("#part", "http://h:80/a/b?q"),
    ("y z", "http://h:80/a/y%20z"),
  ])
  func `a reference is read from where one stands`(reference: String, result: String) throws {
    let here = try #require(HTTPURL("http://h:80/a/b?q"))
    #expect(here.resolving(reference)?.description == result)
  }

  @Test(arguments: ["mailto:me", "/%2", "http://h:99999/", "a\u{7F}b"])
  func `a reference that is no URL leads nowhere`(reference: String) throws {
    let here = try #require(HTTPURL("http://h:80/a/b?q"))
    #expect(here.resolving(reference) == nil)
  }
}
