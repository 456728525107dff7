import PodModel
import Testing

@testable import PodShim

/// What containers run at the edges of their lives.
extension Lives {
  @Suite("Hooks run when they should, and cost what they may")
  struct HookTests {
    /// A web server that writes down what it is asked for, and how it ends itself.
    static let server = """
      mkdir -p /tmp/www/cgi-bin
      printf '#!/bin/sh\\necho "$QUERY_STRING" >> /out/log\\nprintf "\\\\r\\\\n"\\n' \
      > /tmp/www/cgi-bin/note
      chmod +x /tmp/www/cgi-bin/note; httpd -p 8080 -h /tmp/www; \(Spec.ends("server"))
      """

    /// The same for HTTPS, with the certificate at /out.
    static let secureServer = """
      cat > /tmp/nginx.conf <<'END'
      user root; daemon off; pid /tmp/nginx.pid; error_log /dev/stderr; events {}
      http {
        log_format asked '$args';
        server {
          listen 127.0.0.1:8080 ssl;
          ssl_certificate /out/certificate; ssl_certificate_key /out/key;
          access_log /out/log asked;
          location / { return 200 "well"; }
        }
      }
      END
      exec nginx -c /tmp/nginx.conf
      """

    static func asking(_ name: String, _ scheme: String = "HTTP") -> String {
      func get(_ hook: String) -> String {
        "{httpGet: {path: \"/cgi-bin/note?\(name)-\(hook)\", port: 8080, scheme: \(scheme)}}"
      }
      return "lifecycle: {postStart: \(get("start")), preStop: \(get("stop"))}"
    }

    static func running(_ name: String) -> String {
      func exec(_ hook: String) -> String {
        "{exec: {command: [sh, -c, \"echo \(name)-\(hook) >> /out/log\"]}}"
      }
      return "lifecycle: {postStart: \(exec("start")), preStop: \(exec("stop"))}"
    }

    @Test("Commands and requests, of apps and of sidecars", arguments: RuntimeKind.all)
    func handlers(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let row = [
          Spec.sidecar(
            "server", Self.server,
            "startupProbe: {tcpSocket: {port: 8080}, periodSeconds: 1, failureThreshold: 20}"),
          Spec.sidecar("aid", Spec.ends("aid"), Self.running("aid")),
          Spec.sidecar("asker", Spec.ends("asker"), Self.asking("asker")),
        ]
        let apps = [
          Spec.container("main", Spec.ends("main"), Self.running("main")),
          Spec.container("web", Spec.ends("web"), Self.asking("web")),
        ]
        try world.create(Spec.pod(initial: row, apps, out: world.out(), grace: 20))
        try world.waitUntilRunning()
        try world.wait(for: "the last hook") { world.words().contains("web-start") }
        #expect(world.words() == ["aid-start", "asker-start", "main-start", "web-start"])
        try world.delete(["pod"])
        let words = world.words()
        for name in ["aid", "asker", "main", "web"] {
          #expect(words.filter { $0 == "\(name)-stop" }.count == 1, "\(words)")
        }
        // All hooks at once, then the signals in order.
        let ends = words.filter { $0.hasSuffix(" ends") }
        #expect(Set(ends.prefix(2)) == ["main ends", "web ends"], "\(words)")
        #expect(ends.dropFirst(2) == ["asker ends", "aid ends", "server ends"], "\(words)")
        try world.expectNoTraces()
      }
    }

    @Test("HTTPS servers as well, whoever signed for them", arguments: RuntimeKind.all)
    func secure(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["busybox", "nginx"]) { world in
        try Files.makeDirectories(world.out())
        let script = TestHost.checkout + "/Tests/certificate"
        let made = try Program(script, [script, world.out()]).run(timeout: .seconds(20))
        try #require(made.succeeded, "\(made.errorText)")
        let server = Spec.sidecar(
          "server", Self.secureServer,
          "startupProbe: {tcpSocket: {port: 8080}, periodSeconds: 1, failureThreshold: 20}"
        ).replacing("image: busybox", with: "image: nginx")
        let asker = Spec.sidecar("asker", Spec.idle, Self.asking("asker", "HTTPS"))
        let web = Spec.container("web", Spec.idle, Self.asking("web", "HTTPS"))
        try world.create(Spec.pod(initial: [server, asker], [web], out: world.out(), grace: 20))
        try world.waitUntilRunning()
        try world.wait(for: "the last hook") { world.words().contains("web-start") }
        #expect(world.words() == ["asker-start", "web-start"])
        try world.delete(["pod"])
        #expect(Set(world.words().dropFirst(2)) == ["asker-stop", "web-stop"])
      }
    }

    @Test("postStart runs beside its container and before the next", arguments: RuntimeKind.all)
    func postStart(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let hook = "sleep 1; echo hook >> /out/log"
        let first = Spec.container(
          "first", "echo first >> /out/log; \(Spec.idle)",
          "lifecycle: {postStart: {exec: {command: [sh, -c, \"\(hook)\"]}}}")
        let second = Spec.container("second", "echo second >> /out/log; \(Spec.idle)")
        let load = Spec.container("load", "sleep 0.2; echo load >> /out/log")
        try world.create(Spec.pod(initial: [load], [first, second], out: world.out()))
        let poor = "lifecycle: {postStart: {exec: {command: [\"false\"]}}}"
        let sad = "trap 'exit 3' TERM; sleep 1000 & wait"
        for policy in ["Always", "Never"] {
          try world.create(
            Spec.pod("restartPolicy: \(policy)", [Spec.container("main", sad, poor)]),
            named: policy.lowercased())
        }
        try world.waitUntilRunning()
        try world.wait(for: "the second word") { world.words().count == 4 }
        #expect(world.words() == ["load", "first", "hook", "second"])
        try world.wait(untilReported: ["FailedPostStartHook"], of: "always")
        try world.wait(untilRestarted: ["main"], of: "always")
        try world.wait(until: .failed, "never")
        #expect(try world.restarts(of: "main", of: "never") == 0)
      }
    }

    @Test("preStop is part of the grace, and not for a natural end", arguments: RuntimeKind.all)
    func preStop(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        func pod(_ script: String, _ hook: String, _ more: String = "", grace: Int) -> String {
          Spec.pod(
            more, [Spec.container("main", script, "lifecycle: {preStop: {\(hook)}}")], grace: grace)
        }
        try world.create(
          pod("sleep 0.5", "sleep: {seconds: 30}", "restartPolicy: Never", grace: 60),
          named: "natural")
        try world.create(pod(Spec.idle, "sleep: {seconds: 2}", grace: 30), named: "sleeps")
        try world.create(pod(Spec.idle, "sleep: {seconds: 0}", grace: 30), named: "at-once")
        try world.create(pod(Spec.deaf, "sleep: {seconds: 50}", grace: 60), named: "long")
        let loop = "exec: {command: [sh, -c, \"while true; do sleep 1; done\"]}"
        try world.create(pod(Spec.idle, loop, grace: 60), named: "loops")
        try world.wait(until: .succeeded, "natural", within: .seconds(8))
        for name in ["sleeps", "at-once", "long", "loops"] { try world.waitUntilRunning(name) }
        let soon = try world.delete(["at-once"])
        #expect(soon < .seconds(4), "\(soon)")
        let begun = Clock.boot()
        try world.podshim("delete", "pod", "long", "loops", "--grace-period=3", "--wait=false")
        let short = try world.delete(["sleeps"])
        #expect(short >= .seconds(2) && short < .seconds(8), "\(short)")
        #expect(try world.status("loops").phase == .running)
        try world.wait(for: "the last two to go") {
          try world.podshim("get", "pods", "-o", "name") == "pod/natural\n"
        }
        let cut = Clock.boot() - begun
        #expect(cut >= .seconds(3) && cut < .seconds(10), "\(cut)")
      }
    }

    @Test("Hooks of sidecars that never end are cut off together", arguments: RuntimeKind.all)
    func endless(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let hook = "lifecycle: {preStop: {exec: {command: [sh, -c, \"sleep 1000\"]}}}"
        let row = ["one", "two", "three"].map { Spec.sidecar($0, Spec.deaf, hook) }
        try world.create(Spec.pod(initial: row, [Spec.container("main", Spec.idle)], grace: 2))
        try world.waitUntilRunning()
        let time = try world.delete(["pod"])
        #expect(time >= .seconds(4) && time < .seconds(9), "\(time)")
        try world.expectNoTraces()
      }
    }
  }
}
