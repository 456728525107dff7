import Glibc
import PodModel
import Testing

@testable import PodShim

@Suite("Network inquiries", .timeLimit(.minutes(1)))
struct NetworkInquiryTests {
  private static let container: Container = {
    var (web, number) = (ContainerPort(), ContainerPort())
    (web.name, web.containerPort) = ("web", 8080)
    (number.name, number.containerPort) = ("9000", 9001)
    var container = Container()
    container.ports = [web, number]
    return container
  }()

  private func tcp(
    _ port: IntOrString, host: String? = nil, at address: String? = nil
  ) throws -> [String] {
    var action = TCPSocketAction()
    (action.port, action.host) = (port, host)
    return try NetworkInquiry.tcpSocket(action, of: Self.container, at: address).arguments
  }

  @Test(arguments: [
    (IntOrString.int(81), "127.0.0.1:81"), (.string("web"), "127.0.0.1:8080"),
    (.string("82"), "127.0.0.1:82"), (.string("9000"), "127.0.0.1:9001"),
  ])
  func `a port is a number, a name, or a number written as a string`(
    port: IntOrString, target: String
  ) throws {
    #expect(try tcp(port) == ["tcp", target])
  }

  @Test(arguments: [
    (IntOrString.string("db"), #"strconv.Atoi: parsing "db": invalid syntax"#),
    (.int(0), "invalid port number: 0"), (.string("70000"), "invalid port number: 70000"),
  ])
  func `a port that the container does not have is an error, as the kubelet says it`(
    port: IntOrString, message: String
  ) {
    #expect(throws: InquiryError(message)) { _ = try tcp(port) }
  }

  @Test func `the host is that of the action, else the pod's address, else the loopback`() throws {
    #expect(try tcp(.int(81), host: "a.example", at: "10.0.0.1") == ["tcp", "a.example:81"])
    #expect(try tcp(.int(81), host: "", at: "10.0.0.1") == ["tcp", "10.0.0.1:81"])
    #expect(try tcp(.int(81), at: "fd00::1") == ["tcp", "[fd00::1]:81"])
    var action = GRPCAction()
    action.port = 5000
    #expect(
      NetworkInquiry.grpc(action, at: "10.0.0.1", timeout: 3).arguments
        == ["grpc", "--timeout", "3", "--service", "", "10.0.0.1:5000"])
  }

  @Test func `what a child is told is what was meant`() throws {
    let target = ProbeTarget(host: "::1", port: 80)
    var (first, second) = (HTTPHeader(), HTTPHeader())
    (first.name, first.value) = ("Authorization", "Basic a:b==")
    (second.name, second.value) = ("X", "")
    let url = HTTPURL(scheme: "https", host: "::1", port: 8443, path: "/a b?c")
    for question in [
      .tcp(target), .grpc(target, service: "a b"), .grpc(target, service: ""),
      .http(url, headers: [first, second, second]), .http(url, headers: []),
    ] as [NetworkInquiry.Question] {
      for purpose in NetworkInquiry.Purpose.allCases {
        for timeout in [nil, 1, 90] {
          var inquiry = NetworkInquiry(question, purpose: purpose, timeout: timeout)
          #expect(try Self.told(inquiry) == inquiry)
          inquiry.hosts = "/pods/a b/etc-hosts"
          #expect(try Self.told(inquiry) == inquiry)
          #expect(!inquiry.arguments.contains { $0.contains("Basic") })
        }
      }
    }
  }

  /// What the child reads.
  private static func told(_ inquiry: NetworkInquiry) throws -> NetworkInquiry {
    try NetworkInquiry(arguments: inquiry.arguments) { name in
      inquiry.variables.first { $0.hasPrefix("\(name)=") }.map {
        String($0.dropFirst(name.count + 1))
      }
    }
  }

  @Test func `no timeout and a timeout of 0 are the same`() {
    let target = ProbeTarget(host: "::1", port: 80)
    #expect(NetworkInquiry(.tcp(target), timeout: 0) == NetworkInquiry(.tcp(target)))
  }

  @Test(arguments: [
    [], ["tcp"], ["udp", "127.0.0.1:1"], ["tcp", "127.0.0.1"], ["http", "127.0.0.1:1"],
    ["tcp", "--timeout", "x", "a:1"], ["tcp", "--color", "x", "a:1"], ["tcp", "a:1", "b:1"],
    ["http", "--header", "x", "http://a/"], ["http", "--purpose", "fun", "http://a/"],
  ])
  func `words that make no sense are refused`(arguments: [String]) {
    #expect(throws: InquiryError.self) { _ = try NetworkInquiry(arguments: arguments) }
  }

  @Test func `who had to be killed for being late says what the child would have said`() throws {
    for (words, answer) in [
      (["tcp", "a:1"], "dial tcp a:1: i/o timeout"),
      (["grpc", "a:1"], "timeout: health rpc did not complete within 1m30s"),
      (
        ["http", "http://a/"],
        #"Get "http://a/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)"#
      ),
    ] {
      var inquiry = try NetworkInquiry(arguments: words)
      inquiry.timeout = 90
      #expect(inquiry.answerWhenLate == .failure(answer))
    }
  }
}

@Suite("Probe answers")
struct ProbeAnswerTests {
  @Test(arguments: [
    ProbeAnswer.success, .warning("careful"), .failure("no"), .error("nobody knows"), .failure(""),
  ])
  func `an answer comes back from a child as it was`(answer: ProbeAnswer) {
    #expect(ProbeAnswer(exit: .exited(answer.exitCode), output: answer.output) == answer)
  }

  @Test func `a child that ends otherwise knows nothing`() {
    let cut = Array("cut".utf8)
    #expect(
      ProbeAnswer(exit: .exited(4), output: cut)
        == .error("`podshim probe` ended with exit status 4: cut"))
    #expect(
      ProbeAnswer(exit: .signaled(SIGSEGV), output: [])
        == .error("`podshim probe` ended with signal 11"))
  }

  @Test func `a long message is cut, and no character with it`() {
    let answer = ProbeAnswer.failure("x" + String(repeating: "ü", count: 10000))
    #expect(String(validating: answer.output, as: UTF8.self)?.count == 5120)
    #expect(answer.output.count == 10239)
  }
}
