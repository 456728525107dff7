import Glibc
import PodModel
import Testing

@testable import PodShim

/// The child as a supervisor starts it: the built program, in the network of a pod. Needs root.
@Suite("podshim probe", .timeLimit(.minutes(1)))
struct ProbeProgramTests {
  private let pod: NetworkPod

  init() throws {
    pod = try NetworkPod()
    try pod.serve(parallel: true) { wire in
      let head = try wire.receiveText()
      let status = head.hasPrefix("GET /ok ") ? 200 : 302
      let color = head.split(separator: "\r\n").first { $0.hasPrefix("X-Color") } ?? "go on"
      let elsewhere = "Location: http://elsewhere.invalid/"
      try wire.send(httpAnswer(status, [elsewhere], body: String(color)))
    }
  }

  private func ask(_ inquiry: NetworkInquiry) throws -> ProbeAnswer {
    var program = inquiry.program(try LinuxScratch.program())
    let network = try FileDescriptor.open(pod.path, O_RDONLY)
    program.namespaces = [network.raw]
    let result = try program.run(timeout: .seconds(20))
    return ProbeAnswer(exit: result.status, output: result.output)
  }

  private func httpGet(_ path: String, port: Int = 8080) throws -> ProbeAnswer {
    var action = HTTPGetAction()
    (action.path, action.port) = (path, .int(port))
    return try ask(try NetworkInquiry.httpGet(action, of: Container(), at: nil, timeout: 20))
  }

  @Test func `each answer comes through`() throws {
    #expect(try httpGet("/ok") == .success)
    #expect(
      try httpGet("/") == .warning("Probe terminated redirects, Response body: go on"))
    #expect(
      try httpGet("/", port: 81)
        == .failure(
          #"Get "http://127.0.0.1:81/": dial tcp 127.0.0.1:81: connect: connection refused"#))
  }

  @Test func `headers come through, and stay out of the list of processes`() throws {
    var (action, header) = (HTTPGetAction(), HTTPHeader())
    action.port = .int(8080)
    (header.name, header.value) = ("x-color", "red = blue")
    action.httpHeaders = [header]
    let inquiry = try NetworkInquiry.httpGet(action, of: Container(), at: nil)
    #expect(!inquiry.program().arguments.contains { $0.contains("red") })
    #expect(
      try ask(inquiry)
        == .warning("Probe terminated redirects, Response body: X-Color: red = blue"))
  }

  @Test func `without curl, the package that brings it is named`() throws {
    for (words, reason) in [
      (["http", "https://127.0.0.1:1/"], #"Get "https://127.0.0.1:1/": "#),
      (["grpc", "127.0.0.1:1"], "error: health rpc probe failed: "),
    ] {
      var program = try NetworkInquiry(arguments: words).program(try LinuxScratch.program())
      program.environment = ["PATH=/nonexistent"]
      let result = try program.run(timeout: .seconds(20))
      #expect(
        ProbeAnswer(exit: result.status, output: result.output)
          == .failure(
            "\(reason)`curl` is not installed on this host: install the package `curl`"))
    }
  }

  @Test func `a connection is a success, none a failure`() throws {
    var action = TCPSocketAction()
    for (port, answer) in [
      (8080, ProbeAnswer.success),
      (81, .failure("dial tcp 127.0.0.1:81: connect: connection refused")),
    ] {
      action.port = .int(port)
      #expect(
        try ask(try NetworkInquiry.tcpSocket(action, of: Container(), at: nil)) == answer)
    }
  }

  @Test func `it keeps its timeout by itself`() throws {
    try pod.serve(on: 8081) { wire in
      while let bytes = try? wire.receive(), !bytes.isEmpty {}
    }
    var action = HTTPGetAction()
    action.port = .int(8081)
    let inquiry = try NetworkInquiry.httpGet(action, of: Container(), at: nil, timeout: 1)
    #expect(try ask(inquiry) == inquiry.answerWhenLate)
  }

  @Test func `curl asks in the pod's network too`() throws {
    let inquiry = try NetworkInquiry(arguments: ["http", "https://127.0.0.1:8080/"])
    #expect(
      try ask(inquiry)
        == .failure(
          #"Get "https://127.0.0.1:8080/": http: server gave HTTP response to HTTPS client"#))
  }

  @Test func `words that make no sense are an error, in which nobody knows`() throws {
    let result = try Program(try LinuxScratch.program(), ["podshim", "probe", "udp"]).run()
    #expect(result.status == .exited(3))
    #expect(result.outputText.hasPrefix("usage: podshim probe <http|tcp|grpc>"))
  }
}

@Suite("TCP probes")
struct TCPProbeTests {
  @Test func `one that is not there in time is a failure`() throws {
    let inquiry = try NetworkInquiry(arguments: ["tcp", "127.0.0.1:1"])
    #expect(inquiry.ask(until: Clock.boot()) == .failure("dial tcp 127.0.0.1:1: i/o timeout"))
  }

  @Test(arguments: ["127.0.0.1", "::1"])
  func `a connection is enough`(ip: String) throws {
    let server = try ProbeServer(at: ip) { _, _ in }
    let target = ProbeTarget(host: ip, port: server.port)
    #expect(NetworkInquiry(.tcp(target)).ask(until: nil) == .success)
    #expect(server.requests.isEmpty)
  }
}
