import PodModel
import Testing

@testable import PodShim

/// https by the host's curl: the same rules as http, one process for a request.
@Suite("HTTPS probes", .timeLimit(.minutes(1)))
struct HTTPSProbeTests {
  private static let told = "Probe terminated redirects, Response body: "
  private let server: TLSServer

  init() throws { server = try TLSServer() }

  @Test func `a certificate that nobody has signed is good enough`() throws {
    #expect(try server.ask("/status/200") == .success)
    #expect(try server.ask("/status/204", host: "localhost") == .success)
    #expect(try server.ask("/status/500") == .failure("HTTP probe failed with statuscode: 500"))
    #expect(try server.ask("/status/500", purpose: .hook) == .success)
  }

  @Test func `headers are those of a probe, and no others`() throws {
    #expect(
      try server.ask(
        "/told?a=b", headers: [("X-Color", "red"), ("X-Color", "blue"), ("Empty", "")])
        == .warning(
          Self.told + """
            GET /told?a=b HTTP/1.1
            Host: 127.0.0.1:\(server.port)
            X-Color: red
            X-Color: blue
            Empty:\u{20}
            User-Agent: kube-probe/1.36
            Accept: */*
            Connection: close

            """))
    #expect(
      try server.ask("/told", headers: [("Host", "web"), ("Accept", ""), ("User-Agent", "")])
        == .warning(
          Self.told + "GET /told HTTP/1.1\nHost: web\nConnection: close\n"))
  }

  @Test func `redirects are followed on the same host only`() throws {
    let plain = try ProbeServer(saying: httpAnswer(418))
    #expect(
      try server.ask("/to?/status/500") == .failure("HTTP probe failed with statuscode: 500"))
    #expect(try server.ask("/to?https://elsewhere.invalid/") == .warning(Self.told))
    #expect(
      try server.ask("/to?\(plain.url)/") == .failure("HTTP probe failed with statuscode: 418"))
    #expect(plain.requests.first?.contains("Referer") == false)
    #expect(
      try server.ask("/to?../a/{b}?c=[d]").message == "HTTP probe failed with statuscode: 404")
  }

  @Test func `a path is asked for as it is written`() throws {
    for path in ["/x/../status/200", "/./status/200", "/{status}/[200]"] {
      #expect(try server.ask(path) == .failure("HTTP probe failed with statuscode: 404"))
    }
    #expect(try server.ask("/told?a={b}&c=[1-3]").message.contains("GET /told?a={b}&c=[1-3] HTTP"))
  }

  @Test func `a server that hangs, never stops or breaks off is no harm`() throws {
    #expect(
      try server.ask("/hang", within: .milliseconds(500))
        == .failure(
          "Get \"\(server.url)/hang\": context deadline exceeded"
            + " (Client.Timeout exceeded while awaiting headers)"))
    #expect(try server.ask("/endless") == .success)
    #expect(try server.ask("/cut") == .error("unexpected EOF"))
  }

  @Test func `what is no TLS, or nobody at all, is a failure in the words of Go`() throws {
    let plain = try ProbeServer(saying: "HTTP/1.1 400 Bad Request\r\n\r\n")
    #expect(
      try plain.ask(scheme: .https)
        == .failure(
          "Get \"https://127.0.0.1:\(plain.port)/\":"
            + " http: server gave HTTP response to HTTPS client"))
    let gone = try NetworkInquiry(arguments: ["http", "https://127.0.0.1:1/"])
    #expect(
      gone.ask(until: nil)
        == .failure(
          #"Get "https://127.0.0.1:1/": dial tcp 127.0.0.1:1: connect: connection refused"#))
    let mute = try ProbeServer { _, _ in }
    #expect(
      try mute.ask(scheme: .https) == .failure("Get \"https://127.0.0.1:\(mute.port)/\": EOF"))
  }
}
