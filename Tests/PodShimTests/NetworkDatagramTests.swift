import CLinux
import Glibc
import PodModel
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
    let fixture = try RelayFixture()
    let clients = try (0..<2).map { _ in try Wire(to: fixture.port, .udp) }
    for client in clients { _ = try fixture.pass("x", from: client) }
    fixture.relay.sweep(at: Clock.boot() + .seconds(50))
    #expect(fixture.relay.clientCount == 2)
    fixture.relay.sweep(at: Clock.boot() + .seconds(60))
    #expect(fixture.relay.clientCount == 0)
  }

  @Test func `when there are too many the client that was idle longest gives way`() throws {
    let fixture = try RelayFixture(maxClients: 2)
    let clients = try (0..<3).map { _ in try Wire(to: fixture.port, .udp) }
    var seen: [DatagramSender] = []
    for number in [0, 1, 0, 2, 0, 1] {
      seen.append(try fixture.pass("x", from: clients[number]))
      #expect(fixture.relay.clientCount <= 2)
    }
    #expect(seen[2] == seen[0])
    #expect(seen[4] == seen[0])
    #expect(seen[5] != seen[1])
  }
}

/// A relay in the test's own process, and the server that it leads to.
private final class RelayFixture {
  let loop: ForwardLoop
  let relay: DatagramRelay
  let port: UInt16
  private let server: OwnedDescriptor

  init(maxClients: Int = 1024) throws {
    let free = HostPort(hostIP: "127.0.0.1", hostPort: 0, containerPort: 0, transport: .udp)
    server = try InternetSocket.listen(free)
    let socket = try InternetSocket.listen(free)
    port = try localPort(of: socket.raw)
    loop = try ForwardLoop()
    relay = try DatagramRelay(
      loop, socket, port: try localPort(of: server.raw), maxClients: maxClients)
  }

  /// Who the server takes the client for.
  func pass(_ text: String, from client: Wire) throws -> DatagramSender {
    try client.send(text)
    var bytes = [UInt8](repeating: 0, count: 100)
    let end = Clock.boot() + .seconds(10)
    while Clock.boot() < end {
      try loop.runOnce(patience: .milliseconds(100))
      if let received = try InternetSocket.receive(server.raw, into: &bytes) {
        return received.sender
      }
    }
    throw SyscallError("receive", "", errno: ETIMEDOUT)
  }
}
