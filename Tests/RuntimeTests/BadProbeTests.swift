import PodModel
import Testing

@testable import PodShim

/// Probes that ask the wrong thing: each is known by what its container says of it, and none may
/// hold up the supervisor, grow it or outlive its time.
extension Lives {
  @Suite("A probe that misbehaves harms nobody")
  struct BadProbeTests {
    private static func readiness(_ action: String) -> String {
      "readinessProbe: {\(action), periodSeconds: 1, timeoutSeconds: 1}"
    }

    private static let containers = [
      Spec.container("floods", Spec.idle, readiness(ProbeTests.exec("\"yes\""))),
      Spec.container(
        "forks", Spec.idle, readiness(ProbeTests.exec("sh, -c, \"yes > /dev/null & exit 1\""))),
      Spec.container("unknown", Spec.idle, readiness(ProbeTests.exec("nowhere"))),
      Spec.container("hangs", server, readiness(ProbeTests.get("/cgi-bin/hang"))),
      Spec.container("flooded", Spec.idle, readiness(ProbeTests.get("/cgi-bin/flood"))),
    ]

    private static let server = """
      mkdir -p /tmp/www/cgi-bin; cd /tmp/www/cgi-bin
      printf '#!/bin/sh\\nsleep 1000' > hang
      printf '#!/bin/sh\\necho; exec yes' > flood
      chmod +x *; httpd -p 8080 -h /tmp/www; \(Spec.idle)
      """

    private static let messages = [
      "timed out after 1s", "not found in $path", "client.timeout exceeded",
    ]

    @Test("It hangs, floods, forks, or is not there at all", arguments: RuntimeKind.all)
    func misbehaving(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.pod("", Self.containers))
        try world.waitUntilRunning()
        try world.wait(for: "a word of each probe") {
          let events = try world.events().joined(separator: "\n").lowercased()
          return Self.messages.allSatisfy(events.contains)
        }
        // A page that never ends is a page.
        try world.wait(for: "the flooded one") { try world.container("flooded").ready }
        for container in try world.status().containerStatuses {
          #expect(container.ready == (container.name == "flooded"), "\(container.name)")
          #expect(container.restartCount == 0)
        }
        let supervisor = try world.supervisor()
        let memory = try Files.readText("/proc/\(supervisor.pid)/status")
        let line = memory.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        let kilobytes = line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }
        #expect(try #require(kilobytes) < 8192)
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }
  }
}
