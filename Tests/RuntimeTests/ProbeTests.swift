import PodModel
import Testing

@testable import PodShim

/// Probes of every kind against containers that pass and that fail, as apps and as sidecars. The
/// periods are a second long where upstream has ten: what follows from an answer is the same.
extension Lives {
  @Suite("Probes ask, and what they learn has its consequence")
  struct ProbeTests {
    enum Role: String, CaseIterable, CustomTestStringConvertible, Sendable {
      case app, sidecar
      var testDescription: String { rawValue }

      func container(_ name: String, _ script: String, _ more: String) -> String {
        self == .app
          ? Spec.container(name, script, more) : Spec.sidecar(name, script, more)
      }

      /// A pod of such containers; sidecars serve an app that needs nothing.
      func pod(_ containers: [String], grace: Int = 2) -> String {
        self == .app
          ? Spec.pod("", containers, grace: grace)
          : Spec.pod(initial: containers, [Spec.container("main", Spec.idle)], grace: grace)
      }
    }

    static func probe(_ kind: String, _ action: String, _ more: String = "failureThreshold: 1")
      -> String
    {
      "\(kind)Probe: {\(action), periodSeconds: 1, initialDelaySeconds: 1, \(more)}"
    }

    static func exec(_ words: String) -> String { "exec: {command: [\(words)]}" }
    static func get(_ path: String) -> String { "httpGet: {path: \(path), port: 8080}" }

    /// A web server with a page, and with two that lead away.
    static let server = """
      mkdir -p /tmp/www/cgi-bin; cd /tmp/www; echo well > well
      for to in 127.0.0.1:8080/ill 0.0.0.0/; do
      printf '#!/bin/sh\\nprintf "Status: 302 Found\\\\r\\\\nLocation: http://%s\\\\r\\\\n\\\\r\\\\nFound"\\n' \
      $to > cgi-bin/${to%%[:/]*}; done
      chmod +x cgi-bin/*; httpd -p 8080 -h /tmp/www; \(Spec.idle)
      """

    /// Containers of one pod, which have one network: the first serves them all.
    static func containers(_ role: Role) -> (passing: [String], failing: [String], pod: String) {
      let failing = [
        "command": exec("cat, /tmp/never"),
        "late": exec("sleep, \"10\""),
        "forks": exec("sh, -c, \"sleep 10 & exit 1\""),
        "page": get("/ill"),
        "redirect": get("/cgi-bin/127.0.0.1"),
        "port": "tcpSocket: {port: 1}",
        "grpc": "grpc: {port: 1}",
      ]
      let passing = [
        "good-command": exec("\"true\""), "good-page": get("/well"),
        "good-port": "tcpSocket: {port: 8080}", "away": get("/cgi-bin/0.0.0.0"),
      ]
      var all = [
        role.container(
          "server", server, probe("startup", "tcpSocket: {port: 8080}", "failureThreshold: 20"))
      ]
      for (name, action) in passing.merging(failing, uniquingKeysWith: { first, _ in first }) {
        all.append(role.container(name, Spec.idle, probe("liveness", action)))
      }
      return (passing.keys.sorted() + ["server"], failing.keys.sorted(), role.pod(all))
    }

    @Test("A failed liveness probe restarts, and no other does", arguments: RuntimeKind.all)
    func liveness(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        for role in Role.allCases {
          try world.create(Self.containers(role).pod, named: role.rawValue)
        }
        for role in Role.allCases {
          let (passing, failing, _) = Self.containers(role)
          let pod = role.rawValue
          try world.wait(untilRestarted: failing, of: pod)
          for name in passing {
            #expect(try world.restarts(of: name, of: pod) == 0, "\(name) of \(pod)")
            #expect(try world.container(name, of: pod).state?.running != nil)
          }
          for words in [
            ["Unhealthy", "HTTP probe failed with statuscode: 404"],
            ["ProbeWarning", "Probe terminated redirects"],
            ["Killing", "Container page failed liveness probe, will be restarted"],
          ] { try world.wait(untilReported: words, of: pod) }
        }
      }
    }

    /// A gRPC server that says `SERVING` to everybody, in frames that need not be put together, and
    /// leaves a word for each.
    static let health = #"""
      cat > /tmp/serve <<'END'
      #!/bin/sh
      head -c 24 > /dev/null
      printf '\0\0\0\4\0\0\0\0\0\0\0\0\4\1\0\0\0\0'
      sleep 0.2
      printf '\0\0\40\1\4\0\0\0\1\210\0\14content-type\20application/grpc'
      printf '\0\0\7\0\0\0\0\0\1\0\0\0\0\2\10\1'
      printf '\0\0\17\1\5\0\0\0\1\0\13grpc-status\1\60'
      echo asked >> /out/log
      cat > /dev/null
      END
      chmod +x /tmp/serve; trap 'exit 0' TERM; nc -ll -p 5000 -e /tmp/serve & wait
      """#

    @Test("A gRPC service that serves is alive and ready", arguments: RuntimeKind.all)
    func grpc(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let action = "grpc: {port: 5000}"
        let both = ["liveness", "readiness"].map { Self.probe($0, action) }
        try world.create(
          Spec.pod(
            "", [Spec.container("main", Self.health, both.joined(separator: "\n"))],
            out: world.out()))
        try world.wait(for: "it to be ready") { try world.isReady() }
        try world.wait(for: "six questions") { world.words().count >= 6 }
        #expect(try world.restarts(of: "main") == 0)
        #expect(try !world.events().contains { $0.contains("Unhealthy") })
      }
    }

    @Test("Readiness changes nothing but the status", arguments: RuntimeKind.all)
    func readiness(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let closed = Self.probe("readiness", "tcpSocket: {port: 1}")
        let late = Self.probe("readiness", Self.exec("sleep, \"10\""))
        let delayed = "readinessProbe: {\(Self.exec("\"true\"")), initialDelaySeconds: 3}"
        for role in Role.allCases {
          try world.create(
            role.pod([
              role.container("closed", Spec.idle, closed),
              role.container("late", Spec.idle, late),
            ]), named: "\(role)-never")
          try world.create(
            role.pod([role.container("tested", Spec.idle, delayed)]), named: "\(role)-delayed")
        }
        let begun = Clock.boot()
        try world.wait(for: "the last one to be ready") { try world.isReady("sidecar-delayed") }
        let time = Clock.boot() - begun
        #expect(time > .seconds(2), "\(time)")
        for role in Role.allCases {
          let pod = "\(role)-never"
          for word in ["timed out", "refused"] {
            try world.wait(untilReported: ["Readiness probe failed", word], of: pod)
          }
          #expect(try !world.isReady(pod))
          for name in ["closed", "late"] {
            let container = try world.container(name, of: pod)
            #expect(!container.ready && container.started == true && container.restartCount == 0)
          }
        }
      }
    }

    @Test("Until the startup probe has passed no other is asked", arguments: RuntimeKind.all)
    func startup(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let no = Self.exec("\"false\"")
        let dead = Self.probe("liveness", no)
        let patient = "failureThreshold: 60"
        let late = "sleep 2; touch /tmp/up; \(Spec.idle)"
        let up = Self.probe("startup", Self.exec("cat, /tmp/up"), patient)
        let rare = "readinessProbe: {exec: {command: [\"true\"]}, periodSeconds: 60}"
        for role in Role.allCases {
          for (name, script, probes) in [
            ("fails", Spec.idle, Self.probe("startup", no)),
            ("waits", Spec.idle, Self.probe("startup", no, patient) + "\n" + dead),
            ("dies", late, up + "\n" + dead), ("ready", late, up + "\n" + rare),
          ] {
            let container = role.container("tested", script, probes)
            try world.create(role.pod([container]), named: "\(role)-\(name)")
          }
        }
        for role in Role.allCases {
          for name in ["fails", "dies"] {
            try world.wait(untilRestarted: ["tested"], of: "\(role)-\(name)")
          }
          try world.wait(for: "`\(role)-ready` to be ready") {
            try world.isReady("\(role)-ready")
          }
          try world.wait(untilReported: ["Startup probe failed"], of: "\(role)-waits")
          let waits = try world.container("tested", of: "\(role)-waits")
          #expect(waits.restartCount == 0)
          #expect(waits.started == false)
          try world.wait(untilReported: ["Liveness probe failed"], of: "\(role)-dies")
        }
      }
    }

    @Test("A probe's own grace wins, and the hook runs first", arguments: RuntimeKind.all)
    func grace(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let quick = "failureThreshold: 1, terminationGracePeriodSeconds: 2"
        let command = "echo hook >> /proc/1/fd/1"
        let hook = "lifecycle: {preStop: {exec: {command: [sh, -c, \"\(command)\"]}}}"
        var pods: [String] = []
        for role in Role.allCases {
          for kind in ["startup", "liveness"] {
            let probe = Self.probe(kind, Self.exec("\"false\""), quick)
            pods.append("\(role)-\(kind)")
            try world.create(
              role.pod([role.container("tested", Spec.deaf, probe + "\n" + hook)], grace: 500),
              named: "\(role)-\(kind)")
          }
        }
        for pod in pods {
          try world.wait(untilRestarted: ["tested"], of: pod)
          let end = try #require(try world.container("tested", of: pod).lastState?.terminated)
          #expect(end.exitCode == 137)
          #expect(try world.podshim("logs", pod, "-c", "tested", "--previous") == "hook\n")
        }
        try world.delete(pods, "--grace-period=1")
      }
    }

    @Test("Who ends for one probe is still asked by the other", arguments: RuntimeKind.all)
    func readyNoMore(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let probes = [
          Self.probe("liveness", Self.exec("cat, /tmp/alive")),
          Self.probe("readiness", Self.exec("cat, /tmp/ready")),
          "lifecycle: {preStop: {exec: {command: [sh, -c, \"rm /tmp/ready; sleep 4\"]}}}",
        ]
        let script = "touch /tmp/alive /tmp/ready; sleep 3; rm /tmp/alive; \(Spec.idle)"
        try world.create(
          Spec.pod(
            "", [Spec.container("main", script, probes.joined(separator: "\n"))], grace: 20))
        try world.wait(for: "it to be ready") { try world.isReady() }
        try world.wait(untilReported: ["Container main failed liveness probe"])
        try world.wait(for: "it to be ready no more") { try !world.isReady() }
        let main = try world.container("main")
        #expect(main.state?.running != nil && main.restartCount == 0)
        try world.wait(untilRestarted: ["main"])
      }
    }
  }
}
