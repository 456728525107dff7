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

    @Test(
      "A program that is not there is told from one that cannot be run", arguments: RuntimeKind.all)
    func programs(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        // Its first process has gone into a root of its own, which others do not share.
        let script = """
          mkdir -p /own/bin; cp -L /bin/busybox /own/bin/sleep; cp -a /lib /lib64 /own
          exec chroot /own sleep 1000
          """
        try world.create(
          Spec.shell(Spec.idle) + "\n"
            + """
            - name: apart
              image: busybox
              command: [sh, -c, "\(script.replacing("\n", with: ";"))"]
            """)
        try world.waitUntilRunning()
        func exec(_ container: String, _ words: String...) throws -> String {
          let result = try world.run(["exec", "pod", "-c", container, "--"] + words)
          return "\(result.status.code) \(result.outputText)\(result.errorText)"
        }
        #expect(
          try exec("main", "nowhere")
            == "127 error: exec: \"nowhere\": executable file not found in $PATH\n")
        #expect(
          try exec("main", "./nowhere")
            == "127 error: exec: \"./nowhere\": stat ./nowhere: no such file or directory\n")
        #expect(try exec("main", "/etc") == "126 error: exec: \"/etc\": is a directory\n")
        #expect(
          try exec("main", "/etc/group") == "126 error: exec: \"/etc/group\": permission denied\n")
        #expect(try exec("main", "../bin/sh", "-c", "exit 3") == "3 ")
        #expect(try exec("apart", "id", "-u") == "0 0\n")
      }
    }

    @Test("A container that is on its way is waited for, one that is not is not")
    func waiting() throws {
      try PodFixture.with(.runc) { world in
        let first = """
          initContainers:
          - name: first
            image: busybox
            command: [sh, -c, "until test -e /data/go; do sleep 0.1; done"]
            volumeMounts: [{name: data, mountPath: /data}]
          volumes: [{name: data, emptyDir: {}}]
          """
        try world.create(Spec.shell(Spec.idle, pod: first))
        let early = try world.run(
          ["exec", "pod", "-c", "main", "--pod-running-timeout=10ms", "--", "true"])
        #expect(early.status == .exited(1))
        #expect(
          early.errorText.hasPrefix("Error: container \"main\" in pod \"pod\" is not running"))
        let late = try Dialogue(
          world.program(["exec", "pod", "-c", "main", "--", "echo", "here"]), onTerminal: false)
        let attached = try Dialogue(
          world.program(["attach", "pod", "-c", "main"]), onTerminal: false)
        _ = try world.exec(in: "first", "touch", "/data/go")
        try late.expect("here")
        try world.podshim("delete", "pod", "pod")
        #expect(try attached.end() == .exited(0))
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
