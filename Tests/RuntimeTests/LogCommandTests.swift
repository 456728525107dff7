import Glibc
import PodModel
import Testing

@testable import PodShim

/// `podshim logs` beside its plain form: several containers, some of the lines, as they come.
extension Pods {
  @Suite("logs shows what is asked for, of the containers that are asked for")
  struct LogCommandTests {
    @Test("Of every container, with a word in front, and in kubectl's words")
    func severalContainers() throws {
      try PodFixture.with(.runc) { world in
        let spec = Spec.pod(
          "restartPolicy: Never", initial: [Spec.container("prepare", "echo ready")],
          [
            Spec.container("a", "echo one; echo two; printf rest"),
            Spec.container("b", "echo three"),
          ])
        try world.create(spec)
        try world.wait(until: .succeeded)
        let all = try world.run(["logs", "pod", "--all-containers", "--prefix"])
        #expect(
          all.outputText == """
            [pod/pod/prepare] ready
            [pod/pod/a] one
            [pod/pod/a] two
            [pod/pod/a] rest
            [pod/pod/b] three

            """)
        let first = try world.run(["logs", "pod/pod", "--tail=2"])
        #expect(first.outputText == "two\nrest")
        let words = "Defaulted container \"a\" out of: a, b, prepare (init)\n"
        #expect(first.errorText == words)
        #expect(try world.podshim("logs", "pod", "b") == "three\n")
        #expect(try world.podshim("logs", "pod", "a", "--limit-bytes=5") == "one\nt")
        let timed = try world.podshim("logs", "pod", "b", "--timestamps")
        #expect(
          timed.contains(#/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(Z|[+-]\d\d:\d\d) three\n$/#))
        #expect(try world.podshim("logs", "pod", "b", "--since=1h") == "three\n")
        #expect(try world.podshim("logs", "pod", "b", "--since-time=2999-01-01T00:00:00Z") == "")
        #expect(try world.podshim("logs", "-l", "app=none") == "")
        try world.podshim("label", "pod", "pod", "app=web")
        #expect(try world.podshim("logs", "-l", "app in (web)", "-c", "a", "--tail=1") == "rest")
        try Self.expectRefusals(in: world)
      }
    }

    private static func expectRefusals(in world: PodFixture) throws {
      for (arguments, message) in [
        (["nobody"], "Error: pods \"nobody\" not found\n"),
        (["pod", "x"], "error: container x is not valid for pod pod\n"),
        (
          ["pod", "a", "-c", "b"],
          "error: only one of -c or an inline [CONTAINER] arg is allowed\n"
        ),
        (
          ["pod", "--all-containers", "-c", "b"],
          "error: --all-containers=true should not be specified with container name b\n"
        ),
        (
          ["pod", "b", "-p"],
          "Error: previous terminated container \"b\" in pod \"pod\" not found\n"
        ),
      ] {
        let refused = try world.run(["logs"] + arguments)
        #expect(refused.status == .exited(1) && refused.errorText == message)
      }
    }

    @Test("-f goes on from run to run, of several containers at once, and ends with the pod")
    func following() throws {
      try PodFixture.with(.runc) { world in
        let script = "echo run; while [ ! -e /out/$(hostname)-$0 ]; do usleep 20000; done"
        let again = script + "; rm /out/$(hostname)-$0; exit 1"
        func shell(_ name: String) -> String {
          Spec.container(name, again.replacing("$0", with: name))
        }
        try world.create(Spec.pod("", [shell("a"), shell("b")]))
        try world.waitUntilRunning()
        let many = try world.run(
          ["logs", "pod", "-f", "--all-containers", "--max-log-requests=1"])
        #expect(many.status == .exited(1))
        #expect(many.errorText.contains("you are attempting to follow 2 log streams"))
        let follower = try Dialogue(
          world.program(["logs", "pod", "-f", "--all-containers", "--prefix"]))
        try follower.expect("run\n")
        try follower.expect("run\n")
        _ = try world.exec(in: "b", "touch", "/out/pod-a")
        try follower.expect("[pod/pod/a] run\n")
        try world.wait(for: "the next run") { try world.container("a").restartCount == 1 }
        let previous = try world.podshim("logs", "pod", "a", "--previous")
        #expect(previous == "run\n")
        try world.podshim("delete", "pod", "pod")
        #expect(try follower.end() == .exited(0))
        #expect(follower.text.split(separator: "\n").count == 3)
      }
    }

    @Test("What cannot be shown ends it, or is a line among the others")
    func errors() throws {
      try PodFixture.with(.runc) { world in
        let spec = Spec.pod(
          initial: [Spec.container("first", "echo begun; sleep 1000")],
          [Spec.container("main", Spec.idle)])
        try world.create(spec)
        try world.wait(for: "the first line") {
          try world.run(["logs", "pod", "-c", "first"]).outputText == "begun\n"
        }
        let message =
          "Error: container \"main\" in pod \"pod\" is waiting to start: PodInitializing\n"
        let stopped = try world.run(["logs", "pod", "--all-containers"])
        #expect(stopped.status == .exited(1))
        #expect(stopped.outputText == "begun\n" && stopped.errorText == message)
        let patient = try world.run(["logs", "pod", "--all-containers", "--ignore-errors"])
        #expect(patient.succeeded && patient.outputText == "begun\n" + message)
      }
    }
  }
}
