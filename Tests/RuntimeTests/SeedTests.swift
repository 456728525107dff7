import Glibc
import PodModel
import Testing

@testable import PodShim

/// The manifests of `fixtures/seeds/`, which people wrote for a cluster, as they are. Their images
/// are pulled from a registry, the mirror of docker.io, with real servers in them: `make seeds`
/// makes these first.
extension Pods {
  @Suite("The seeds do what their pages say, unmodified")
  struct SeedTests {
    static func with(
      _ runtime: RuntimeKind, images: [String], preparation: String? = nil,
      _ body: (PodFixture) throws -> Void
    ) throws {
      try PodFixture.with(runtime, images: [], preparation: preparation) { world in
        try world.beginWithoutImages()
        let registry = try TestRegistry(in: world, with: images)
        try body(world)
        try registry.end()
        try world.expectNoTraces()
      }
    }

    @discardableResult
    static func create(_ name: String, _ world: PodFixture) throws -> String {
      try world.podshim("create", "-f", "\(TestHost.checkout)/fixtures/seeds/\(name).yaml")
    }

    @Test("two-containers: nginx serves what the other wrote to /data", arguments: RuntimeKind.all)
    func twoContainers(runtime: RuntimeKind) throws {
      // The host's own /data is left alone.
      let wasThere = Files.exists("/data")
      let empty = "mkdir -p /data && mount -t tmpfs -o size=1m none /data"
      let images = ["nginx", "debian"]
      try Self.with(runtime, images: images, preparation: empty) { world in
        world.atEnd { if !wasThere { rmdir("/data") } }
        try Self.create("two-containers", world)
        let end = try world.end(of: "debian-container", of: "two-containers")
        #expect(end.exitCode == 0)
        try world.wait(for: "the page") {
          try world.fetch("http://localhost/", inside: "two-containers")
            == "Hello from the debian container\n"
        }
        #expect(try world.cell("READY", of: "two-containers") == "1/2")
        #expect(try world.status("two-containers").phase == .running)
        try world.podshim("delete", "pod", "two-containers")
      }
    }

    @Test(
      "nginx: the shell sees /pause and the processes of its neighbour", arguments: RuntimeKind.all)
    func sharedProcesses(runtime: RuntimeKind) throws {
      try Self.with(runtime, images: ["nginx", "busybox"]) { world in
        #expect(try Self.create("nginx", world) == "pod/nginx created\n")
        try world.waitUntilRunning("nginx")
        // The page's pod is 8m53s old.
        let table = try world.podshim("get", "pods").split(separator: "\n")
        #expect(table.map { String($0.prefix(37)) } == SeedPage.pods)
        let attach = world.program(["attach", "-it", "nginx", "-c", "shell"])
        let session = try Dialogue(attach, onTerminal: true)
        try session.expect("If you don't see a command prompt, try pressing enter.\r\n")
        try session.type("\r")
        try session.expect("/ # ")
        try session.type("ls\r")
        try session.expect("var\r\n/ # ")
        try session.type("ps\r")
        try session.expect("ps} sh\r\n/ # ")
        let seen = SeedPage.lines(of: session).map(SeedPage.process)
        let page = SeedPage.attached.map(SeedPage.process)
        // Which container is first is chance, but after pause.
        #expect(seen.prefix(6) == page.prefix(6))
        #expect(seen.sorted() == page.sorted())
        try session.type("\u{10}\u{11}")
        #expect(try session.end() == .exited(0))
        // An interactive shell does not listen to SIGTERM.
        try world.podshim("delete", "pod", "nginx", "--grace-period=1")
      }
    }

    @Test(
      "javaweb-2: the copied war is served on port 8001 of the host", arguments: RuntimeKind.all)
    func javaWeb(runtime: RuntimeKind) throws {
      try Self.with(runtime, images: ["sample", "tomcat"]) { world in
        try Self.create("javaweb-2", world)
        let page = "http://localhost:8001/sample/"
        try world.wait(for: "Tomcat to serve the war", within: .seconds(60)) {
          try world.fetch(page)?.contains("Hello from the sample war") == true
        }
        #expect(try world.fetch(page + "sum.jsp")?.contains("6 times 7 is 42") == true)
        #expect(try world.container("war", of: "javaweb-2").state?.terminated?.exitCode == 0)
        try world.podshim("delete", "pod", "javaweb-2")
        #expect(try world.fetch(page) == nil)
      }
    }

    @Test("kubia-manual: every command of the page", arguments: RuntimeKind.all)
    func kubia(runtime: RuntimeKind) throws {
      try Self.with(runtime, images: ["kubia"]) { world in
        #expect(try Self.create("kubia-manual", world) == "pod/kubia-manual created\n")
        try world.wait(
          untilLogged: "Kubia server starting...\n", by: "kubia", of: "kubia-manual")
        #expect(try world.podshim("get", "pod", "-o", "yaml").contains("  kind: Pod\n"))
        #expect(try world.podshim("get", "pod", "-o", "json").contains("\"kind\": \"Pod\""))
        #expect(try world.podshim("logs", "kubia-manual") == "Kubia server starting...\n")
        #expect(
          try world.podshim("logs", "kubia-manual", "-c", "kubia") == "Kubia server starting...\n")
        let forward = try Dialogue(world.program(["port-forward", "kubia-manual", "8888:8080"]))
        try forward.expect("Forwarding from 127.0.0.1:8888 -> 8080\n")
        #expect(try world.fetch("http://localhost:8888") == "You've hit kubia-manual\n")
        try forward.expect("Handling connection for 8888\n")
        try forward.signal(SIGINT)
        #expect(try forward.end() == .exited(0))
        try world.podshim("delete", "-f", "\(TestHost.checkout)/fixtures/seeds/kubia-manual.yaml")
      }
    }

    @Test("lifecycle-demo: both hooks do their work", arguments: RuntimeKind.all)
    func hooks(runtime: RuntimeKind) throws {
      try Self.with(runtime, images: ["nginx"]) { world in
        try Self.create("lifecycle-demo", world)
        try world.waitUntilRunning("lifecycle-demo")
        #expect(
          try world.podshim("exec", "lifecycle-demo", "--", "cat", "/usr/share/message")
            == "Hello from the postStart handler\n")
        // Its own word, not the runtime's: that has no process in the pod to come from.
        let logs = try Dialogue(world.program(["logs", "-f", "lifecycle-demo"]))
        try world.podshim("delete", "pod", "lifecycle-demo", "--wait=false")
        try logs.expect("(SIGQUIT) received from ")
        try logs.expect("gracefully shutting down")
        #expect(try logs.end() == .exited(0))
        try world.podshim("wait", "pod", "lifecycle-demo", "--for=delete")
      }
    }

    @Test("explain: what it prints has the page's lines")
    func explain() throws {
      for (words, page) in [("pod", SeedPage.pod), ("pod.apiVersion", SeedPage.version)] {
        let program = Program(try TestHost.shared.get().binary, ["podshim", "explain", words])
        let text = try program.run(timeout: .seconds(5)).outputText
        #expect(SeedPage.frame(text) == SeedPage.frame(page))
      }
    }

    @Test("website: nginx serves its own page", arguments: RuntimeKind.all)
    func website(runtime: RuntimeKind) throws {
      try Self.with(runtime, images: ["nginx"]) { world in
        try Self.create("website", world)
        try world.wait(for: "the page") {
          try world.fetch("http://localhost/", inside: "website")?.contains("nginx") == true
        }
        try world.podshim("delete", "pod", "website")
      }
    }

    @Test("pods that mount a ConfigMap and a Secret read their keys", arguments: RuntimeKind.all)
    func mounted(runtime: RuntimeKind) throws {
      try Self.with(runtime, images: ["alpine"]) { world in
        for (seed, typed, page) in SeedPage.mounted {
          try Self.create(seed, world)
          try world.waitUntilRunning(seed)
          let shell = world.program(["exec", "-it", seed, "--", "sh"])
          let session = try Dialogue(shell, onTerminal: true)
          for (prompt, line) in typed {
            try session.expect(prompt)
            try session.type(line + "\r")
          }
          try session.expect(" # ")
          // The page begins where its shell was then.
          #expect(SeedPage.lines(of: session).suffix(page.count) == page[...])
          try session.type("exit\r")
          #expect(try session.end() == .exited(0))
          try world.podshim(
            "delete", "-f", "\(TestHost.checkout)/fixtures/seeds/\(seed).yaml", "--now")
        }
      }
    }

    @Test("allow-database: website gets its variable and its volume", arguments: RuntimeKind.all)
    func preset(runtime: RuntimeKind) throws {
      try Self.with(runtime, images: ["nginx"]) { world in
        try Self.create("allow-database", world)
        try Self.create("website", world)
        try world.wait(for: "the container") {
          try world.run(["exec", "website", "--", "true"]).succeeded
        }
        let seen = try world.podshim(
          "exec", "website", "--", "sh", "-c", "echo $DB_PORT; touch /cache/file && ls /cache")
        #expect(seen == "6379\nfile\n")
        try world.podshim("delete", "pod", "website")
        try world.podshim("delete", "podpreset", "allow-database")
      }
    }
  }
}
