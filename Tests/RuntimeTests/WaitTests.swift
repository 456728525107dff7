import Glibc
import Testing

@testable import PodShim

/// Scripts that wait for pods, and what is chosen and shown of pods that run.
extension Pods {
  @Suite("Waiting for pods, and watching them")
  struct WaitTests {
    @Test("create returns when the pods are as far as they shall be, with their fate")
    func creation() throws {
      try PodFixture.with(.runc) { world in
        func create(_ name: String, _ script: String, _ wait: String) throws -> ProgramResult {
          let spec = Spec.shell(script, pod: "restartPolicy: Never")
          let manifest = PodFixture.manifest(spec, named: name)
          return try world.run(["create", "-f", "-", wait], input: Array(manifest.utf8))
        }
        let done = try create("done", "exit 0", "--wait=done")
        #expect(done.status == .exited(0), "\(done.errorText)")
        #expect(try world.cell("STATUS", of: "done") == "Completed")
        let failed = try create("failed", "exit 3", "--wait=done")
        #expect(failed.status == .exited(1))
        #expect(failed.errorText == "error: pod \"failed\" has failed\n")
        #expect(try create("ready", Spec.idle, "--wait").status == .exited(0))
        #expect(try world.isReady("ready"))
        let chosen = try world.podshim(
          "get", "pods", "--field-selector", "status.phase!=Running", "-o", "name")
        #expect(chosen == "pod/done\npod/failed\n")
        let met = try world.podshim("wait", "pods", "--all", "--for=jsonpath={.status.startTime}")
        #expect(met.split(separator: "\n").count == 3)
        let late = try world.run(
          ["wait", "pod/done", "--for=condition=Ready", "--timeout=10ms"], input: [])
        #expect(
          late.errorText == "error: timed out waiting for the condition on pods/done\n")
        try world.podshim("delete", "pods", "--field-selector", "status.phase!=Running")
        #expect(try world.podshim("get", "pods", "-o", "name") == "pod/ready\n")
      }
    }

    @Test("A deletion is waited for as long as it is wanted")
    func deletion() throws {
      try PodFixture.with(.runc) { world in
        try world.create(Spec.shell("trap '' TERM; while :; do sleep 0.1; done", grace: 60))
        try world.waitUntilRunning()
        let late = try world.run(["delete", "pod", "pod", "--timeout=100ms"])
        #expect(late.status == .exited(1))
        #expect(late.outputText == "pod \"pod\" deleted\n")
        #expect(late.errorText == "error: timed out waiting for the condition on pods/pod\n")
        let next = PodFixture.manifest(Spec.shell(Spec.idle))
        let kept = try world.run(
          ["replace", "--force", "--timeout=100ms", "-f", "-"], input: Array(next.utf8))
        #expect(kept.errorText == late.errorText)
        let replaced = try world.run(
          ["replace", "--force", "--grace-period=1", "--timeout=20s", "-f", "-"],
          input: Array(next.utf8))
        #expect(replaced.outputText == "pod \"pod\" deleted\npod/pod replaced\n")
      }
    }

    @Test("A watch and a wait see a pod from its beginning to its end")
    func watch() throws {
      try PodFixture.with(.runc) { world in
        let words = ["get", "pods", "-w", "--no-headers", "-o", "custom-columns=P:.status.phase"]
        let watch = try Dialogue(world.program(words), onTerminal: false)
        let wait = try Dialogue(
          world.program(["wait", "pod/pod", "--for=create", "--timeout=20s"]), onTerminal: false)
        try world.create(Spec.shell("trap 'sleep 1; exit 0' TERM; sleep 1000 & wait"))
        try wait.expect("pod/pod condition met")
        try watch.expect("Running")
        let gone = try Dialogue(
          world.program(["wait", "pod/pod", "--for=delete", "--timeout=20s"]), onTerminal: false)
        // Its end takes a second, in which the wait begins.
        try world.podshim("delete", "pod", "pod")
        try gone.expect("pod/pod condition met")
      }
    }
  }
}
