import Glibc
import PodModel
import Testing

@testable import PodShim

extension Pods {
  @Suite("Pods on a network of plugins")
  struct PluginTests {
    /// A network of Debian's plugins, with all that it keeps in the world's own folder.
    static func network(in world: PodFixture, ranges: String = "10.99.0.0/24") -> String {
      """
      {"cniVersion": "1.0.0", "name": "tests", "plugins": [
        {"type": "bridge", "bridge": "tests0", "isGateway": true, "ipMasq": true,
         "ipam": {"type": "host-local", "dataDir": "\(world.folder)/leases",
                  "ranges": [[{"subnet": "\(ranges)"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
        {"type": "portmap", "capabilities": {"portMappings": true}},
        {"type": "firewall"},
        {"type": "bandwidth", "capabilities": {"bandwidth": true}}]}
      """
    }

    static func with(
      _ runtime: RuntimeKind, _ body: (PodFixture, TestNetwork) throws -> Void
    ) throws {
      let network = try TestNetwork()
      try PodFixture.with(runtime, network: network) { world in
        let folder = world.folder + "/networks"
        try Files.makeDirectories(folder)
        try Files.writeText(Self.network(in: world), to: folder + "/10-tests.conflist")
        world.environment = ["PODSHIM_NETWORK=auto", "PODSHIM_CNI_CONF_DIR=\(folder)"]
        try body(world, network)
      }
    }

    /// What of the plugins' work is about a pod: the bridge stays, and chains that are for all.
    static func expectNothingLeft(
      _ world: PodFixture, _ network: TestNetwork, _ when: String = "after the deletion"
    ) throws {
      try world.wait(for: "the interfaces of pods to go", within: .seconds(5)) {
        try network.interfaces().allSatisfy { $0 == "tests0" }
      }
      let rules = try network.rules()
      #expect(!rules.contains("10.99.0."), "\(when): \(rules)")
      let leases = (try? Files.list(world.folder + "/leases/tests")) ?? []
      #expect(leases.filter { $0.hasPrefix("10.") } == [], "\(when)")
      let leftovers = try Files.listIfThere(world.root + "/network-leftovers")
      #expect(leftovers == [], "\(when)")
    }

    @Test("They reach each other and are reached, and nothing is left", arguments: RuntimeKind.all)
    func together(runtime: RuntimeKind) throws {
      try Self.with(runtime) { world, network in
        try world.create(BridgeTests.server("hostPort: 8080"), named: "one")
        try world.create(BridgeTests.server(), named: "two")
        try world.waitUntilRunning("one")
        try world.waitUntilRunning("two")
        let (one, two) = (try world.addresses(of: "one"), try world.addresses(of: "two"))
        #expect(
          one.count == 1 && two.count == 1 && (one + two).allSatisfy { $0.hasPrefix("10.99.") })
        try world.wait(for: "an answer of the other") {
          try world.ask(BridgeTests.url(two[0]), in: "one") == one[0]
        }
        #expect(try world.exec("one", in: "main", "sh", "-c", "echo $IPS") == "\(one[0])\n")
        let hosts = try world.exec("one", in: "main", "cat", "/etc/hosts")
        #expect(hosts.contains("\(one[0])\tone\n"))
        let url = BridgeTests.url(TestNetwork.hostAddresses[0], 8080)
        try world.wait(for: "an answer at the host's port") {
          try TestNetwork.fetch(url, in: network.world) == "\(TestNetwork.worldAddresses[0])\n"
        }
        #expect(try world.events(of: "one").contains { $0.contains("Network mode cni") })
        try world.podshim("delete", "pod", "one", "two")
        try world.expectNoTraces()
        try Self.expectNothingLeft(world, network)
      }
    }

    @Test("A plugin that refuses keeps the pod waiting, in its words", arguments: RuntimeKind.all)
    func refuses(runtime: RuntimeKind) throws {
      try Self.with(runtime) { world, network in
        let file = world.folder + "/networks/10-tests.conflist"
        // A range of which the gateway takes the only address.
        try Files.writeText(Self.network(in: world, ranges: "10.99.0.0/30"), to: file)
        try world.create(Spec.shell(Spec.idle), named: "first")
        try world.waitUntilRunning("first")
        try world.create(Spec.shell(Spec.idle), named: "second")
        try world.wait(for: "the plugin's words") {
          try world.events(of: "second").contains {
            $0.contains("FailedCreatePodSandBox") && $0.contains("failed (add): ")
              && $0.contains("no IP addresses available")
          }
        }
        try world.podshim("delete", "pod", "first", "second")
        try world.expectNoTraces()
        try Self.expectNothingLeft(world, network)
      }
    }

    @Test("A limit of bandwidth is the plugin's to keep", arguments: RuntimeKind.all)
    func bandwidth(runtime: RuntimeKind) throws {
      try Self.with(runtime) { world, network in
        let pod = PodFixture.manifest(Spec.shell(Spec.idle)).replacing(
          "  name: pod\n",
          with: "  name: pod\n  annotations: {kubernetes.io/ingress-bandwidth: 10M}\n")
        try world.podshim(["create", "-f", "-"], input: pod)
        try world.waitUntilRunning()
        let limits = try TestNetwork.run(["tc", "qdisc"], in: network.host)
        #expect(limits.contains("tbf") && limits.contains("rate 10Mbit"), "\(limits)")
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
        try Self.expectNothingLeft(world, network)
      }
    }

    @Test("What a killed pause leaves is taken away, and made anew", arguments: RuntimeKind.all)
    func pauseKilled(runtime: RuntimeKind) throws {
      try Self.with(runtime) { world, network in
        try world.create(BridgeTests.server("hostPort: 8080"))
        try world.waitUntilRunning()
        let before = try world.addresses()
        try world.pause().signal(SIGKILL)
        let url = BridgeTests.url(TestNetwork.hostAddresses[0], 8080)
        try world.wait(for: "another address, and an answer") {
          let now = try world.addresses()
          return try now.count == 1 && now != before
            && TestNetwork.fetch(url, in: network.world) != nil
        }
        #expect(try !network.rules().contains(before[0]))
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
        try Self.expectNothingLeft(world, network)
      }
    }

    @Test("What a plugin did not take away goes with the next pod", arguments: RuntimeKind.all)
    func leftovers(runtime: RuntimeKind) throws {
      try Self.with(runtime) { world, network in
        // portmap cannot say that it found nothing to take away: its program fails for a while.
        let (broken, programs) = (world.folder + "/broken", world.folder + "/programs")
        try Files.makeDirectories(programs)
        try Files.writeText(
          """
          #!/bin/sh
          case "$*" in *CNI-DN-*|*CNI-HOSTPORT-*) test ! -e \(broken) || exit 4 ;; esac
          exec /usr/sbin/iptables "$@"
          """, to: programs + "/iptables")
        chmod(programs + "/iptables", 0o755)
        world.environment.append("PATH=\(programs):/usr/sbin:/usr/bin:/sbin:/bin")
        try world.create(BridgeTests.server("hostPort: 8080"), named: "first")
        try world.waitUntilRunning("first")
        try Files.writeText("", to: broken)
        try world.podshim("delete", "pod", "first")
        #expect(try Files.list(world.root + "/network-leftovers").count == 1)
        #expect(try network.rules().contains("dnat"))
        try Files.remove(broken)
        try world.create(Spec.shell(Spec.idle), named: "second")
        try world.waitUntilRunning("second")
        try world.podshim("delete", "pod", "second")
        try world.expectNoTraces()
        try Self.expectNothingLeft(world, network)
      }
    }

    @Test("Nothing is left when all of ours are killed on the way", arguments: RuntimeKind.all)
    func killed(runtime: RuntimeKind) throws {
      try Self.with(runtime) { world, network in
        let server = BridgeTests.server("hostPort: 8080")
        try world.killOnTheWay(server, after: [5, 20, 40, 60, 80, 120]) { when in
          try Self.expectNothingLeft(world, network, when)
        }
      }
    }
  }
}
