import Glibc
import PodModel
import Testing

@testable import PodShim

/// What is not meant to happen: the processes that hold a pod together are killed.
extension Pods {
  @Suite("A pod that loses its keeper or its pause ends tidily or goes on")
  struct KeeperKillTests {
    @Test(
      "Without its keeper a pod goes on: the supervisor takes its place", arguments: RuntimeKind.all
    )
    func keeper(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script =
          "i=0; while [ $i -lt 1500 ]; do i=$((i+1)); echo \"line $i\"; usleep 300; done; exit 6"
        try world.create(Spec.shell(script, pod: "restartPolicy: Never"))
        try world.wait(untilLogged: "line 300\n")
        let main = try world.process()
        let keeper = try world.keeper()
        try keeper.signal(SIGKILL)
        try world.wait(for: "the next keeper") { try world.keeper() != keeper }
        #expect(main.isThere)
        // The end of a process that was the dead keeper's child is told by the kernel to the host's
        // PID 1. When that takes its time, or the kernel is older than 6.15, nobody knows it.
        let code = try world.end().exitCode
        #expect(code == 6 || code == 137)
        let expected = (1...1500).map { "line \($0)\n" }.joined()
        #expect(try world.podshim("logs", "pod") == expected)
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test("Without keeper and supervisor a pod can be deleted", arguments: RuntimeKind.all)
    func both(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        try world.killKeeperAndSupervisor()
        #expect(try world.status().phase == .running)
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test(
      "A keeper killed at any moment of a creation leaves a pod that can be deleted",
      arguments: RuntimeKind.all)
    func duringCreation(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        for round in 0..<8 {
          try world.create(fixture: "shared")
          let keeper = try world.keeper()
          usleep(useconds_t(round * 15000))
          try keeper.signal(SIGKILL)
          try world.podshim("delete", "pod", "pod")
          try world.expectNoTraces("keeper killed \(round * 15) ms after the creation, and deleted")
        }
      }
    }

    @Test("Without its pause a pod begins again", arguments: RuntimeKind.all)
    func pause(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        let pause = try world.pause()
        try world.noteNamespaces()
        try pause.signal(SIGKILL)
        try world.wait(for: "another pause") { try world.pause() != pause }
        try world.waitUntilRunning()
        for name in ["writer", "server"] {
          #expect(try world.container(name).restartCount == 1)
          let network = try world.pause().namespace(.net)
          #expect(try world.process(of: name).namespace(.net) == network)
        }
        #expect(try world.events().contains { $0.contains("SandboxChanged") })
        let page = ["exec", "pod", "-c", "writer", "--", "wget", "-qO-", "http://127.0.0.1:8080/"]
        try world.wait(for: "the page") { try world.run(page).outputText == "Hello\n" }
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test("Without its pause a pod that may not restart has failed", arguments: RuntimeKind.all)
    func pauseForGood(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script = "trap 'exit 5' TERM; sleep 1000 & wait"
        try world.create(Spec.shell(script, pod: "restartPolicy: Never"))
        try world.waitUntilRunning()
        try world.pause().signal(SIGKILL)
        try world.wait(until: .failed)
        try world.wait(for: "everything of it to end") { try world.processes().isEmpty }
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }
  }
}

extension PodFixture {
  /// Both at once: the one would start the other again.
  func killKeeperAndSupervisor(of pod: String = "pod") throws {
    let both = [try keeper(of: pod), try supervisor(of: pod)]
    for process in both { try process.signal(SIGSTOP) }
    for process in both { try process.signal(SIGKILL) }
    try wait(for: "both to die") { !both.contains { $0.isThere } }
  }
}
