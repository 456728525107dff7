import Testing

@testable import PodShim

/// The pods under `fixtures/pods` that show how containers of one pod work together, with real
/// servers in them: `make seeds` makes their images first.
extension Pods {
  @Suite("The patterns of pods work with real servers")
  struct PatternTests {
    /// Pods reach each other by podshim's own bridge, in a network of the test.
    static func with(
      _ runtime: RuntimeKind, images: [String], _ body: (PodFixture, TestNetwork) throws -> Void
    ) throws {
      let network = try TestNetwork()
      try PodFixture.with(runtime, images: images, network: network) { world in
        world.environment.append("PODSHIM_NETWORK=bridge")
        try body(world, network)
      }
    }

    /// `create` or `delete` what is under those names.
    static func podshim(_ verb: String, _ names: String..., in world: PodFixture) throws {
      let folders = names.map { "\(TestHost.checkout)/fixtures/pods/\($0)/" }
      let files = folders.flatMap { [$0 + "objects.yaml", $0 + "pod.yaml"] }.filter(Files.exists)
      try world.podshim([verb] + files.flatMap { ["-f", $0] })
    }

    static func url(_ path: String) -> String { "http://\(TestNetwork.hostAddresses[0])\(path)" }

    @Test("A sidecar ships the log of a server behind a port", arguments: RuntimeKind.all)
    func logShipper(runtime: RuntimeKind) throws {
      try Self.with(runtime, images: ["nginx", "busybox"]) { world, network in
        try Self.podshim("create", "log-shipper", in: world)
        try world.wait(for: "`web` to be ready") { try world.isReady("web") }
        let page = try TestNetwork.fetch(Self.url(":8080/asked-by-the-test"), in: network.world)
        #expect(page?.contains("404 Not Found") == true)
        try world.wait(for: "the line of the log") {
          try world.podshim("logs", "web", "-c", "shipper").contains(
            "\(TestNetwork.worldAddresses[0]) - - ")
        }
        let log = try world.podshim("logs", "web", "-c", "shipper")
        #expect(log.contains("\"GET /asked-by-the-test HTTP/1.1\" 404"))
        try Self.podshim("delete", "log-shipper", in: world)
        try world.expectNoTraces()
      }
    }

    @Test("An adapter says in another form what a server tells", arguments: RuntimeKind.all)
    func adapter(runtime: RuntimeKind) throws {
      try Self.with(runtime, images: ["nginx", "busybox"]) { world, network in
        try Self.podshim("create", "metrics-adapter", in: world)
        try world.wait(for: "`web-with-metrics` to be ready") {
          try world.isReady("web-with-metrics")
        }
        let address = try world.addresses(of: "web-with-metrics")[0]
        let metrics = try TestNetwork.fetch(
          "http://\(address):9113/cgi-bin/metrics", in: network.host)
        #expect(metrics?.contains("nginx_connections_active 1\n") == true)
        // The server itself listens where only the pod comes.
        #expect(try TestNetwork.fetch("http://\(address):8081/status", in: network.host) == nil)
        try Self.podshim("delete", "metrics-adapter", in: world)
        try world.expectNoTraces()
      }
    }

    @Test("An ambassador leads from localhost to another pod", arguments: RuntimeKind.all)
    func ambassador(runtime: RuntimeKind) throws {
      try Self.with(runtime, images: ["nginx", "redis"]) { world, _ in
        try Self.podshim("create", "redis", in: world)
        try world.wait(for: "`redis-primary` to be ready") { try world.isReady("redis-primary") }
        try Self.podshim("create", "redis-ambassador", in: world)
        try world.wait(untilLogged: "visit 2\n", by: "counter", of: "visits")
        let count = try world.exec("redis-primary", in: "redis", "redis-cli", "get", "visits")
        #expect((Int(count.split(separator: "\n")[0]) ?? 0) >= 2)
        try Self.podshim("delete", "redis-ambassador", "redis", in: world)
        try world.expectNoTraces()
      }
    }
  }
}
