import Glibc
import PodModel
import Testing

@testable import PodShim

extension Pods {
  @Suite("port-forward leads into a pod")
  struct PortForwardTests {
    /// A server on the pod's loopback alone.
    private static let server = Spec.shell(
      "echo Hello >/tmp/index.html; exec httpd -f -h /tmp -p 127.0.0.1:8080",
      container: "ports: [{name: http, containerPort: 8080}]")

    @Test("Many connections, two ports, and its lines", arguments: RuntimeKind.all)
    func serves(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Self.server)
        try world.waitUntilRunning()
        let port = try HostPortTests.freePort()
        let forward = try Dialogue(
          world.program(["port-forward", "pod/pod", "\(port):http", ":9"]))
        try forward.expect("Forwarding from 127.0.0.1:\(port) -> 8080\n")
        try forward.expect("Forwarding from 127.0.0.1:")
        try forward.expect(" -> 9\n")
        for _ in 0..<20 {
          try world.wait(for: "the page") {
            try world.fetch("http://127.0.0.1:\(port)/") == "Hello\n"
          }
          try forward.expect("Handling connection for \(port)\n")
        }
        try forward.signal(SIGINT)
        #expect(try forward.end() == .exited(0))
        #expect(try world.fetch("http://127.0.0.1:\(port)/") == nil)
      }
    }

    @Test("It says when nobody listens, and when the pod goes", arguments: RuntimeKind.all)
    func ends(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Self.server)
        try world.waitUntilRunning()
        let port = try HostPortTests.freePort()
        let forward = try Dialogue(world.program(["port-forward", "pod", "\(port):81"]))
        try forward.expect(" -> 81\n")
        #expect(try world.fetch("http://127.0.0.1:\(port)/") == nil)
        try forward.expect("forwarding \(port) -> 81: Connection refused\n")
        try world.podshim("delete", "pod", "pod")
        try forward.expect("error: lost connection to pod\n")
        #expect(try forward.end() == .exited(1))
      }
    }
  }
}
