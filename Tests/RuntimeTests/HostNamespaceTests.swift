import Glibc
import PodModel
import Testing

@testable import PodShim

/// The three fields that open a pod to its host.
extension Pods {
  @Suite("A pod that asks for the host's namespaces gets them")
  struct HostNamespaceTests {
    /// What a pod asks for, the namespace that it is then in, and those that stay the pod's.
    struct Wish: CustomTestStringConvertible, Sendable {
      var field: String
      var kind: Namespace.Kind
      var testDescription: String { field }

      static let all = [
        Wish(field: "hostNetwork", kind: .net), Wish(field: "hostPID", kind: .pid),
        Wish(field: "hostIPC", kind: .ipc),
      ]
    }

    @Test("Each wish is for one namespace", arguments: RuntimeKind.all, Wish.all)
    func wishes(runtime: RuntimeKind, wish: Wish) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell(Spec.idle, pod: "\(wish.field): true"))
        try world.waitUntilRunning()
        let host = try #require(HostProcess(getpid()))
        let main = try world.process()
        #expect(main.namespace(wish.kind) == host.namespace(wish.kind))
        for kind in [Namespace.Kind.net, .pid, .ipc] where kind != wish.kind {
          #expect(main.namespace(kind) != host.namespace(kind), "\(kind)")
        }
      }
    }

    @Test("hostNetwork shows the host's interfaces and its name", arguments: RuntimeKind.all)
    func network(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell("hostname; cat /proc/net/dev; \(Spec.idle)", pod: "hostNetwork: true"))
        try world.wait(untilLogged: "lo:")
        let logs = try world.logs(of: "main")
        let here = try Files.readText("/proc/net/dev").split(separator: "\n").dropFirst(2)
        for line in here {
          let interface = line.drop { $0 == " " }.prefix { $0 != ":" }
          #expect(logs.contains("\(interface):"))
        }
        #expect(logs.hasPrefix(NodeRecord.hostname() + "\n"))
      }
    }

    @Test("hostPID shows this very test", arguments: RuntimeKind.all)
    func processes(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell(Spec.idle, pod: "hostPID: true"))
        try world.waitUntilRunning()
        let own = HostProcess(getpid())?.arguments.first ?? "?"
        let seen = try world.exec(in: "main", "cat", "/proc/\(getpid())/cmdline")
        #expect(seen.hasPrefix(own))
      }
    }

    @Test(
      "Without hostNetwork there is loopback and nothing else of the host",
      arguments: RuntimeKind.all)
    func ownNetwork(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell("ip -o addr; \(Spec.idle)"))
        try world.wait(untilLogged: "127.0.0.1/8")
        let logs = try world.logs(of: "main")
        #expect(logs.contains("::1/128"))
        #expect(logs.split(separator: "\n").allSatisfy { $0.contains(": lo ") }, "\(logs)")
      }
    }
  }
}
