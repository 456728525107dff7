import Testing

@testable import PodShim

@Suite("HTTP probes", .timeLimit(.minutes(1)))
struct HTTPProbeTests {
  @Test(arguments: [200, 204, 299])
  func `an answer from 200 to 299 is a success`(status: Int) throws {
    #expect(try ProbeServer(saying: httpAnswer(status)).ask() == .success)
  }

  @Test(arguments: [101, 400, 404, 500, 503])
  func `any other status is a failure that names it, and nothing of the body`(status: Int) throws {
    let server = try ProbeServer(saying: httpAnswer(status, body: "secret"))
    #expect(try server.ask() == .failure("HTTP probe failed with statuscode: \(status)"))
  }

  @Test func `nobody at the port is a failure in the words of Go`() throws {
    let server = try ProbeServer(saying: "")
    let action = try NetworkInquiry(arguments: ["http", "http://127.0.0.1:1/x?y=z"])
    #expect(
      action.ask(until: nil)
        == .failure(
          #"Get "http://127.0.0.1:1/x?y=z": dial tcp 127.0.0.1:1: connect: connection refused"#))
    withExtendedLifetime(server) {}
  }

  @Test(arguments: [
    ("", "EOF"),
    ("HTTP/1.1 20", "net/http: HTTP/1.x transport connection broken: unexpected EOF"),
    (
      "hello\r\n\r\n",
      #"net/http: HTTP/1.x transport connection broken: malformed HTTP response "hello""#
    ),
    (
      "ICY 200 OK\r\n\r\n",
      #"net/http: HTTP/1.x transport connection broken: malformed HTTP version "ICY""#
    ),
    (
      "HTTP/1.1 2xx OK\r\n\r\n",
      #"net/http: HTTP/1.x transport connection broken: malformed HTTP status code "2xx""#
    ),
    (
      "HTTP/1.1 20 OK\r\n\r\n",
      #"net/http: HTTP/1.x transport connection broken: malformed HTTP status code "20""#
    ),
    (
      "HTTP/1.1 200 OK\r\nnonsense\r\n\r\n",
      "net/http: HTTP/1.x transport connection broken: malformed MIME header line: nonsense"
    ),
    (
      "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
      #"net/http: HTTP/1.x transport connection broken: bad Content-Length "many""#
    ),
  ])
  func `what is no HTTP is a failure`(bytes: String, reason: String) throws {
    let server = try ProbeServer(saying: bytes)
    #expect(try server.ask() == .failure("Get \"\(server.url)/\": \(reason)"))
  }

  @Test func `a server that says nothing is a failure when the time is over`() throws {
    let server = try ProbeServer { wire, _ in _ = try? wire.receive() }
    #expect(
      try server.ask(within: .milliseconds(200))
        == .failure(
          "Get \"\(server.url)/\": context deadline exceeded"
            + " (Client.Timeout exceeded while awaiting headers)"))
  }

  @Test func `a reset is told as such`() throws {
    let server = try ProbeServer { wire, _ in wire.resetOnClose() }
    #expect(
      try server.ask() == .failure("Get \"\(server.url)/\": read: connection reset by peer"))
  }

  @Test(arguments: ["127.0.0.1", "::1"])
  func `both families are asked, and told their own address`(ip: String) throws {
    let server = try ProbeServer(at: ip, saying: httpAnswer())
    #expect(try server.ask() == .success)
    #expect(server.requests.first?.contains("Host: \(GoText.address(ip, server.port))\r\n") == true)
  }

  @Test func `a name without an address is a failure`() throws {
    let server = try ProbeServer(saying: httpAnswer())
    #expect(
      try server.ask(host: "nowhere.invalid")
        == .failure(
          "Get \"http://nowhere.invalid:\(server.port)/\":"
            + " dial tcp: lookup nowhere.invalid: no such host"))
  }

  @Test func `a sign of life is not yet the answer`() throws {
    let early = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    #expect(try ProbeServer(saying: early + httpAnswer(204)).ask() == .success)
    let server = try ProbeServer(
      saying: String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 50) + httpAnswer())
    #expect(
      try server.ask().message.hasSuffix("too many 1xx informational responses"))
  }

  @Test func `a head without an end is not read to the end`() throws {
    let server = try ProbeServer { wire, _ in
      try wire.send("HTTP/1.1 200 OK\r\n")
      let line = "X-Filler: " + String(repeating: "x", count: 8000) + "\r\n"
      while (try? wire.send(line)) != nil {}
    }
    #expect(
      try server.ask()
        == .failure(
          "Get \"\(server.url)/\": net/http: server response headers exceeded 10485760 bytes;"
            + " aborted"))
  }
}
