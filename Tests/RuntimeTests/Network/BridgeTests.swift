import Glibc
import PodModel
import Testing

@testable import PodShim

extension Pods {
  @Suite("Pods on our own bridge")
  struct BridgeTests {
    /// Answers with the address of who asks; `$PORT` of the host leads to it when that is said.
    static func server(_ port: String = "") -> String {
      Spec.shell(
        """
        mkdir -p /www/cgi-bin
        printf '#!/bin/sh\\necho; echo "$REMOTE_ADDR" | sed "s/::ffff://; s/[][]//g"\\n' \\
          > /www/cgi-bin/who
        chmod +x /www/cgi-bin/who
        trap 'exit 0' TERM
        httpd -f -p 80 -h /www & wait
        """,
        container: """
          env: [{name: IPS, valueFrom: {fieldRef: {fieldPath: status.podIPs}}}]
          \(port.isEmpty ? "" : "ports: [{containerPort: 80, \(port)}]")
          """)
    }

    static func url(_ address: String, _ port: Int = 80) -> String {
      "http://\(address.contains(":") ? "[\(address)]" : address):\(port)/cgi-bin/who"
    }

    @Test("They reach each other, and know their addresses", arguments: RuntimeKind.all)
    func together(runtime: RuntimeKind) throws {
      let network = try TestNetwork()
      try PodFixture.with(runtime, network: network) { world in
        try world.create(Self.server(), named: "one")
        try world.create(Self.server(), named: "two")
        try world.waitUntilRunning("one")
        try world.waitUntilRunning("two")
        let (one, two) = (try world.addresses(of: "one"), try world.addresses(of: "two"))
        #expect(one.count == 2 && two.count == 2 && Set(one + two).count == 4)
        for (mine, other) in zip(one, two) {
          try world.wait(for: "an answer of \(other)") {
            try world.ask(Self.url(other), in: "one") == mine
          }
          // The host is no stranger either.
          #expect(try TestNetwork.fetch(Self.url(other), in: network.host) != nil)
        }
        #expect(
          try world.exec("one", in: "main", "sh", "-c", "echo $IPS")
            == "\(one.joined(separator: ","))\n")
        let hosts = try world.exec("one", in: "main", "cat", "/etc/hosts")
        for address in one { #expect(hosts.contains("\(address)\tone\n")) }
        #expect(try world.events(of: "one").contains { $0.contains("Network mode bridge") })
        try world.podshim("delete", "pod", "one", "two")
        try world.expectNoTraces()
        try world.expectNoNetwork()
      }
    }

    @Test("A host port shows a client of the world by its address", arguments: RuntimeKind.all)
    func hostPorts(runtime: RuntimeKind) throws {
      let network = try TestNetwork()
      try PodFixture.with(runtime, network: network) { world in
        try world.create(Self.server("hostPort: 8080"), named: "any")
        let own = TestNetwork.hostAddresses[0]
        try world.create(Self.server("hostPort: 8081, hostIP: \(own)"), named: "one")
        try world.waitUntilRunning("any")
        try world.waitUntilRunning("one")
        for (address, client) in zip(TestNetwork.hostAddresses, TestNetwork.worldAddresses) {
          try world.wait(for: "an answer at \(address)") {
            try TestNetwork.fetch(Self.url(address, 8080), in: network.world) == "\(client)\n"
          }
        }
        try world.wait(for: "an answer of the other") {
          try TestNetwork.fetch(Self.url(own, 8081), in: network.world)
            == "\(TestNetwork.worldAddresses[0])\n"
        }
        // For the host itself the forwarder answers, and only where it was asked for.
        #expect(try TestNetwork.fetch(Self.url("127.0.0.1", 8080), in: network.host) != nil)
        #expect(try TestNetwork.fetch(Self.url("127.0.0.1", 8081), in: network.host) == nil)
        // Pods use it too, each other's and their own.
        for pod in ["any", "one"] {
          try world.wait(for: "an answer to `\(pod)`") {
            try world.ask(Self.url(own, 8080), in: pod) != nil
          }
        }
        try world.podshim("delete", "pod", "any")
        #expect(try TestNetwork.fetch(Self.url(own, 8080), in: network.world) == nil)
        #expect(try TestNetwork.fetch(Self.url(own, 8081), in: network.world) != nil)
        try world.podshim("delete", "pod", "one")
        try world.expectNoTraces()
        try world.expectNoNetwork()
      }
    }

    @Test("The world sees what they send as the host's", arguments: RuntimeKind.all)
    func masquerade(runtime: RuntimeKind) throws {
      let network = try TestNetwork()
      let server = try EchoServer(in: network.world, port: 8000)
      try PodFixture.with(runtime, network: network) { world in
        try world.create(Spec.shell(Spec.idle))
        try world.waitUntilRunning()
        for (address, host) in zip(TestNetwork.worldAddresses, TestNetwork.hostAddresses) {
          #expect(try world.ask(Self.url(address, 8000), in: "pod") == host)
        }
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
        try world.expectNoNetwork()
      }
      withExtendedLifetime(server) {}
    }

    @Test(
      "Who did not ask for the bridge does without where it cannot be", arguments: RuntimeKind.all)
    func fallingBack(runtime: RuntimeKind) throws {
      let network = try TestNetwork()
      try PodFixture.with(runtime, network: network) { world in
        let programs = world.folder + "/programs"
        try Files.makeDirectories(programs)
        try Files.writeText(
          "#!/bin/sh\necho no kernel for this >&2\nexit 1\n", to: programs + "/nft")
        chmod(programs + "/nft", 0o755)
        world.environment = [
          "PATH=\(programs):/usr/sbin:/usr/bin:/sbin:/bin", "PODSHIM_NETWORK=auto",
          "PODSHIM_CNI_CONF_DIR=\(programs)/none",
        ]
        try world.create(Self.server("hostPort: 8080"))
        let url = Self.url(TestNetwork.hostAddresses[0], 8080)
        try world.wait(for: "an answer of the forwarder") {
          try TestNetwork.fetch(url, in: network.world) != nil
        }
        #expect(
          try world.events().contains {
            $0.contains("Network mode none") && $0.contains("`nft`: no kernel for this")
          })
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
        try world.expectNoNetwork()
      }
    }

    @Test("A port that another pod has is refused with its name", arguments: RuntimeKind.all)
    func taken(runtime: RuntimeKind) throws {
      let network = try TestNetwork()
      try PodFixture.with(runtime, network: network) { world in
        try world.create(Self.server("hostPort: 8080"), named: "first")
        try world.waitUntilRunning("first")
        try world.create(Self.server("hostPort: 8080"), named: "second")
        try world.wait(for: "a word of who has the port") {
          try world.events(of: "second").contains {
            $0.contains("FailedCreatePodSandBox") && $0.contains("pod `default/first`")
          }
        }
      }
    }

    @Test(
      "Nothing is left when supervisor and keeper are killed on the way", arguments: RuntimeKind.all
    )
    func killed(runtime: RuntimeKind) throws {
      let network = try TestNetwork()
      try PodFixture.with(runtime, network: network) { world in
        let server = Self.server("hostPort: 8080")
        try world.killOnTheWay(server, after: [0, 4, 8, 12, 16, 24]) { when in
          try world.expectNoNetwork(when)
        }
      }
    }

    @Test("A pod keeps its addresses when its supervisor is killed", arguments: RuntimeKind.all)
    func supervisorKilled(runtime: RuntimeKind) throws {
      let network = try TestNetwork()
      try PodFixture.with(runtime, network: network) { world in
        try world.create(Self.server())
        try world.waitUntilRunning()
        let before = try world.addresses()
        let supervisor = try world.supervisor()
        try supervisor.signal(SIGKILL)
        try world.wait(for: "the next supervisor") { try world.supervisor() != supervisor }
        try world.wait(for: "an answer") {
          try TestNetwork.fetch(Self.url(before[0]), in: network.host) != nil
        }
        #expect(try world.addresses() == before)
        // A sandbox that is lost is made again, with a network.
        try world.pause().signal(SIGKILL)
        try world.wait(untilReported: ["SandboxChanged"])
        try world.wait(for: "an answer of the next one") {
          let now = try world.addresses()
          return try TestNetwork.fetch(Self.url(now[0]), in: network.host) != nil
        }
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
        try world.expectNoNetwork()
      }
    }
  }
}
