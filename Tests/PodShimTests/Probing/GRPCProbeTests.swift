import Testing

@testable import PodShim

@Suite("gRPC probes", .timeLimit(.minutes(1)))
struct GRPCProbeTests {
  private func ask(
    _ answer: HTTP2Server, service: String = "", at ip: String = "127.0.0.1"
  ) throws -> ProbeAnswer {
    var answer = answer
    answer.expected = GRPCMessage.request(service: service)
    let server = try ProbeServer(at: ip) { [answer] wire in try answer.serve(wire) }
    return try ask(server.port, service: service, at: ip)
  }

  private func ask(
    _ port: Int, service: String = "", at ip: String = "127.0.0.1",
    within: Duration = .seconds(20)
  ) throws -> ProbeAnswer {
    let target = ProbeTarget(host: ip, port: port)
    return NetworkInquiry(.grpc(target, service: service), timeout: 1)
      .ask(until: Clock.boot() + within)
  }

  @Test(arguments: ["127.0.0.1", "::1"])
  func `a service that serves is a success`(ip: String) throws {
    #expect(try ask(.health([0x08, 1]), at: ip) == .success)
    #expect(try ask(.health([0x08, 1]), service: "shop.v1.Cart", at: ip) == .success)
  }

  @Test(
    arguments: [
      ([0x08, 2], "NOT_SERVING"), ([], "UNKNOWN"), ([0x08, 3], "SERVICE_UNKNOWN"),
      ([0x08, 9], "9"),
    ] as [([UInt8], String)])
  func `a service that does not serve is a failure`(message: [UInt8], word: String) throws {
    #expect(
      try ask(.health(message)) == .failure("service unhealthy (responded with \"\(word)\")"))
  }

  @Test(arguments: [
    (
      HTTP2Server.failing(12, "unknown service grpc.health.v1.Health"),
      "error: this server does not implement the grpc health protocol (grpc.health.v1.Health):"
        + " unknown service grpc.health.v1.Health"
    ),
    (
      .failing(5, "unknown service%21%20%C3%BC%"),
      "error: health rpc probe failed: rpc error: code = NotFound desc = unknown service! ü%"
    ),
    (.failing(4, "late"), "timeout: health rpc did not complete within 1s"),
    (.failing(77, ""), "error: health rpc probe failed: rpc error: code = Code(77) desc = "),
    (
      HTTP2Server(status: 404, headers: [("content-type", "text/plain")]),
      "error: this server does not implement the grpc health protocol (grpc.health.v1.Health):"
        + " unexpected HTTP status code received from server: 404;"
        + " transport: received unexpected content-type \"text/plain\""
    ),
    (
      HTTP2Server(data: [0, 0, 0, 0, 2, 8, 1]),
      "error: health rpc probe failed: rpc error: code = Internal"
        + " desc = server closed the stream without sending trailers"
    ),
    (
      HTTP2Server(data: [0, 0, 0, 0, 9, 8, 1], trailers: [("grpc-status", "0")]),
      "error: health rpc probe failed: rpc error: code = Internal"
        + " desc = the answer cannot be read"
    ),
  ])
  func `a call that fails is a failure`(answer: HTTP2Server, message: String) throws {
    #expect(try ask(answer) == .failure(message))
  }

  @Test func `nobody at the port, or nobody who speaks HTTP/2, was never connected`() throws {
    func unconnected(_ port: Int) -> ProbeAnswer {
      .failure(
        "timeout: failed to connect service \"127.0.0.1:\(port)\" within 1s:"
          + " context deadline exceeded")
    }
    #expect(try ask(1) == unconnected(1))
    let web = try ProbeServer(saying: "HTTP/1.1 200 OK\r\n\r\n")
    #expect(try ask(web.port) == unconnected(web.port))
  }

  @Test func `a server that hangs is a failure when the time is over`() throws {
    let late = ProbeAnswer.failure("timeout: health rpc did not complete within 1s")
    let mute = try ProbeServer(serving: { wire in
      while let bytes = try? wire.receive(), !bytes.isEmpty {}
    })
    #expect(try ask(mute.port, within: .seconds(2)) == late)
    let half = try ProbeServer(serving: { wire in
      // Data, and never an end.
      try HTTP2Server(data: [0, 0, 0, 0, 2], trailers: nil, isCut: true).serve(wire)
    })
    #expect(try ask(half.port, within: .seconds(2)) == late)
  }

  @Test func `the method asked for is that of the health protocol`() {
    let check = GRPCCheck(
      target: ProbeTarget(host: "::1", port: 5000), service: "", timeout: "1s", deadline: nil)
    #expect(check.arguments.last == "http://[::1]:5000/grpc.health.v1.Health/Check")
    #expect(check.arguments.contains("User-Agent: kube-probe/1.36"))
    #expect(!check.arguments.contains("--max-time"))
  }
}

@Suite("gRPC messages")
struct GRPCMessageTests {
  @Test func `a request is a frame with the name in it`() {
    #expect(GRPCMessage.request(service: "") == [0, 0, 0, 0, 0])
    #expect(GRPCMessage.request(service: "ab") == [0, 0, 0, 0, 4, 0x0A, 2, 0x61, 0x62])
    let long = GRPCMessage.request(service: String(repeating: "x", count: 300))
    #expect(long.prefix(8) == [0, 0, 0, 1, 47, 0x0A, 0xAC, 2])
    #expect(long.count == 308)
  }

  @Test(
    arguments: [
      ([0, 0, 0, 0, 0], "UNKNOWN"), ([0, 0, 0, 0, 2, 8, 1], "SERVING"),
      // Fields of later versions are skipped, whatever their type.
      ([0, 0, 0, 0, 9, 0x12, 1, 7, 0x18, 0x80, 1, 8, 0x82, 0], "NOT_SERVING"),
      ([0, 0, 0, 0, 7, 0x25, 0, 0, 0, 0, 8, 1], "SERVING"),
      ([0, 0, 0, 0, 3, 8, 0xAC, 2], "300"), ([0, 0, 0, 0, 4, 8, 1, 0x10, 2], "SERVING"),
    ] as [([UInt8], String)])
  func `an answer has a status`(frame: [UInt8], status: String) {
    #expect(GRPCMessage.servingStatus(frame) == status)
  }

  @Test(
    arguments: [
      [], [0, 0, 0, 0], [1, 0, 0, 0, 2, 8, 1], [0, 0, 0, 0, 2, 8], [0, 0, 0, 0, 2, 8, 1, 0],
      [0, 0, 0, 0, 1, 8], [0, 0, 0, 0, 2, 0x12, 5], [0, 0, 0, 0, 2, 0x0B, 1],
      [0, 0, 0, 0, 3, 8, 0x80, 0x80], [255, 255, 255, 255, 255],
    ] as [[UInt8]])
  func `other bytes are no answer`(frame: [UInt8]) {
    #expect(GRPCMessage.servingStatus(frame) == nil)
  }
}
