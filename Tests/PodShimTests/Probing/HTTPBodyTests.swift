import Testing

@testable import PodShim

@Suite("Bodies of HTTP answers", .timeLimit(.minutes(1)))
struct HTTPBodyTests {
  private static let elsewhere = "Location: http://elsewhere.invalid/"
  private static let told = "Probe terminated redirects, Response body: "

  /// The body that a probe sees; only a redirect that is not followed shows it.
  private func body(_ raw: String) throws -> ProbeAnswer {
    let text = "HTTP/1.1 302 Found\r\n\(Self.elsewhere)\r\n\(raw)"
    return try ProbeServer(saying: text).ask()
  }

  @Test(arguments: [
    ("Content-Length: 5\r\n\r\nhello and more", "hello"),
    ("Content-Length: 0\r\n\r\nhello", ""),
    ("\r\nhello until the end", "hello until the end"),
    ("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n\r\n", "hello world"),
    (
      "transfer-encoding: Chunked\r\nContent-Length: 1\r\n\r\n0A\r\n0123456789\r\n0\r\n\r\n",
      "0123456789"
    ),
  ])
  func `it ends where its frame ends`(raw: String, body: String) throws {
    #expect(try self.body(raw) == .warning(Self.told + body))
  }

  @Test(arguments: [
    ("Content-Length: 9\r\n\r\nhello", "unexpected EOF"),
    ("Transfer-Encoding: chunked\r\n\r\n9\r\nhello", "unexpected EOF"),
    ("Transfer-Encoding: chunked\r\n\r\nhello", "unexpected EOF"),
    ("Transfer-Encoding: chunked\r\n\r\nhello\r\n", "invalid byte in chunk length"),
    ("Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n", "malformed chunked encoding"),
  ])
  func `one that breaks off is an error, as it is to the kubelet`(
    raw: String, reason: String
  ) throws {
    #expect(try body(raw) == .error(reason))
  }

  @Test func `one that stands still is an error when the time is over`() throws {
    let server = try ProbeServer { wire, _ in
      try wire.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")
      _ = try? wire.receive()
    }
    #expect(
      try server.ask(within: .seconds(2))
        == .error(
          "context deadline exceeded (Client.Timeout or context cancellation while reading body)"))
  }

  @Test(arguments: [
    "Content-Length: 1073741824\r\n", "", "Transfer-Encoding: chunked\r\n",
  ])
  func `a gigabyte is not waited for`(framing: String) throws {
    let isChunked = framing.hasPrefix("Transfer")
    let server = try ProbeServer { wire, _ in
      try wire.send("HTTP/1.1 200 OK\r\n\(framing)\r\n")
      let part = [UInt8](repeating: 0x78, count: 0x8000)
      let chunk = isChunked ? Array("8000\r\n".utf8) + part + Array("\r\n".utf8) : part
      // Without an end: it stops when the probe has gone.
      while (try? wire.send(chunk)) != nil {}
    }
    #expect(try server.ask() == .success)
  }

  @Test func `ten kilobytes of it are told`() throws {
    let long = String(repeating: "x", count: 20000)
    let answer = try body("Content-Length: \(long.utf8.count)\r\n\r\n\(long)")
    #expect(answer == .warning(Self.told + String(repeating: "x", count: 10240)))
    #expect(answer.output.count == 10240)
  }
}
