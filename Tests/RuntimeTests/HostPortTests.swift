import Glibc
import PodModel
import Testing

@testable import PodShim

/// Host ports without a pod network: a small forwarder of ours carries the connections.
extension Pods {
  @Suite("A hostPort leads into the pod")
  struct HostPortTests {
    @Test("The host reaches the server through it until the pod goes", arguments: RuntimeKind.all)
    func leadsInside(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let port = try Self.freePort()
        try world.create(fixture: "host-port", ["PORT": "\(port)"])
        try world.waitUntilRunning()
        try world.wait(for: "the page") {
          try world.fetch("http://127.0.0.1:\(port)/") == "Hello\n"
        }
        #expect(try world.pod().spec.containers[0].ports[0].hostPort == Int(port))
        try world.podshim("delete", "pod", "pod")
        #expect(try world.fetch("http://127.0.0.1:\(port)/") == nil)
        try world.expectNoTraces()
      }
    }

    @Test("A port that is taken keeps the pod waiting, and says so", arguments: RuntimeKind.all)
    func taken(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let port = try Self.freePort()
        try world.create(fixture: "host-port", ["PORT": "\(port)"])
        try world.waitUntilRunning()
        let ports = "ports: [{containerPort: 80, hostPort: \(port)}]"
        try world.create(Spec.shell("echo never", container: ports), named: "late")
        try world.wait(for: "an event that says why `late` waits") {
          try world.events(of: "late").contains { $0.contains("FailedCreatePodSandBox") }
        }
        #expect(try world.events(of: "late").contains { $0.contains("\(port)") })
        #expect(try world.status("late").phase == .pending)
      }
    }

    @Test("It stays when the supervisor or the forwarder is killed", arguments: RuntimeKind.all)
    func survives(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let port = try Self.freePort()
        try world.create(fixture: "host-port", ["PORT": "\(port)"])
        try world.waitUntilRunning()
        try world.wait(for: "the page") {
          try world.fetch("http://127.0.0.1:\(port)/") == "Hello\n"
        }
        let supervisor = try world.supervisor()
        try supervisor.signal(SIGKILL)
        // It serves on without a supervisor.
        #expect(try world.fetch("http://127.0.0.1:\(port)/") == "Hello\n")
        try world.wait(for: "the next supervisor") { try world.supervisor() != supervisor }
        #expect(try world.fetch("http://127.0.0.1:\(port)/") == "Hello\n")
        let forwarder = try #require(
          world.processes().first { $0.arguments.starts(with: ["podshim", "forward"]) })
        try forwarder.signal(SIGKILL)
        try world.wait(for: "the page") {
          try world.fetch("http://127.0.0.1:\(port)/") == "Hello\n"
        }
        try world.podshim("delete", "pod", "pod")
        #expect(try world.fetch("http://127.0.0.1:\(port)/") == nil)
        try world.expectNoTraces()
      }
    }

    /// One that nobody listens on at the moment.
    static func freePort() throws -> UInt16 {
      let raw = try checked("socket", "") { socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0) }
      defer { close(raw) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      return try withUnsafeMutablePointer(to: &address) { pointer in
        try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
          try checked("bind", "") { bind(raw, generic, length) }
          try checked("getsockname", "") { getsockname(raw, generic, &length) }
        }
        return UInt16(bigEndian: pointer.pointee.sin_port)
      }
    }
  }
}
