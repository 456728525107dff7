import PodModel
import Testing

@testable import PodShim

@Suite("HTTP hooks", .timeLimit(.minutes(1)))
struct HookTests {
  @Test(arguments: [200, 302, 404, 500])
  func `any answer is a success`(status: Int) throws {
    let server = try ProbeServer(
      saying: httpAnswer(status, ["Location: http://elsewhere.invalid/"]))
    #expect(try server.ask(purpose: .hook) == .success)
    #expect(server.requests.count == 1)
  }

  @Test func `redirects to the same host are followed`() throws {
    let server = try ProbeServer { wire, head in
      let isFirst = head.hasPrefix("GET / ")
      try wire.send(httpAnswer(isFirst ? 307 : 200, isFirst ? ["Location: /next"] : []))
    }
    #expect(try server.ask(purpose: .hook) == .success)
    #expect(server.requests.count == 2)
  }

  @Test func `no answer is a failure`() throws {
    let server = try ProbeServer { _, _ in }
    #expect(try server.ask(purpose: .hook) == .failure("Get \"\(server.url)/\": EOF"))
  }

  @Test func `a body that breaks off is none of its business`() throws {
    let server = try ProbeServer(saying: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")
    #expect(try server.ask(purpose: .hook) == .success)
  }

  @Test func `who has no TLS is asked again without it, and without the credentials`() throws {
    let server = try ProbeServer { wire, head in
      let isHTTP = head.hasPrefix("GET ")
      try wire.send(isHTTP ? httpAnswer() : "HTTP/1.0 400 Bad Request\r\n\r\n")
    }
    let answer = try server.ask(
      "/path", scheme: .https, headers: [("authorization", "Bearer x"), ("X-Color", "red")],
      purpose: .hook)
    #expect(
      answer
        == .warning(
          "request to HTTPS lifecycle hook 127.0.0.1:\(server.port) got HTTP response,"
            + " retry with HTTP succeeded"))
    let head = try #require(server.requests.last)
    #expect(head.hasPrefix("GET /path HTTP/1.1\r\n"))
    #expect(head.contains("X-Color: red\r\n"))
    #expect(!head.contains("Bearer"))
  }

  @Test func `when that fails too, the first failure is told`() throws {
    let server = try ProbeServer { wire, head in
      if !head.hasPrefix("GET ") { try wire.send("HTTP/1.0 400 Bad Request\r\n\r\n") }
    }
    #expect(
      try server.ask(scheme: .https, purpose: .hook)
        == .failure(
          "Get \"https://127.0.0.1:\(server.port)/\":"
            + " http: server gave HTTP response to HTTPS client"))
  }
}
