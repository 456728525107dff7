import Glibc
import OCISpec
import Testing

@testable import PodShim

/// `run`: `create` and `start` in one, and `delete` where nothing is detached.
extension Interface {
  @Suite("run")
  struct OCIRunTests {
    @Test(
      "Its status is the program's, 128 and the signal where one ended it",
      arguments: RuntimeFace.all)
    func status(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let scripts = [("exit 0", 0), ("exit 9", 9), ("exec sh -c 'exit 255'", 255)]
        for (script, status) in scripts {
          let bundle = try caller.bundle(script: script)
          let result = try caller.call("run", "--bundle", bundle, "c")
          #expect(result.status == .exited(CInt(status)), "\(script): \(result.errorText)")
          try caller.refuse("state", "c")
        }
        let killed = try caller.begin(["run", "--bundle", caller.bundle(), "c"])
        try caller.waitUntilItRuns()
        try caller.succeed("kill", "c", "KILL")
        #expect(try killed.wait() == .exited(137))
      }
    }

    @Test("Standard streams are the caller's", arguments: RuntimeFace.all)
    func streams(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle(script: "read word; echo got $word; echo bad >&2")
        let result = try caller.call(
          ["run", "--bundle", bundle, "c"], input: Array("a word\n".utf8))
        #expect(result.outputText == "got a word\n")
        #expect(result.errorText == "bad\n")
      }
    }

    @Test("Detached it ends once the program runs", arguments: RuntimeFace.all)
    func detached(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle()
        for flag in ["--detach", "-d"] {
          let pidFile = caller.folder + "/c.pid"
          try caller.succeed("run", flag, "--bundle", bundle, "--pid-file", pidFile, "c")
          let pid = try caller.adopt(file: pidFile)
          #expect(try caller.status() == .running)
          try caller.wait(for: "the container to be ours") {
            HostProcess(pid)?.parent == getpid()
          }
          try caller.succeed("delete", "--force", "c")
        }
      }
    }

    @Test("A signal to it is one to the program", arguments: RuntimeFace.all)
    func signals(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let child = try caller.begin(["run", "--bundle", caller.bundle(), "c"])
        try caller.waitUntilItRuns()
        try child.signal(SIGTERM)
        #expect(try child.wait() == .exited(7))
      }
    }

    @Test("With --keep the container stays when it has ended", arguments: RuntimeFace.all)
    func keep(face: RuntimeFace) throws {
      let why: Comment = "it has no such flag"
      try Caller.with(face, failing: [.crun: why]) { caller in
        let bundle = try caller.bundle(script: "exit 9")
        let result = try caller.call("run", "--keep", "--bundle", bundle, "c")
        #expect(result.status == .exited(9), "\(result.errorText)")
        #expect(try caller.status() == .stopped)
        try caller.succeed("delete", "c")
      }
    }

    @Test("A program that is missing is an error, and nothing is left", arguments: RuntimeFace.all)
    func missing(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle { spec in spec.process?.args = ["nothing-of-this-name"] }
        let said = try caller.refuse("run", "--bundle", bundle, "c")
        #expect(said.contains("executable file"), "\(said)")
        try caller.refuse("state", "c")
      }
    }
  }
}
