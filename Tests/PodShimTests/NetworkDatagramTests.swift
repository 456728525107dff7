import CLinux
import Glibc
import Testing

@testable import PodShim

@Suite("Forwarding UDP", .timeLimit(.minutes(2)))
struct NetworkDatagramTests {
  private let target = ForwardProgram.Target(transport: .udp, port: 5353)

  @Test(arguments: ["127.0.0.1", "::1"])
  func `datagrams of any size are answered`(server: String) throws {
    let pod = try NetworkPod()
    try pod.serveDatagramEcho(at: server)
    let forwarder = try ForwarderFixture(into: pod, [target])
    let client = try Wire(to: forwarder.port, .udp)
    for size in [5, 0, 1400, 60_000] {
      let datagram = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
      try client.sendDatagram(datagram)
      #expect(try client.receive() == datagram)
    }
  }

  @Test func `every client gets its own answers`() throws {
    let pod = try NetworkPod()
    try pod.serveDatagramEcho()
    let forwarder = try ForwarderFixture(into: pod, [target], hostIP: nil)
    let clients = try (0..<50).map {
      try Wire(to: forwarder.port, .udp, $0 % 2 == 0 ? .four : .six)
    }
    for (number, client) in clients.enumerated() { try client.send("\(number)") }
    for (number, client) in clients.enumerated() {
      #expect(try client.receiveText() == "\(number)")
    }
  }

  @Test(arguments: [nil, "0.0.0.0"])
  func `the answer comes from the address that was asked`(hostIP: String?) throws {
    let pod = try NetworkPod()
    try pod.serveDatagramEcho()
    let forwarder = try ForwarderFixture(into: pod, [target], hostIP: hostIP)
    let client = try Wire(to: forwarder.port, .udp)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = forwarder.port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0002).bigEndian
    try withUnsafePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = try checked("connect", "") { connect(client.raw, pointer, size) }
      }
    }
    try client.send("who")
    #expect(try client.receiveText() == "who")
  }

  @Test func `a server that comes later is found`() throws {
    let pod = try NetworkPod()
    let forwarder = try ForwarderFixture(into: pod, [target])
    let client = try Wire(to: forwarder.port, .udp)
    for _ in 0..<3 {
      try client.send("nobody")
      usleep(20_000)
    }
    try pod.serveDatagramEcho(at: "::1")
    try client.send("somebody")
    #expect(try client.receiveText() == "somebody")
  }

  @Test func `a client is forgotten when it was idle for a minute`() throws {
    let (loop, relay, port) = try makeRelay(maxClients: 1024)
    let clients = try (0..<2).map { _ in try Wire(to: port, .udp) }
    for client in clients { try client.send("x") }
    while relay.clientCount < 2 { try loop.runOnce(patience: .seconds(5)) }
    relay.sweep(at: Clock.boot() + .seconds(50))
    #expect(relay.clientCount == 2)
    relay.sweep(at: Clock.boot() + .seconds(60))
    #expect(relay.clientCount == 0)
  }

  @Test func `when there are too many the client that was idle longest gives way`() throws {
    let (loop, relay, port) = try makeRelay(maxClients: 2)
    let clients = try (0..<3).map { _ in try Wire(to: port, .udp) }
    for client in clients {
      try client.send("x")
      try loop.runOnce(patience: .seconds(5))
    }
    #expect(relay.clientCount == 2)
  }

  /// A relay in the test's own process, to a port of the host where nobody listens.
  private func makeRelay(maxClients: Int) throws -> (ForwardLoop, DatagramRelay, UInt16) {
    let loop = try ForwardLoop()
    let socket = try InternetSocket.listen(
      HostPort(hostIP: "127.0.0.1", hostPort: 0, containerPort: 9, transport: .udp))
    let port = try localPort(of: socket.raw)
    return (loop, try DatagramRelay(loop, socket, port: 9, maxClients: maxClients), port)
  }
}
