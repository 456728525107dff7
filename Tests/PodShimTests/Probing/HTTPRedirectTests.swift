import Testing

@testable import PodShim

@Suite("Redirects", .timeLimit(.minutes(1)))
struct HTTPRedirectTests {
  /// Leads from `/` to `location`; anything else answers with `last`.
  private func server(
    _ location: String, status: Int = 302, last: Int = 200
  ) throws -> ProbeServer {
    try ProbeServer { wire, head in
      let isFirst = head.hasPrefix("GET / ")
      let headers = isFirst ? ["Location: \(location)"] : []
      try wire.send(httpAnswer(isFirst ? status : last, headers, body: isFirst ? "go on" : ""))
    }
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func `one to the same host is followed, and its answer counts`(status: Int) throws {
    #expect(try server("/next", status: status).ask() == .success)
    let failing = try server("/next?a=b", status: status, last: 500)
    #expect(try failing.ask() == .failure("HTTP probe failed with statuscode: 500"))
    #expect(failing.requests.last?.hasPrefix("GET /next?a=b HTTP/1.1\r\n") == true)
    #expect(failing.requests.last?.contains("Referer: \(failing.url)/\r\n") == true)
  }

  @Test func `another port of the same host is followed too`() throws {
    let other = try ProbeServer(saying: httpAnswer(418))
    let first = try server("\(other.url)/there")
    #expect(try first.ask() == .failure("HTTP probe failed with statuscode: 418"))
    #expect(first.requests.count == 1 && other.requests.count == 1)
  }

  @Test(arguments: ["http://0.0.0.0/", "http://localhost:1/", "//elsewhere.invalid/"])
  func `one to another host is a success that is to be told`(location: String) throws {
    let server = try server(location)
    #expect(
      try server.ask() == .warning("Probe terminated redirects, Response body: go on"))
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [300, 304, 305])
  func `what is no redirect is not followed`(status: Int) throws {
    let server = try server("/next", status: status)
    let body = status == 304 ? "" : "go on"
    #expect(
      try server.ask() == .warning("Probe terminated redirects, Response body: \(body)"))
    #expect(server.requests.count == 1)
  }

  @Test func `one that leads nowhere is not followed`() throws {
    #expect(
      try ProbeServer(saying: httpAnswer(302, body: "lost")).ask()
        == .warning("Probe terminated redirects, Response body: lost"))
  }

  @Test(arguments: NetworkInquiry.Purpose.allCases)
  func `the tenth request is the last`(purpose: NetworkInquiry.Purpose) throws {
    let server = try ProbeServer(saying: httpAnswer(302, ["Location: /again"]))
    #expect(
      try server.ask(purpose: purpose)
        == .failure(#"Get "/again": stopped after 10 redirects"#))
    #expect(server.requests.count == 10)
  }

  @Test(arguments: [
    ("ftp://127.0.0.1/x", #"Get "ftp://127.0.0.1/x": unsupported protocol scheme "ftp""#),
    ("/a%zz", #"Get "URL/": failed to parse Location header "/a%zz""#),
  ])
  func `a place that is none of ours is a failure`(location: String, message: String) throws {
    let server = try server(location)
    let expected = message.split(separator: "URL", omittingEmptySubsequences: false)
      .joined(separator: server.url)
    #expect(try server.ask() == .failure(expected))
  }

  @Test func `a host that the manifest names goes along, unless the answer names one`() throws {
    let near = try server("/next")
    #expect(try near.ask(headers: [("Host", "web.example")]) == .success)
    #expect(near.requests.count == 2)
    #expect(near.requests.allSatisfy { $0.contains("Host: web.example\r\n") })

    let other = try ProbeServer(saying: httpAnswer())
    let far = try server("\(other.url)/")
    #expect(try far.ask(headers: [("Host", "web.example")]) == .success)
    #expect(other.requests.first?.contains("Host: 127.0.0.1:\(other.port)\r\n") == true)
  }
}
