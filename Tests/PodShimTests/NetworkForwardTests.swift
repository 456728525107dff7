import CLinux
import Glibc
import PodModel
import Testing

@testable import PodShim

@Suite("Forwarding TCP", .timeLimit(.minutes(2)))
struct NetworkForwardTests {
  @Test func `what a client says is answered inside the pod`() throws {
    let pod = try NetworkPod()
    try pod.serveEcho()
    let forwarder = try ForwarderFixture(into: pod)
    let client = try Wire(to: forwarder.port)
    try client.send("hello")
    #expect(try client.receiveText() == "hello")
  }

  @Test func `a server that listens on IPv6 alone is found`() throws {
    let pod = try NetworkPod()
    try pod.serveEcho(at: "::1")
    let forwarder = try ForwarderFixture(into: pod)
    let client = try Wire(to: forwarder.port)
    try client.send("hello")
    #expect(try client.receiveText() == "hello")
  }

  @Test func `without an address every family of the host is served`() throws {
    let pod = try NetworkPod()
    try pod.serveEcho()
    let target = ForwardProgram.Target(transport: .tcp, port: 8080)
    let forwarder = try ForwarderFixture(into: pod, [target], hostIP: nil)
    for family in [InternetSocket.Family.four, .six] {
      let client = try Wire(to: forwarder.port, .tcp, family)
      try client.send("hello")
      #expect(try client.receiveText() == "hello")
    }
  }

  @Test func `each port leads to its own target`() throws {
    let pod = try NetworkPod()
    for port: UInt16 in [8080, 8081, 8082] {
      try pod.serve(on: port) { try $0.send("\(port)") }
    }
    let targets = [8082, 8080, 8081].map { ForwardProgram.Target(transport: .tcp, port: $0) }
    let forwarder = try ForwarderFixture(into: pod, targets)
    for (port, target) in zip(forwarder.ports, targets) {
      #expect(try Wire(to: port).receiveText() == "\(target.port)")
    }
  }

  @Test func `two hundred connections at once are kept apart`() throws {
    let pod = try NetworkPod()
    try pod.serveEcho()
    let forwarder = try ForwarderFixture(into: pod)
    let clients = try (0..<200).map { _ in try Wire(to: forwarder.port) }
    for round in 0..<5 {
      for (number, client) in clients.enumerated() { try client.send("\(round) \(number)") }
      for (number, client) in clients.enumerated() {
        #expect(try client.receiveText() == "\(round) \(number)")
      }
    }
  }

  @Test func `fifty megabytes come through intact in both directions at once`() throws {
    let pod = try NetworkPod()
    try pod.serveEcho()
    let forwarder = try ForwarderFixture(into: pod)
    let client = try Wire(to: forwarder.port)
    // A length that no buffer has, so that nothing can be lost or doubled unseen.
    let block = (0..<1_000_003).map { _ in UInt8.random(in: 0...255) }
    let sender = Background {
      for _ in 0..<50 { try client.send(block) }
      try client.endSending()
    }
    var position = 0
    while case let bytes = try client.receive(), !bytes.isEmpty {
      for piece in pieces(of: bytes, from: position, over: block.count) {
        try #require(isEqual(piece, block, at: position % block.count), "at byte \(position)")
        position += piece.count
      }
    }
    sender.join()
    #expect(position == 50 * block.count)
  }

  /// Cut where the block begins again.
  private func pieces(of bytes: [UInt8], from position: Int, over count: Int) -> [ArraySlice<UInt8>]
  {
    let rest = count - position % count
    return [bytes.prefix(rest), bytes.dropFirst(rest)].filter { !$0.isEmpty }
  }

  private func isEqual(_ piece: ArraySlice<UInt8>, _ block: [UInt8], at start: Int) -> Bool {
    block[start...].withUnsafeBytes { expected in
      piece.withUnsafeBytes { piece in
        guard let left = piece.baseAddress, let right = expected.baseAddress else { return false }
        return memcmp(left, right, piece.count) == 0
      }
    }
  }

  @Test func `an answer may follow the end of the question`() throws {
    let pod = try NetworkPod()
    try pod.serve { try $0.send("\(try $0.receiveAll().count)") }
    let forwarder = try ForwarderFixture(into: pod)
    let client = try Wire(to: forwarder.port)
    try client.send([UInt8](repeating: 7, count: 300_000))
    try client.endSending()
    #expect(String(decoding: try client.receiveAll(), as: UTF8.self) == "300000")
  }

  @Test func `a question may follow the end of the answer`() throws {
    let pod = try NetworkPod()
    try pod.serve(on: 9000) { wire in
      try wire.send("go on")
      try wire.endSending()
      let rest = try wire.receiveAll()
      #expect(rest.count == 300_000)
    }
    let forwarder = try ForwarderFixture(into: pod, port: 9000)
    let client = try Wire(to: forwarder.port)
    #expect(String(decoding: try client.receiveAll(), as: UTF8.self) == "go on")
    try client.send([UInt8](repeating: 7, count: 300_000))
    try client.endSending()
    pod.finish()
  }

  @Test func `a port that nobody listens on resets the client`() throws {
    let pod = try NetworkPod()
    let forwarder = try ForwarderFixture(into: pod)
    let client = try Wire(to: forwarder.port)
    #expect(throws: SyscallError("receive", "", errno: ECONNRESET)) { try client.receive() }
    try pod.serveEcho()
    let second = try Wire(to: forwarder.port)
    try second.send("now")
    #expect(try second.receiveText() == "now")
  }

  @Test func `a client that resets resets the server, and the other way round`() throws {
    let pod = try NetworkPod()
    let listener = try pod.listen(on: 8080)
    try listener.setNonblocking(false)
    let forwarder = try ForwarderFixture(into: pod)
    for clientBegins in [true, false] {
      var ends: [Wire] = [try Wire(to: forwarder.port)]
      ends.append(try Wire(owning: linux_accept_stream(listener.raw)))
      if !clientBegins { ends.reverse() }
      try ends[0].send("hello")
      #expect(try ends[1].receiveText() == "hello")
      ends[0].resetOnClose()
      ends.removeFirst()
      #expect(throws: SyscallError("receive", "", errno: ECONNRESET)) { try ends[0].receive() }
    }
  }

  @Test func `a refusal reaches a client that is still sending`() throws {
    let pod = try NetworkPod()
    try pod.serve { wire in
      _ = try wire.receive(max: 10)
      // Closing with the rest unread is a reset.
      try wire.send("too large")
    }
    let forwarder = try ForwarderFixture(into: pod)
    for _ in 0..<50 {
      let client = try Wire(to: forwarder.port)
      // Fails as soon as the reset is there.
      try? client.send([UInt8](repeating: 7, count: 1_000_000))
      #expect(try client.receiveText() == "too large")
    }
  }
}
