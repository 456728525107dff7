import Glibc
import PodModel
import Testing

@testable import PodShim

@Suite("Host ports")
struct NetworkHostPortTests {
  private func container(_ name: String, _ ports: [ContainerPort]) -> Container {
    var container = Container()
    container.name = name
    container.ports = ports
    return container
  }

  private func port(
    _ containerPort: Int, host: Int?, _ transport: PortProtocol? = nil, ip: String? = nil
  ) -> ContainerPort {
    var port = ContainerPort()
    port.containerPort = containerPort
    port.hostPort = host
    port.protocol = transport
    port.hostIP = ip
    return port
  }

  @Test func `every container's host ports are wanted, and nothing else`() throws {
    var spec = PodSpec()
    spec.containers = [
      container("web", [port(8080, host: 8001), port(9090, host: nil), port(9091, host: 0)]),
      container("dns", [port(53, host: 53, .udp, ip: "127.0.0.1"), port(53, host: 53, .tcp)]),
    ]
    spec.initContainers = [
      container("sidecar", [port(15000, host: 15001, ip: ""), port(1, host: 8001)])
    ]
    #expect(
      try HostPorts.wanted(by: spec) == [
        HostPort(hostPort: 8001, containerPort: 8080, transport: .tcp),
        HostPort(hostIP: "127.0.0.1", hostPort: 53, containerPort: 53, transport: .udp),
        HostPort(hostPort: 53, containerPort: 53, transport: .tcp),
        HostPort(hostPort: 15001, containerPort: 15000, transport: .tcp),
      ])
    spec.hostNetwork = true
    #expect(try HostPorts.wanted(by: spec).isEmpty)
  }

  @Test func `what cannot be forwarded is refused by name`() throws {
    var spec = PodSpec()
    spec.containers = [container("phone", [port(2905, host: 2905, .sctp)])]
    let error = #expect(throws: HostPortError.self) { try HostPorts.wanted(by: spec) }
    #expect(
      error.map { "\($0)" }
        == "host port 2905/SCTP of container `phone` is not supported yet: use TCP or UDP")
    // Without a host port SCTP is the pod's own affair.
    spec.containers = [container("phone", [port(2905, host: nil, .sctp)])]
    #expect(try HostPorts.wanted(by: spec).isEmpty)
  }

  @Test(arguments: [HostPort.Transport.tcp, .udp], [nil, "0.0.0.0", "127.0.0.1", "::1"])
  func `a port that is taken is named, with who has it`(
    transport: HostPort.Transport, ip: String?
  ) throws {
    var port = HostPort(hostIP: ip, hostPort: 0, containerPort: 80, transport: transport)
    let first = try HostPorts.bind([port])
    port.hostPort = try localPort(of: first[0].socket.raw)
    let free = HostPort(hostIP: ip, hostPort: 0, containerPort: 80, transport: transport)
    let error = #expect(throws: HostPortError.self) { try HostPorts.bind([free, port]) }
    let message = try #require(error.map { "\($0)" })
    #expect(message.hasPrefix("host port \(port) is taken: `"))
    #expect(message.contains("(process \(getpid())) listens on "))
    #expect(message.hasSuffix(":\(port.hostPort): stop it or choose another `hostPort`"))
    withExtendedLifetime(first) {}
  }

  @Test func `one address leaves the others free`() throws {
    let first = try HostPorts.bind([
      HostPort(hostIP: "127.0.0.1", hostPort: 0, containerPort: 80, transport: .tcp)
    ])
    let port = try localPort(of: first[0].socket.raw)
    let others = ["127.0.0.2", "::1"].map {
      HostPort(hostIP: $0, hostPort: port, containerPort: 80, transport: .tcp)
    }
    #expect(try HostPorts.bind(others).count == 2)
  }

  @Test(arguments: [HostPort.Transport.tcp, .udp])
  func `all of IPv4 and all of IPv6 are two listeners`(transport: HostPort.Transport) throws {
    var port = HostPort(hostIP: "::", hostPort: 0, containerPort: 80, transport: transport)
    let six = try HostPorts.bind([port])
    port.hostIP = "0.0.0.0"
    port.hostPort = try localPort(of: six[0].socket.raw)
    #expect(try HostPorts.bind([port]).count == 1)
    // Without an address a port is both.
    port.hostIP = nil
    #expect(throws: HostPortError.self) { try HostPorts.bind([port]) }
  }

  @Test func `an address that the host does not have is named`() throws {
    let port = HostPort(hostIP: "192.0.2.1", hostPort: 8001, containerPort: 80, transport: .tcp)
    let error = #expect(throws: HostPortError.self) { try HostPorts.bind([port]) }
    #expect(
      error.map { "\($0)" } == """
        host port 192.0.2.1:8001/TCP cannot be opened: `192.0.2.1` is no address of this host: \
        choose one that `ip address` lists, or leave `hostIP` out
        """)
  }
}
