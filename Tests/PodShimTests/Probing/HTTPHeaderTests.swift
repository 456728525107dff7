import Testing

@testable import PodShim

@Suite("Headers of HTTP probes", .timeLimit(.minutes(1)))
struct HTTPHeaderTests {
  /// The header lines that a server sees.
  private func headers(
    _ headers: [(String, String)], path: String = "/", purpose: NetworkInquiry.Purpose = .probe
  ) throws -> [String] {
    let server = try ProbeServer(saying: httpAnswer())
    #expect(try server.ask(path, headers: headers, purpose: purpose) == .success)
    let head = try #require(server.requests.first)
    #expect(head.hasPrefix("GET \(path) HTTP/1.1\r\n"))
    #expect(head.hasSuffix("\r\n\r\n"))
    return head.split(separator: "\r\n").dropFirst().map(String.init).map {
      $0 == "Host: 127.0.0.1:\(server.port)" ? "Host: its own" : $0
    }
  }

  @Test func `a probe and a hook each say who asks`() throws {
    #expect(
      try headers([]) == [
        "Host: its own", "User-Agent: kube-probe/1.36", "Accept: */*", "Connection: close",
      ])
    #expect(
      try headers([], purpose: .hook).contains("User-Agent: kube-lifecycle/1.36"))
  }

  @Test func `those of the manifest are sent, two of one name twice`() throws {
    #expect(
      try headers([("X-Color", "red"), ("Empty", ""), ("x-color", " b: l,u;e ")]) == [
        "Host: its own", "X-Color: red", "Empty: ", "X-Color: b: l,u;e",
        "User-Agent: kube-probe/1.36", "Accept: */*", "Connection: close",
      ])
  }

  @Test func `those of the manifest take the place of ours, an empty one leaves it empty`() throws {
    #expect(
      try headers([
        ("accept", "text/html"), ("USER-AGENT", "me"), ("Host", "web.example"),
        ("connection", "close"),
      ]) == ["Host: web.example", "Accept: text/html", "User-Agent: me", "Connection: close"])
    #expect(
      try headers([("Accept", ""), ("User-Agent", ""), ("Host", "")])
        == ["Host: its own", "Connection: close"])
  }

  @Test func `those that would frame a body are left out`() throws {
    #expect(
      try headers([("Content-Length", "10"), ("Transfer-Encoding", "chunked"), ("Trailer", "x")])
        == ["Host: its own", "User-Agent: kube-probe/1.36", "Accept: */*", "Connection: close"])
  }

  @Test(arguments: ["/healthz?full=1&a=%2F", "/a%20b;c=d/(x)", "/?q"])
  func `a path is asked for as it is written`(path: String) throws {
    _ = try headers([], path: path)
  }

  @Test(arguments: [
    ("a b", "v", #"net/http: invalid header field name "A b""#),
    ("", "v", #"net/http: invalid header field name """#),
    ("X", "a\nHost: b", #"net/http: invalid header field value for "X""#),
  ])
  func `one that would break the request is not sent`(
    name: String, value: String, reason: String
  ) throws {
    let server = try ProbeServer(saying: httpAnswer())
    #expect(
      try server.ask(headers: [(name, value)])
        == .failure("Get \"\(server.url)/\": \(reason)"))
    #expect(server.requests.isEmpty)
  }
}
