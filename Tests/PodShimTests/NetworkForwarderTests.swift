import Glibc
import PodModel
import Testing

@testable import PodShim

@Suite("Forwarder", .timeLimit(.minutes(2)))
struct NetworkForwarderTests {
  @Test func `a supervisor that comes back finds the forwarder and can stop it`() throws {
    let pod = try NetworkPod()
    try pod.serveEcho()
    let fixture = try ForwarderFixture(into: pod)
    let found = try #require(Companion.find(.forwarder, in: fixture.directory, of: pod.pid))
    #expect(found.pid == fixture.pid)
    #expect(found.record == fixture.forwarder.record)
    #expect(found.record.position == 42)
    #expect(Companion.find(.forwarder, in: fixture.directory, of: pod.pid + 1) == nil)

    let client = try Wire(to: fixture.port)
    try client.send("hello")
    #expect(try client.receiveText() == "hello")
    try found.stop()
    #expect(try client.receive().isEmpty)
    #expect(throws: SyscallError.self) { _ = try Wire(to: fixture.port).receive() }
    #expect(Companion.find(.forwarder, in: fixture.directory, of: pod.pid) == nil)
    try found.stop()
  }

  @Test func `the port is free once the forwarder has stopped`() throws {
    let pod = try NetworkPod()
    try pod.serveEcho()
    let fixture = try ForwarderFixture(into: pod)
    let client = try Wire(to: fixture.port)
    try client.send("hello")
    #expect(try client.receiveText() == "hello")
    try fixture.forwarder.stop()
    let port = HostPort(
      hostIP: "127.0.0.1", hostPort: fixture.port, containerPort: 8080, transport: .tcp)
    #expect(try HostPorts.bind([port]).count == 1)
  }

  @Test func `a forwarder that its supervisor has not written down does not begin`() throws {
    let pod = try NetworkPod()
    let bound = try HostPorts.bind([
      HostPort(hostIP: "127.0.0.1", hostPort: 0, containerPort: 80, transport: .tcp)
    ])
    var orphan = Program(
      try ForwarderFixture.program, ["podshim", "forward", "default/pod", "\(pod.pid)", "tcp:80"])
    orphan.descriptors.append(bound[0].socket.raw)
    #expect(try orphan.run(timeout: .seconds(20)).status == .exited(0))
  }

  @Test func `signals of a terminal do not end it`() throws {
    let pod = try NetworkPod()
    try pod.serveEcho()
    let fixture = try ForwarderFixture(into: pod)
    for signal in [nil, SIGINT, SIGHUP] {
      if let signal { kill(fixture.pid, signal) }
      let client = try Wire(to: fixture.port)
      try client.send("hello")
      #expect(try client.receiveText() == "hello")
    }
  }

  @Test(arguments: [
    [], ["pod"], ["pod", "1"], ["pod", "x", "tcp:80"], ["pod", "1", "tcp"],
    ["pod", "1", "sctp:80"], ["pod", "1", "tcp:70000"],
  ])
  func `words that make no sense are a usage error`(arguments: [String]) throws {
    let result = try Program(try ForwarderFixture.program, ["podshim", "forward"] + arguments).run()
    #expect(result.status == .exited(2))
    #expect(result.errorText.contains("usage: podshim forward"))
  }

  @Test func `a pod that is gone is an error`() throws {
    let program = try ForwarderFixture.program
    let result = try Program(
      program, ["podshim", "forward", "default/pod", "\(pid_t.max)", "tcp:80"]
    ).run()
    #expect(result.status == .exited(1))
    #expect(result.errorText.contains("/proc/\(pid_t.max)/ns/net"))
  }
}

@Suite("Loopback")
struct NetworkLoopbackTests {
  @Test func `both loopback addresses answer once it is up`() throws {
    let pod = try NetworkPod(loopback: false)
    #expect(throws: SyscallError("connect", "8080", errno: ENETUNREACH)) {
      try pod.inside { _ = try Wire(to: 8080) }
    }
    try Loopback.bringUp(in: pod.path)
    for (ip, family) in [("127.0.0.1", InternetSocket.Family.four), ("::1", .six)] {
      try pod.serveEcho(at: ip)
      let client = try pod.inside { try Wire(to: 8080, .tcp, family) }
      try client.send("hello")
      #expect(try client.receiveText() == "hello")
    }
  }

  @Test func `the caller is back in its own network, also after an error`() throws {
    let home = try Files.readLink("/proc/thread-self/ns/net")
    let pod = try NetworkPod()
    #expect(try Files.readLink("/proc/thread-self/ns/net") == home)
    #expect(throws: SyscallError.self) { try Loopback.bringUp(in: "/proc/self/ns/uts-missing") }
    #expect(try Files.readLink("/proc/thread-self/ns/net") == home)
    withExtendedLifetime(pod) {}
  }
}
