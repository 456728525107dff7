import Testing

@testable import PodShim

@Suite("Names of hosts", .timeLimit(.minutes(1)))
struct HostNamesTests {
  private static let hosts = """
    # Kubernetes-managed hosts file.
    127.0.0.1\tlocalhost
    ::1\tlocalhost ip6-localhost
    10.0.0.7 web.example Web # db
    fe00::0 nothing
    nonsense bad
    """

  @Test(arguments: [
    ("localhost", ["127.0.0.1", "::1"]), ("web", ["10.0.0.7"]), ("WEB.example", ["10.0.0.7"]),
    ("ip6-localhost", ["::1"]), ("db", []), ("bad", []), ("web.exam", []),
  ])
  func `a hosts file is read as the resolver does`(name: String, addresses: [String]) {
    #expect(HostNames.addresses(of: name, in: Self.hosts) == addresses)
  }

  @Test func `an address is its own, localhost is known, others are not`() throws {
    let names = HostNames(file: "/nonexistent/hosts")
    #expect(try names.addresses(of: "10.0.0.9") == ["10.0.0.9"])
    #expect(try names.addresses(of: "fe80::1") == ["fe80::1"])
    #expect(try names.addresses(of: "localhost") == ["127.0.0.1", "::1"])
    #expect(throws: TransportError.failed("dial tcp: lookup web: no such host")) {
      try names.addresses(of: "web")
    }
  }

  @Test func `the next address is tried when one refuses`() throws {
    let scratch = try LinuxScratch()
    try Files.writeText("::1 web\n127.0.0.1 web\n", to: scratch["hosts"])
    for ip in ["127.0.0.1", "::1"] {
      let server = try ProbeServer(at: ip, saying: httpAnswer(204))
      #expect(try server.ask(host: "web", hosts: scratch["hosts"]) == .success)
      #expect(server.requests.first?.contains("Host: web:\(server.port)\r\n") == true)
    }
    let silent = try ProbeServer(saying: "")
    let inquiry = try NetworkInquiry(arguments: ["tcp", "--hosts", scratch["hosts"], "web:1"])
    #expect(
      inquiry.ask(until: nil) == .failure("dial tcp 127.0.0.1:1: connect: connection refused"))
    withExtendedLifetime(silent) {}
  }
}
