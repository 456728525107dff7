import Glibc
import PodModel
import Testing

@testable import PodShim

/// The terminal of whoever sat at a container and was killed.
extension Pods {
  @Suite("A terminal is as it was, however a session ended")
  struct TerminalGuardTests {
    enum Ending: CaseIterable {
      case kill, terminate, hangUp, crash, podGone
    }

    private static let tells = """
      is() { stty -a | tr ' ;' '\\n\\n' | grep -qx -e "$1"; }
      is isig && is icanon && echo "before: fine"
      "$@"
      echo "status $?"
      i=0
      while is -isig && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done
      is isig && is icanon && echo "after: fine"
      """

    private static func session(_ world: PodFixture, _ words: [String]) throws -> Dialogue {
      let command = world.program(words)
      var shell = command
      shell.path = "/bin/sh"
      shell.arguments = ["sh", "-c", tells, "sh", command.path] + command.arguments.dropFirst()
      let session = try Dialogue(shell, onTerminal: true)
      try session.expect("before: fine")
      return session
    }

    /// The process below the shell that has the terminal now.
    private static func client(of session: Dialogue) throws -> pid_t? {
      let all = try Files.list("/proc").compactMap { pid_t($0) }
      return all.first { pid in
        guard PidFD.parent(of: pid) == session.pid else { return false }
        let words = (try? Files.readText("/proc/\(pid)/cmdline")) ?? ""
        return words.contains("\0attach\0") || words.contains("\0exec\0")
      }
    }

    @Test("attach", arguments: Ending.allCases)
    func attach(ending: Ending) throws {
      try PodFixture.with(.runc) { world in
        try world.create(TerminalTests.shell + "\nterminationGracePeriodSeconds: 1")
        try world.waitUntilRunning()
        let session = try Self.session(world, ["attach", "-it", "pod"])
        try session.expect("If you don't see a command prompt")
        try session.type("\r")
        try session.expect("/ # ")
        let client = try #require(try Self.client(of: session))
        switch ending {
        case .kill: kill(client, SIGKILL)
        case .terminate: kill(client, SIGTERM)
        case .hangUp: kill(client, SIGHUP)
        case .crash: kill(client, SIGILL)
        case .podGone: try world.podshim("delete", "pod", "pod")
        }
        try session.expect("after: fine")
      }
    }

    @Test("exec", arguments: RuntimeKind.all)
    func exec(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell(Spec.idle))
        try world.waitUntilRunning()
        let session = try Self.session(
          world, ["exec", "-itq", "pod/pod", "-c", "main", "--", "sh"])
        try session.expect("/ # ")
        try session.type("stty size; echo $((40 + 2))\r")
        try session.expect("24 80\r\n42\r\n")
        let client = try #require(try Self.client(of: session))
        kill(client, SIGKILL)
        try session.expect("status 137")
        try session.expect("after: fine")
      }
    }

    @Test("Two at one terminal see the same, and one may leave")
    func together() throws {
      try PodFixture.with(.runc) { world in
        try world.create(TerminalTests.shell)
        try world.waitUntilRunning()
        let attach = world.program(["attach", "-it", "pod"])
        let (one, other) = (
          try Dialogue(attach, onTerminal: true), try Dialogue(attach, onTerminal: true)
        )
        for session in [one, other] { try session.expect("try pressing enter") }
        try one.type("echo $((40 + 5))\r")
        for session in [one, other] { try session.expect("45\r\n") }
        try one.type("\u{10}\u{11}")
        #expect(try one.end() == .exited(0))
        try other.type("echo $((40 + 6))\r")
        try other.expect("46\r\n")
      }
    }

    @Test("With stdinOnce nobody types after the first")
    func stdinOnce() throws {
      try PodFixture.with(.runc) { world in
        let script = "cat; echo done; while [ ! -e /go ]; do usleep 20000; done"
        let spec = Spec.shell(
          script, pod: "restartPolicy: Never", container: "stdin: true\nstdinOnce: true")
        try world.create(spec)
        try world.waitUntilRunning()
        let attach = world.program(["attach", "-i", "pod"])
        let first = try Dialogue(attach)
        try first.type("one\n")
        try first.expect("one\n")
        try first.closeInput()
        try first.expect("done\n")
        let second = try Dialogue(attach)
        try second.type("two\n")
        _ = try world.exec(in: "main", "touch", "/go")
        #expect(try second.end() == .exited(0))
        #expect(try world.logs(of: "main") == "one\ndone\n")
      }
    }

    @Test("exec works without a terminal, without HOME and with a closed input")
    func bare() throws {
      try PodFixture.with(.runc) { world in
        try world.create(Spec.shell(Spec.idle))
        try world.waitUntilRunning()
        var program = world.program(["exec", "pod", "--", "sh", "-c", "cat; echo out; exit 4"])
        program.environment?.removeAll { $0.hasPrefix("HOME=") || $0.hasPrefix("TERM=") }
        program.arguments =
          ["sh", "-c", "exec \"$@\" <&-", "sh", program.path] + program.arguments.dropFirst()
        program.path = "/bin/sh"
        let result = try program.run()
        #expect(result.status == .exited(4) && result.outputText == "out\n")
      }
    }
  }
}
