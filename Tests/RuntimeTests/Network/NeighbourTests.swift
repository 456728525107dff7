import Glibc
import Testing

@testable import PodShim

extension Pods {
  @Suite("Names of other pods")
  struct NeighbourTests {
    @Test(
      "Pods of a namespace find each other, for as long as they are there",
      arguments: RuntimeKind.all)
    func find(runtime: RuntimeKind) throws {
      let network = try TestNetwork()
      try PodFixture.with(runtime, network: network) { world in
        try world.create(BridgeTests.server(), named: "one")
        try world.waitUntilRunning("one")
        let named = "hostname: db\nsubdomain: data\n" + BridgeTests.server()
        try world.create(named, named: "two")
        try world.waitUntilRunning("two")
        try world.podshim(
          ["create", "-n", "elsewhere", "-f", "-"],
          input: PodFixture.manifest(Spec.shell(Spec.idle), named: "three"))
        let mine = try world.addresses(of: "one")[0]
        for name in ["two", "db", "db.data", "db.data.default.svc.cluster.local"] {
          try world.wait(for: "an answer of `\(name)`") {
            let answer = try world.ask("http://\(name)/cgi-bin/who", in: "one")
            return try answer == mine || answer == world.addresses(of: "one")[1]
          }
        }
        try world.wait(for: "an answer of `one`") {
          try world.ask("http://one/cgi-bin/who", in: "two") != nil
        }
        let hosts = try world.exec("one", in: "main", "cat", "/etc/hosts")
        #expect(!hosts.contains("three"))
        // A supervisor that was away knows what happened meanwhile.
        let supervisor = try world.supervisor(of: "one")
        try supervisor.signal(SIGKILL)
        try world.podshim("delete", "pod", "two")
        try world.wait(for: "the name of the other to be gone") {
          try !world.exec("one", in: "main", "cat", "/etc/hosts").contains("two")
        }
      }
    }
  }
}
