import Glibc
import PodModel
import Testing

@testable import PodShim

/// A pod that somebody sits in front of.
extension Pods {
  @Suite("run keeps a pod in the foreground")
  struct RunTests {
    /// `run` with a manifest in a file of the world's.
    static func run(_ spec: String, _ world: PodFixture, _ flags: String...) throws -> Program {
      let path = world.folder + "/pod.yaml"
      try Files.writeText(PodFixture.manifest(spec), to: path)
      return world.program(["run", "-f", path] + flags)
    }

    @Test(
      "It prints what the containers print, and ends as the first that failed",
      arguments: RuntimeKind.all)
    func status(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let spec = """
          restartPolicy: Never
          initContainers:
          - {name: first, image: busybox, command: [sh, -c, "echo zero"]}
          containers:
          - {name: good, image: busybox, command: [sh, -c, "echo one; echo two >&2"]}
          - {name: bad, image: busybox, command: [sh, -c, "printf three; exit 3"]}
          - {name: worse, image: busybox, command: [sh, -c, "sleep 0.5; exit 4"]}
          """
        let result = try Self.run(spec, world, "--rm").run(timeout: .seconds(20))
        #expect(result.status == .exited(3), "\(result.errorText)")
        let lines = result.outputText.split(separator: "\n")
        #expect(lines.first == "[first] zero")
        #expect(lines.sorted() == ["[bad] three", "[first] zero", "[good] one", "[good] two"])
        try world.noteUIDs()
        try world.expectNoTraces("after --rm")
      }
    }

    @Test("Without --rm the pod stays to be looked at", arguments: RuntimeKind.all)
    func stays(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let spec = Spec.shell("echo hello", pod: "restartPolicy: Never")
        let result = try Self.run(spec, world).run(timeout: .seconds(20))
        #expect(result.status == .exited(0))
        #expect(result.outputText == "[main] hello\n")
        #expect(try world.cell("STATUS") == "Completed")
        #expect(try world.logs(of: "main") == "hello\n")
      }
    }

    @Test("Ctrl-C stops the pod gracefully and deletes it", arguments: RuntimeKind.all)
    func controlC(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let spec = Spec.shell("trap 'echo bye; exit 0' TERM; echo ready; sleep 1000 & wait")
        let session = try Dialogue(Self.run(spec, world), onTerminal: true)
        try session.expect("ready")
        try world.noteUIDs()
        try world.noteNamespaces()
        try session.type("\u{3}")
        try session.expect("bye")
        _ = try session.end()
        try world.expectNoTraces("after Ctrl-C")
      }
    }

    @Test("A second Ctrl-C does not wait for those who do not listen", arguments: RuntimeKind.all)
    func twice(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script = "trap 'echo no' TERM; echo ready; while true; do sleep 1 & wait $!; done"
        let session = try Dialogue(Self.run(Spec.shell(script), world), onTerminal: true)
        try session.expect("ready")
        try world.noteUIDs()
        try session.type("\u{3}")
        try session.expect("no")
        let begun = Clock.boot()
        try session.type("\u{3}")
        _ = try session.end()
        #expect(Clock.boot() - begun < .seconds(5))
        try world.expectNoTraces("after the second Ctrl-C")
      }
    }
  }
}
