import Glibc
import PodModel
import Testing

@testable import PodShim

/// One more process in a container. podshim becomes the runtime for that, so each runtime answers
/// for itself here.
extension Pods {
  @Suite("exec runs a command in a container as if it were at home there")
  struct ExecTests {
    @Test("Status, input and both outputs are the command's", arguments: RuntimeKind.all)
    func pipes(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell(Spec.idle))
        try world.waitUntilRunning()
        func exec(_ flags: [String], _ script: String, input: String = "") throws -> ProgramResult {
          let words = ["exec"] + flags + ["pod", "--", "sh", "-c", script]
          return try world.run(words, input: Array(input.utf8))
        }
        let both = try exec([], "echo out; echo err >&2; exit 7")
        #expect(both.status == .exited(7))
        #expect(both.outputText == "out\n")
        #expect(both.errorText.hasPrefix("err\n"))
        #expect(try exec(["-i"], "cat; echo end", input: "typed\n").outputText == "typed\nend\n")
        // Without -i there is no input.
        #expect(try exec([], "cat; echo end", input: "typed\n").outputText == "end\n")
        #expect(try exec([], "kill -TERM $$").status.code == 143)
        let big = String(repeating: "0123456789abcde\n", count: 65536)
        #expect(try exec(["-i"], "cat", input: big).outputText == big)
        #expect(try exec(["-i"], "true", input: big).status == .exited(0))
      }
    }

    @Test("It has the container's user, variables and folder", arguments: RuntimeKind.all)
    func surroundings(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            Spec.idle,
            container: """
              workingDir: /tmp
              env: [{name: WORD, value: hello}]
              securityContext: {runAsUser: 1234}
              """))
        try world.waitUntilRunning()
        let seen = try world.exec(in: "main", "sh", "-c", "echo $WORD $HOSTNAME; id -u; pwd")
        #expect(seen == "hello pod\n1234\n/tmp\n")
      }
    }

    @Test("exec -it is a session at a terminal of its own", arguments: RuntimeKind.all)
    func terminal(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell(Spec.idle))
        try world.waitUntilRunning()
        let exec = world.program(["exec", "-it", "pod", "--", "sh"])
        let session = try Dialogue(exec, onTerminal: true)
        try session.expect("/ # ")
        try session.type("tty; stty size; echo $TERM $((40 + 2))\r")
        try session.expect("/dev/pts/")
        // Up to the first \r: runc has the shell's terminal make one more when the shell is faster.
        try session.expect("24 80\r")
        try session.expect("xterm 42\r")
        try session.type("exit 9\r")
        #expect(try session.end() == .exited(9))
        #expect(try world.container("main").restartCount == 0)
      }
    }

    @Test("What cannot be run is an error in words", arguments: RuntimeKind.all)
    func errors(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        let missing = try world.run(["exec", "pod", "-c", "writer", "--", "nowhere"])
        #expect(!missing.succeeded)
        #expect(missing.errorText.contains("nowhere"), "\(missing.errorText)")
        let container = try world.run(["exec", "pod", "-c", "nobody", "--", "true"])
        #expect(container.status == .exited(1))
        #expect(container.errorText.contains("nobody"), "\(container.errorText)")
        let pod = try world.run(["exec", "nothing", "--", "true"])
        #expect(pod.errorText == "Error: pods \"nothing\" not found\n")
        // The first container, which is said.
        let first = try world.run(["exec", "pod", "--", "cat", "/data/index.html"])
        #expect(first.outputText == "Hello\n")
        #expect(first.errorText.hasPrefix("Defaulted container \"writer\" out of: writer, server"))
      }
    }

    @Test("A command that runs on is ended with its pod", arguments: RuntimeKind.all)
    func endsWithPod(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell(Spec.idle))
        try world.waitUntilRunning()
        let words = ["exec", "pod", "--", "sh", "-c", "echo ready; sleep 1000"]
        let session = try Dialogue(world.program(words))
        try session.expect("ready")
        try world.podshim("delete", "pod", "pod")
        #expect(try session.end().code == 137)
        try world.expectNoTraces()
      }
    }
  }
}
