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

    static func create(_ name: String, _ world: PodFixture) throws {
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
        try Self.create("nginx", world)
        try world.waitUntilRunning("nginx")
        #expect(try world.cell("READY", of: "nginx") == "2/2")
        let attach = world.program(["attach", "-it", "nginx", "-c", "shell"])
        let session = try Dialogue(attach, onTerminal: true)
        try session.expect("If you don't see a command prompt, try pressing enter.\r\n")
        try session.type("\r")
        try session.expect("/ # ")
        try session.type("ps\r")
        // Debian's busybox shows no times.
        try session.expect("PID   USER     COMMAND\r\n    1 root     /pause\r\n")
        try session.expect("/ # ")
        for process in [
          " root     nginx: master process nginx -g daemon off;", " 101      nginx: worker process",
          " root     sh",
        ] {
          #expect(session.text.contains(process + "\r\n"), "\(session.text)")
        }
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

    @Test("kubia-manual: logs and port are as on the page", arguments: RuntimeKind.all)
    func kubia(runtime: RuntimeKind) throws {
      try Self.with(runtime, images: ["kubia"]) { world in
        try Self.create("kubia-manual", world)
        try world.wait(
          untilLogged: "Kubia server starting...\n", by: "kubia", of: "kubia-manual")
        #expect(try world.podshim("logs", "kubia-manual") == "Kubia server starting...\n")
        try world.wait(for: "the answer") {
          try world.fetch("http://localhost:8080/", inside: "kubia-manual")
            == "You've hit kubia-manual\n"
        }
        try world.podshim("delete", "-f", "\(TestHost.checkout)/fixtures/seeds/kubia-manual.yaml")
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
        for (seed, path, text) in [
          ("pod-mount-configmap", "/config/config", "I am a coder.\nMy blog is didispace.com.\n"),
          ("pod-mount-secret", "/secret/name", "zhangyu"),
        ] {
          try Self.create(seed, world)
          try world.wait(for: "the container") {
            try world.run(["exec", seed, "--", "true"]).succeeded
          }
          #expect(try world.podshim("exec", seed, "--", "cat", path) == text)
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
