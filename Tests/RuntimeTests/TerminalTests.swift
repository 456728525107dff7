import Glibc
import PodModel
import Testing

@testable import PodShim

/// A person, or a pipe, at a container's standard input.
extension Pods {
  @Suite("attach sits down at a container, with a terminal or with pipes")
  struct TerminalTests {
    static let shell = """
      containers:
      - {name: shell, image: busybox, stdin: true, tty: true}
      """

    @Test("attach -it is a session at the container's terminal", arguments: RuntimeKind.all)
    func session(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Self.shell)
        try world.waitUntilRunning()
        let attach = world.program(["attach", "-it", "pod", "-c", "shell"])
        let session = try Dialogue(attach, onTerminal: true)
        try session.expect("If you don't see a command prompt, try pressing enter.")
        try session.type("\r")
        try session.expect("/ # ")
        try session.type("tty; stty size; echo $((40 + 2))\r")
        try session.expect("/dev/pts/0\r\n")
        try session.expect("24 80\r\n")
        try session.expect("42\r\n")
        // A key is the container's, not ours.
        try session.type("sleep 1000\r")
        try world.wait(for: "the command") {
          try world.processes().contains { $0.arguments == ["sleep", "1000"] }
        }
        try session.type("\u{3}")
        try session.expect("^C")
        try session.type("echo still $((40 + 3))\r")
        try session.expect("still 43\r\n")
        // Leaving lets it run.
        try session.type("\u{10}\u{11}")
        #expect(try session.end() == .exited(0))
        let again = try Dialogue(attach, onTerminal: true)
        try again.expect("try pressing enter")
        try again.type("echo again $((40 + 4))\r")
        try again.expect("again 44\r\n")
        try again.type("exit 5\r")
        #expect(try again.end() == .exited(0))
        try world.wait(for: "the next run") { try world.container("shell").restartCount == 1 }
        #expect(try world.container("shell").lastState?.terminated?.exitCode == 5)
      }
    }

    @Test("What appears on a terminal is logged", arguments: RuntimeKind.all)
    func terminalLog(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell("echo out; echo err >&2; \(Spec.idle)", container: "tty: true"))
        try world.wait(untilLogged: "err")
        #expect(try world.logs(of: "main") == "out\r\nerr\r\n")
      }
    }

    @Test("A terminal of another size tells the container", arguments: RuntimeKind.all)
    func resize(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script = "trap 'stty size' WINCH; echo ready; while true; do sleep 0.1; done"
        try world.create(Spec.shell(script, container: "tty: true\nstdin: true"))
        try world.wait(untilLogged: "ready")
        let attach = world.program(["attach", "-it", "pod"])
        let session = try Dialogue(attach, onTerminal: true)
        try session.expect("24 80")
        try session.resize(rows: 50, columns: 132)
        try session.expect("50 132")
        try session.type("\u{10}\u{11}")
        #expect(try session.end() == .exited(0))
      }
    }

    @Test("attach -i passes a pipe on; the container keeps its input", arguments: RuntimeKind.all)
    func pipe(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell("cat", pod: "restartPolicy: Never", container: "stdin: true"))
        try world.waitUntilRunning()
        let attach = world.program(["attach", "-i", "pod", "-c", "main"])
        for word in ["first", "second"] {
          let session = try Dialogue(attach)
          try session.type("\(word)\n")
          try session.expect("\(word)\n")
          try session.closeInput()
          // Without stdinOnce the input stays open for whoever comes next.
          #expect(try world.status().phase == .running)
          try session.signal(SIGINT)
          _ = try session.end()
        }
        #expect(try world.logs(of: "main") == "first\nsecond\n")
      }
    }

    @Test("With stdinOnce the end of the input is the end of the input", arguments: RuntimeKind.all)
    func stdinOnce(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            "wc -c", pod: "restartPolicy: Never", container: "stdin: true\nstdinOnce: true"))
        try world.waitUntilRunning()
        let text = String(repeating: "0123456789abcde\n", count: 65536)
        let session = try Dialogue(world.program(["attach", "-i", "pod"]))
        try session.typeAll(text)
        try session.closeInput()
        try session.expect("\(text.utf8.count)\n")
        #expect(try session.end() == .exited(0))
        try world.wait(until: .succeeded)
      }
    }

    @Test(
      "attach without -i only shows; it shows what comes from now on", arguments: RuntimeKind.all)
    func watching(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script =
          "echo before; while [ ! -e /go ]; do sleep 0.05; done; echo after; echo err >&2"
        try world.create(Spec.shell(script, pod: "restartPolicy: Never"))
        try world.wait(untilLogged: "before")
        let session = try Dialogue(world.program(["attach", "pod"]))
        try world.wait(for: "the attached one") { try Self.isAttached(session.pid) }
        _ = try world.exec(in: "main", "touch", "/go")
        #expect(try session.end() == .exited(0))
        #expect(session.text == "after\nerr\n")
        let late = try world.run(["attach", "pod"])
        #expect(late.status == .exited(1))
        #expect(late.errorText.contains("completed pod"), "\(late.errorText)")
      }
    }

    @Test("A client that does not read keeps nobody from printing", arguments: RuntimeKind.all)
    func slowReader(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script = "while [ ! -e /go ]; do sleep 0.05; done; seq 1 1000000"
        try world.create(Spec.shell(script, pod: "restartPolicy: Never"))
        try world.waitUntilRunning()
        let session = try Dialogue(world.program(["attach", "pod"]))
        try world.wait(for: "the attached one") { try Self.isAttached(session.pid) }
        try session.signal(SIGSTOP)
        _ = try world.exec(in: "main", "touch", "/go")
        #expect(try world.end().exitCode == 0)
        let expected = (1...1_000_000).map { "\($0)\n" }.joined()
        // More than one file of it: `logs` shows the last.
        #expect(try world.printed(world.logFolder()) == Array(expected.utf8))
      }
    }

    @Test("A container that does not read keeps nobody waiting", arguments: RuntimeKind.all)
    func slowContainer(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script = "echo ready; " + Spec.idle
        try world.create(Spec.shell(script, container: "stdin: true"))
        try world.wait(untilLogged: "ready")
        let session = try Dialogue(world.program(["attach", "-i", "pod"]))
        // More than pipes and sockets hold: the rest waits in front of the client.
        let text = String(repeating: "0123456789abcde\n", count: 65536)
        #expect(throws: Dialogue.Surprise.self) {
          try session.typeAll(text, within: .milliseconds(500))
        }
        let begun = Clock.boot()
        try world.podshim("delete", "pod", "pod")
        #expect(Clock.boot() - begun < .seconds(5))
        try world.expectNoTraces()
      }
    }

    /// Whether the process is connected to a supervisor and waits.
    private static func isAttached(_ pid: pid_t) throws -> Bool {
      let descriptors = (try? Files.list("/proc/\(pid)/fd")) ?? []
      let open = descriptors.compactMap { try? Files.readLink("/proc/\(pid)/fd/\($0)") }
      return open.contains { $0.hasPrefix("socket:") } && open.contains { $0.contains("signalfd") }
    }
  }
}
