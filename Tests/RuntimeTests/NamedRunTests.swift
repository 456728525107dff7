import Glibc
import PodModel
import Testing

@testable import PodShim

/// One container by a line of words.
extension Pods {
  @Suite("run NAME runs one container, as kubectl does")
  struct NamedRunTests {
    @Test("With -i what is typed goes in, all of the output comes out, and so does the status")
    func pipes() throws {
      try PodFixture.with(.runc) { world in
        let words = ["run", "pod", "--image=busybox", "-i", "--rm", "--restart=Never"]
        let script = "echo early; echo err >&2; cat; exit 3"
        let result = try world.run(
          words + ["--", "sh", "-c", script], input: Array("typed\n".utf8))
        #expect(result.status == .exited(3))
        #expect(result.outputText == "early\ntyped\npod \"pod\" deleted\n")
        #expect(result.errorText == "err\npod default/pod terminated (Error)\n")
        try world.expectNoTraces("after --rm")
      }
    }

    @Test("Without it the pod is made and left alone; what is not there says so")
    func detached() throws {
      try PodFixture.with(.runc) { world in
        let words = ["run", "pod", "--image=busybox", "--env=A=b", "--restart=Never"]
        let made = try world.podshim(words + ["--", "sh", "-c", "echo $A"])
        #expect(made == "pod/pod created\n")
        try world.wait(until: .succeeded)
        #expect(try world.podshim("logs", "pod") == "b\n")
        #expect(try world.pod().metadata.labels == ["run": "pod"])
        let again = try world.run(words)
        #expect(again.status == .exited(1))
        #expect(again.errorText == "Error: pods \"pod\" already exists\n")
        // What a container printed that ended before we were there is shown all the same.
        let short = ["run", "short", "--image=busybox", "--attach", "--restart=Never", "--rm"]
        let result = try world.run(short + ["--", "echo", "hello"])
        #expect(result.succeeded)
        #expect(result.outputText == "hello\npod \"short\" deleted\n")
        let missing = ["run", "missing", "--image=nowhere.invalid/x", "--rm", "-i"]
        let late = try world.run(missing + ["--pod-running-timeout=500ms"])
        #expect(late.status == .exited(1))
        #expect(late.outputText == "pod \"missing\" deleted\n")
        #expect(late.errorText.contains("timed out waiting for container \"missing\" to run"))
      }
    }

    @Test("Ctrl-C ends what waits for a container, and --rm is not forgotten")
    func interrupted() throws {
      try PodFixture.with(.runc) { world in
        let words = ["run", "pod", "--image=nowhere.invalid/x", "-i", "--rm"]
        let session = try Dialogue(world.program(words), onTerminal: true)
        try session.expect("Warning: container pod: ")
        try session.type("\u{3}")
        try session.expect("pod \"pod\" deleted")
        #expect(try session.end() == .exited(130))
        try world.expectNoTraces()
      }
    }

    @Test("With -it it is a session at a terminal")
    func terminal() throws {
      try PodFixture.with(.runc) { world in
        let words = ["run", "pod", "--image=busybox", "-it", "--rm", "--restart=Never"]
        let session = try Dialogue(world.program(words + ["--", "sh"]), onTerminal: true)
        try session.expect("If you don't see a command prompt, try pressing enter.")
        try session.type("\r")
        try session.expect("/ # ")
        try session.type("echo $((40 + 2)); exit 5\r")
        try session.expect("42\r\n")
        try session.expect("pod \"pod\" deleted")
        #expect(try session.end() == .exited(5))
      }
    }
  }
}
