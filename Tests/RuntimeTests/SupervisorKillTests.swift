import Glibc
import PodModel
import Testing

@testable import PodShim

/// The promise of the keeper and the supervisor: whatever is killed, nothing is lost.
extension Pods {
  @Suite("A supervisor may be killed at any instant and loses nothing")
  struct SupervisorKillTests {
    @Test(
      "A container that prints a line a millisecond never notices, and no line is lost or doubled",
      arguments: RuntimeKind.all)
    func printing(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script =
          "i=0; while [ $i -lt 5000 ]; do i=$((i+1)); echo \"line $i\"; usleep 300; done; exit 6"
        try world.create(Spec.shell(script, pod: "restartPolicy: Never"))
        try world.waitUntilRunning()
        let main = try world.process()
        let log = "\(world.root)/log/pods/default_pod_\(try world.uid())/main/0.log"
        for mark in [500, 2000, 3500] {
          try world.wait(for: "line \(mark)") {
            try Files.readText(log).contains(" line \(mark)\n")
          }
          let killed = try world.killSupervisor()
          let size = try Files.read(log).count
          // Back when it writes again.
          try world.wait(for: "the next supervisor", within: .seconds(1)) {
            try Files.read(log).count > size
          }
          #expect(try world.supervisor() != killed)
          #expect(main.isThere)
        }
        let end = try world.end()
        #expect(end.exitCode == 6)
        #expect(try world.container("main").restartCount == 0)
        let expected = (1...5000).map { "line \($0)\n" }.joined()
        #expect(try world.podshim("logs", "pod") == expected)
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test("A flood that fills every pipe meanwhile comes through", arguments: RuntimeKind.all)
    func flooding(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        world.rotateLogs(at: 2 << 20, keeping: 1000)
        try world.create(
          Spec.shell("seq 1 1500000; echo err >&2", pod: "restartPolicy: Never"))
        let folder = try world.logFolder()
        for count in [1, 3, 5] {
          try world.wait(for: "\(count) files") { world.logFiles(folder).count > count }
          try world.killSupervisor()
        }
        #expect(try world.end(within: .seconds(40)).exitCode == 0)
        let lines = try world.printed(folder).split(separator: newline)
        // The one on standard error may stand anywhere.
        let numbers = lines.filter { !$0.elementsEqual("err".utf8) }
        #expect(lines.count == numbers.count + 1)
        #expect(numbers.count == 1_500_000)
        let wrong = numbers.enumerated().first { !$1.elementsEqual("\($0 + 1)".utf8) }
        #expect(wrong == nil)
      }
    }

    @Test(
      "A container that ends while nobody supervises has its true exit code",
      arguments: RuntimeKind.all)
    func endsAlone(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script =
          "trap 'echo last; exit 7' USR1; echo ready; while true; do sleep 1 & wait $!; done"
        try world.create(Spec.shell(script, pod: "restartPolicy: Never"))
        try world.wait(untilLogged: "ready")
        let main = try world.process()
        let keeper = try world.keeper()
        let supervisor = try world.supervisor()
        // The keeper would start the next one at once.
        try keeper.signal(SIGSTOP)
        defer { try? keeper.signal(SIGCONT) }
        try supervisor.signal(SIGKILL)
        try main.signal(SIGUSR1)
        try world.wait(for: "the container to end") { !main.isThere && !supervisor.isThere }
        #expect(try world.container("main").state?.running != nil)
        try keeper.signal(SIGCONT)
        let end = try world.end()
        #expect(end.exitCode == 7)
        #expect(try world.logs(of: "main") == "ready\nlast\n")
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test(
      "Killed at any moment of a creation, the pod runs all the same", arguments: RuntimeKind.all)
    func duringCreation(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        for round in 0..<20 {
          try world.create(fixture: "shared")
          let supervisor = try world.supervisor()
          // Not a wait: this is the moment.
          usleep(useconds_t(round * 6000))
          try supervisor.signal(SIGKILL)
          try world.waitUntilRunning()
          let restarts = try world.status().containerStatuses.map(\.restartCount)
          #expect(restarts == [0, 0], "killed after \(round * 6) ms")
          try world.podshim("delete", "pod", "pod")
          try world.expectNoTraces("killed \(round * 6) ms after the creation, and deleted")
        }
      }
    }

    @Test(
      "Killed at any moment of a deletion, nothing is left all the same", arguments: RuntimeKind.all
    )
    func duringDeletion(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        for round in 0..<10 {
          try world.create(fixture: "shared")
          try world.waitUntilRunning()
          let supervisor = try world.supervisor()
          try world.podshim("delete", "pod", "pod", "--wait=false")
          usleep(useconds_t(round * 6000))
          try supervisor.signal(SIGKILL)
          try world.podshim("delete", "pod", "pod", "--ignore-not-found")
          try world.expectNoTraces("killed \(round * 6) ms after the deletion")
        }
      }
    }

    @Test("A pause between two runs goes on where it was", arguments: RuntimeKind.all)
    func backOff(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell("exit 1"))
        let before = try world.wait(untilWaiting: "CrashLoopBackOff")
        let killed = try world.killSupervisor()
        try world.wait(for: "the next supervisor") { try world.supervisor() != killed }
        #expect(try world.container("main").state?.waiting == before)
        #expect(try world.container("main").restartCount == 1)
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test("Those who are attached stay attached", arguments: RuntimeKind.all)
    func attached(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(TerminalTests.shell)
        try world.waitUntilRunning()
        let attach = world.program(["attach", "-it", "pod"])
        let session = try Dialogue(attach, onTerminal: true)
        try session.type("echo before $((40 + 2))\r")
        try session.expect("before 42")
        let killed = try world.killSupervisor()
        try world.wait(for: "the next supervisor") { try world.supervisor() != killed }
        // What is typed while there is none may be lost, as with any connection.
        try world.wait(for: "an answer") {
          try session.type("echo after $((40 + 3))\r")
          return (try? session.expect("after 43", within: .milliseconds(500))) != nil
        }
        try session.type("\u{10}\u{11}")
        #expect(try session.end() == .exited(0))
      }
    }
  }
}

extension PodFixture {
  /// Kills the supervisor, and answers which one that was when it is gone.
  @discardableResult
  func killSupervisor(of pod: String = "pod") throws -> HostProcess {
    let supervisor = try supervisor(of: pod)
    try supervisor.signal(SIGKILL)
    try wait(for: "the supervisor to die") { !supervisor.isThere }
    return supervisor
  }
}
