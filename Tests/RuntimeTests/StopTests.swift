import Glibc
import PodModel
import Testing

@testable import PodShim

/// The end of a pod that somebody wishes, at each of its ages.
extension Lives {
  @Suite("Deleting a pod stops it gracefully, and leaves nothing")
  struct StopTests {
    /// A pod with a folder of the host at /out, where it can leave a word that outlives it.
    static func spec(_ script: String, grace: Int, _ world: PodFixture) -> String {
      let volume = "{name: out, hostPath: {path: \(world.folder)/out}}"
      return Spec.shell(
        script, pod: "volumes: [\(volume)]",
        container: "volumeMounts: [{name: out, mountPath: /out}]", grace: grace)
    }

    /// How long the deletion took.
    static func delete(_ world: PodFixture, _ arguments: String...) throws -> Duration {
      let begun = Clock.boot()
      try world.podshim(["delete", "pod", "pod"] + arguments)
      return Clock.boot() - begun
    }

    @Test("A container hears SIGTERM and may end in its own way", arguments: RuntimeKind.all)
    func termIsHeard(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script = """
          trap 'sleep 0.3; echo bye > /out/bye; exit 0' TERM
          echo ready; sleep 1000 & wait
          """
        try world.create(Self.spec(script, grace: 20, world))
        try world.wait(untilLogged: "ready")
        let time = try Self.delete(world)
        #expect(time > .milliseconds(300) && time < .seconds(5), "\(time)")
        #expect(try Files.readText(world.folder + "/out/bye") == "bye\n")
        try world.expectNoTraces()
      }
    }

    @Test(
      "A container that does not listen is killed after the grace period",
      arguments: RuntimeKind.all)
    func termIsIgnored(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script = """
          trap 'echo heard > /out/heard' TERM
          echo ready; while true; do sleep 1 & wait $!; done
          """
        try world.create(Self.spec(script, grace: 2, world))
        try world.wait(untilLogged: "ready")
        try world.podshim("delete", "pod", "pod", "--wait=false")
        #expect(try world.cell("STATUS") == "Terminating")
        #expect(try world.pod().metadata.deletionGracePeriodSeconds == 2)
        let time = try Self.delete(world)
        #expect(time > .seconds(1) && time < .seconds(5), "\(time)")
        #expect(try Files.readText(world.folder + "/out/heard") == "heard\n")
        try world.expectNoTraces()
      }
    }

    @Test("--grace-period shortens it, --force does not wait for it", arguments: RuntimeKind.all)
    func shorter(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let deaf = "trap '' TERM; echo ready; while true; do sleep 1; done"
        let ways = [
          "a": ["--grace-period=2"], "b": ["--grace-period=0", "--force"], "c": ["--now"],
        ]
        for name in ways.keys { try world.create(Self.spec(deaf, grace: 60, world), named: name) }
        for name in ways.keys { try world.wait(untilLogged: "ready", of: name) }
        let begun = Clock.boot()
        for (name, way) in ways {
          try world.podshim(["delete", "pod", name, "--wait=false"] + way)
        }
        try world.wait(for: "the pods to go") {
          try world.run(["get", "pods"]).errorText.hasPrefix("No resources found")
        }
        let time = Clock.boot() - begun
        #expect(time > .seconds(1) && time < .seconds(6), "\(time)")
        try world.expectNoTraces()
      }
    }

    @Test("A pod that waits for an image or for its turn goes at once", arguments: RuntimeKind.all)
    func notRunning(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create("containers: [{name: main, image: localhost:1/absent}]")
        _ = try world.wait(untilWaiting: "ErrImagePull")
        #expect(try Self.delete(world) < .seconds(3))
        try world.create(Spec.shell("exit 1"))
        _ = try world.wait(untilWaiting: "CrashLoopBackOff")
        #expect(try Self.delete(world) < .seconds(3))
        try world.expectNoTraces()
      }
    }

    @Test("A pod that has just been created can be deleted at once", arguments: RuntimeKind.all)
    func tooEarly(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        for _ in 0..<5 {
          try world.create(fixture: "shared")
          #expect(try Self.delete(world) < .seconds(5))
        }
        try world.expectNoTraces()
      }
    }

    @Test(
      "delete -f names the pods of a manifest, --all those of a namespace",
      arguments: RuntimeKind.all)
    func several(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        for name in ["a", "b", "c"] { try world.create(Spec.shell(Spec.idle), named: name) }
        for name in ["a", "b", "c"] { try world.waitUntilRunning(name) }
        let manifest = PodFixture.manifest(Spec.shell(Spec.idle), named: "b")
        #expect(
          try world.podshim(["delete", "-f", "-"], input: manifest) == "pod \"b\" deleted\n")
        #expect(try world.podshim("get", "pods", "-o", "name") == "pod/a\npod/c\n")
        try world.podshim("delete", "pods", "--all")
        let none = try world.run(["get", "pods"])
        #expect(none.errorText == "No resources found in default namespace.\n")
        try world.expectNoTraces()
      }
    }
  }
}
