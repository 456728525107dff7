import CLinux
import Glibc
import Testing

@testable import PodShim

@Suite("Forwarding at the limits", .timeLimit(.minutes(2)))
struct NetworkForwardLimitTests {
  @Test func `ten thousand short connections leave no descriptor behind`() throws {
    let pod = try NetworkPod()
    try pod.serve { try $0.send(try $0.receive()) }
    let forwarder = try ForwarderFixture(into: pod)
    func ask() throws {
      let client = try Wire(to: forwarder.port)
      try client.send("x")
      try #require(try client.receiveText() == "x")
    }
    try ask()
    var before = 0
    try eventually("the first connection is gone") {
      defer { before = (try? forwarder.openDescriptors()) ?? 0 }
      return try forwarder.openDescriptors() == before
    }
    for _ in 0..<10_000 { try ask() }
    try eventually("all connections are gone") { try forwarder.openDescriptors() <= before }
  }

  /// An odd and an even limit: one of them leaves room for half a connection.
  @Test(arguments: [24, 25])
  func `at the limit of descriptors new connections wait and old ones go on`(limit: Int) throws {
    let pod = try NetworkPod()
    try pod.serveEcho()
    let forwarder = try ForwarderFixture(into: pod)
    let first = try Wire(to: forwarder.port)
    try first.send("hello")
    #expect(try first.receiveText() == "hello")

    let limits = [UInt64(limit), UInt64(limit)]
    let files = Limit.Resource.files.rawValue
    try checked("prlimit", "") { linux_prlimit(forwarder.pid, files, limits, nil) }
    var clients = try (0..<60).map { _ in try Wire(to: forwarder.port) }
    for (number, client) in clients.enumerated() { try client.send("\(number)") }
    try eventually("the limit is reached") { try forwarder.openDescriptors() >= limit - 1 }

    let used = try forwarder.processorTime()
    usleep(1_000_000)
    #expect(try forwarder.processorTime() - used < .milliseconds(200))
    try first.send("still here")
    #expect(try first.receiveText() == "still here")

    var number = 0
    while !clients.isEmpty {
      let client = clients.removeFirst()
      #expect(try client.receiveText() == "\(number)")
      number += 1
    }
  }

  @Test func `a server that does not read stops its client, and costs no memory`() throws {
    let pod = try NetworkPod()
    let listener = try pod.listen(on: 8080)
    try listener.setNonblocking(false)
    let forwarder = try ForwarderFixture(into: pod)
    let client = try Wire(to: forwarder.port)
    let server = try Wire(owning: linux_accept_stream(listener.raw))
    try client.send("hello")
    #expect(try server.receiveText() == "hello")

    let before = try forwarder.memory()
    let block = [UInt8](repeating: 7, count: 65536)
    var sent = 0
    var quiet = 0
    while quiet < 50 {
      let count = Glibc.send(client.raw, block, block.count, CInt(MSG_DONTWAIT))
      if count > 0 { sent += count } else { usleep(10_000) }
      quiet = count > 0 ? 0 : quiet + 1
      try #require(sent < 1 << 30)
    }
    #expect(try forwarder.memory() - before < 1 << 20)
    let used = try forwarder.processorTime()
    usleep(500_000)
    #expect(try forwarder.processorTime() - used < .milliseconds(100))
    try client.endSending()
    #expect(try server.receiveAll().count == sent)
  }

  @Test func `a connection that is half over does not keep the processor busy`() throws {
    let pod = try NetworkPod()
    let listener = try pod.listen(on: 8080)
    try listener.setNonblocking(false)
    let forwarder = try ForwarderFixture(into: pod)
    let client = try Wire(to: forwarder.port)
    let server = try Wire(owning: linux_accept_stream(listener.raw))
    try client.endSending()
    #expect(try server.receiveAll().isEmpty)
    let used = try forwarder.processorTime()
    usleep(500_000)
    #expect(try forwarder.processorTime() - used < .milliseconds(100))
    try server.send("late")
    #expect(try client.receiveText() == "late")
  }
}
