import Glibc
import PodModel
import Testing

@testable import PodShim

/// Commands are killed too, come at the same time, and find what a host has lost.
extension Pods {
  @Suite("Whatever becomes of a command, the next one can deal with the pod")
  struct CommandKillTests {
    @Test("A create that is killed leaves a pod, or none, and no trace", arguments: RuntimeKind.all)
    func create(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let path = world.folder + "/pod.yaml"
        try Files.writeText(PodFixture.manifest(Spec.shell(Spec.idle)), to: path)
        for round in 0..<10 {
          let create = try Dialogue(world.program(["create", "-f", path]))
          // Not a wait: this is the moment. The command takes a few milliseconds.
          usleep(useconds_t(round * 400))
          try create.signal(SIGKILL)
          _ = try create.end()
          try world.noteUIDs()
          try world.podshim("delete", "pod", "pod", "--ignore-not-found")
          try world.wait(for: "the name to be free", within: .seconds(2)) {
            try world.podshim("get", "pods", "-o", "name") == ""
          }
          try world.create(Spec.shell(Spec.idle))
          try world.podshim("delete", "pod", "pod")
          let left = try world.traces()
          #expect(left.processes + left.mounts + left.cgroups == [], "after \(round * 400) µs")
        }
      }
    }

    @Test("Two deletes at once are one", arguments: RuntimeKind.all)
    func twoDeletes(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        try world.noteNamespaces()
        let delete = ["delete", "pod", "pod", "--ignore-not-found"]
        let both = try [Dialogue(world.program(delete)), Dialogue(world.program(delete))]
        for one in both { #expect(try one.end() == .exited(0), "\(one.text)") }
        try world.expectNoTraces()
      }
    }

    @Test("Two creates of one name at once make one pod", arguments: RuntimeKind.all)
    func twoCreates(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let path = world.folder + "/pod.yaml"
        try Files.writeText(PodFixture.manifest(Spec.shell(Spec.idle)), to: path)
        let create = ["create", "-f", path]
        let all = try (0..<4).map { _ in try Dialogue(world.program(create)) }
        let ends = try all.map { try $0.end() }
        #expect(ends.filter { $0 == .exited(0) }.count == 1, "\(all.map(\.text))")
        try world.noteUIDs()
        try world.waitUntilRunning()
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test("After a restart of the host a pod can be seen and deleted", arguments: RuntimeKind.all)
    func restart(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        try world.loseHost()
        #expect(try world.podshim("get", "pods", "-o", "name") == "pod/pod\n")
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
      }
    }

    /// Longer than a socket's name may be; with what has a meaning in mount options and in crun's
    /// `--log`.
    static let places = [
      (0..<6).map { "a-long-path-to-\($0)-the-world" }.joined(separator: "/"), "a,b=c", "a:b",
    ]

    @Test("A world may have any path", arguments: RuntimeKind.all, places)
    func paths(runtime: RuntimeKind, place: String) throws {
      try PodFixture.with(runtime, below: place) { world in
        try world.create(fixture: "shared")
        let script = "echo ready; " + Spec.idle
        try world.create(Spec.shell(script, container: "tty: true"), named: "terminal")
        try world.waitUntilRunning()
        try world.wait(untilLogged: "ready\r\n", of: "terminal")
        #expect(try world.exec(in: "writer", "cat", "/data/index.html") == "Hello\n")
        try world.podshim("delete", "pods", "--all")
        try world.expectNoTraces()
      }
    }
  }
}
