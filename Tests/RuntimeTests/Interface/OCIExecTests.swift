import Glibc
import OCISpec
import Testing

@testable import PodShim

/// What `exec` runs, where, and what becomes of its status.
extension Interface {
  @Suite("exec")
  struct OCIExecTests {
    /// A process on file, with `/out/did` for what it has to say.
    private static func file(
      _ caller: Caller, _ script: String, _ change: (inout OCISpec.Process) -> Void = { _ in }
    ) throws -> String {
      var process = caller.process(["sh", "-c", script])
      change(&process)
      let path = caller.folder + "/process.json"
      try Files.write(try JSON.pretty(process), to: path)
      return path
    }

    @Test(
      "Its status is the program's, 128 and the signal where one ended it",
      arguments: RuntimeFace.all)
    func status(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        for (script, status) in [
          ("exit 0", 0), ("exit 5", 5), ("kill -9 $$", 137), ("kill $$", 143),
        ] {
          let plain = try caller.call("exec", "c", "/bin/sh", "-c", script)
          #expect(plain.status == .exited(CInt(status)), "\(script)")
          let process = try Self.file(caller, script)
          for flags in [["--process", process], ["--process=\(process)"], ["-p", process]] {
            let result = try caller.call(["exec"] + flags + ["c"])
            #expect(result.status == .exited(CInt(status)), "\(script) \(flags)")
          }
        }
      }
    }

    @Test("Standard streams are the caller's", arguments: RuntimeFace.all)
    func streams(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        let script = "read word; echo got $word; echo bad >&2"
        for words in [
          ["c", "sh", "-c", script], ["--process", try Self.file(caller, script), "c"],
        ] {
          let result = try caller.call(["exec"] + words, input: Array("a word\n".utf8))
          #expect(result.outputText == "got a word\n")
          #expect(result.errorText == "bad\n")
        }
      }
    }

    @Test("What follows the container is the program's, flags too", arguments: RuntimeFace.all)
    func arguments(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        let said = try caller.succeed("exec", "c", "echo", "--process", "-d", "--root=x", "--", "-")
        #expect(said == "--process -d --root=x -- -\n")
        #expect(try caller.succeed("exec", "--", "c", "echo", "-d") == "-d\n")
        #expect(try caller.succeed("exec", "c", "echo", "", "a b", "\"") == " a b \"\n")
      }
    }

    @Test("Detached it ends once the program runs, and tells its pid", arguments: RuntimeFace.all)
    func detached(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        let pidFile = caller.folder + "/exec.pid"
        let process = try Self.file(
          caller, "echo $$ > /out/did; while [ ! -e /out/go ]; do sleep 0.02; done; exit 4")
        try caller.succeed("exec", "--process", process, "--detach", "--pid-file", pidFile, "c")
        let pid = try caller.adopt(file: pidFile)
        try caller.wait(for: "the program") { !caller.lines("did").isEmpty }
        #expect(HostProcess(pid)?.parent == getpid())
        try Files.writeText("", to: caller.out + "/go")
        #expect(try caller.wait(forEndOf: pid) == .exited(4))
        try Files.remove(pidFile)
        try caller.succeed("exec", "-d", "--pid-file=\(pidFile)", "c", "sh", "-c", "exit 6")
        #expect(try caller.wait(forEndOf: caller.adopt(file: pidFile)) == .exited(6))
      }
    }

    @Test("A pid file is written in the foreground too", arguments: RuntimeFace.all)
    func pidFile(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        let process = try Self.file(caller, "exit 0")
        try caller.succeed(
          "exec", "--process", process, "--pid-file", caller.folder + "/e.pid", "c")
        #expect(try pid_t(Files.readText(caller.folder + "/e.pid")) != nil)
      }
    }

    @Test(
      "A program that is missing is an error, in words that engines know",
      arguments: RuntimeFace.all)
    func missing(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        let pidFile = caller.folder + "/exec.pid"
        for program in ["nothing-of-this-name", "/nothing"] {
          let words = ["exec", "--detach", "--pid-file", pidFile, "c", program]
          let result = try caller.call(words)
          #expect(result.status != .exited(0))
          let known = ["executable file", "no such file or directory"]
          #expect(known.contains(where: result.errorText.lowercased().contains))
          let plain = try caller.call("exec", "c", program)
          #expect(plain.status != .exited(0))
        }
      }
    }

    @Test("User, folder and variables are as they are asked for", arguments: RuntimeFace.all)
    func process(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        let script = "echo $(id -u) $(id -g) $(pwd) $WORD"
        let file = try Self.file(caller, script) { process in
          process.user?.uid = 1000
          process.user?.gid = 2000
          process.cwd = "/tmp"
          process.env?.append("WORD=told")
        }
        let wanted = "1000 2000 /tmp told\n"
        let path = "PATH=/bin"
        #expect(try caller.succeed("exec", "--process", file, "c") == wanted)
        let flags = ["--user", "1000:2000", "--cwd", "/tmp", "--env", "WORD=told", "--env", path]
        #expect(try caller.succeed(["exec"] + flags + ["c", "sh", "-c", script]) == wanted)
        let short = ["-u", "1000:2000", "--cwd=/tmp", "-e", "WORD=told", "-e", path]
        #expect(try caller.succeed(["exec"] + short + ["c", "sh", "-c", script]) == wanted)
      }
    }

    @Test("Variables are added to those of the container", arguments: RuntimeFace.all)
    func variables(face: RuntimeFace) throws {
      let why: Comment = "it has those alone that it is given"
      try Caller.with(face, failing: [.crun: why, .shimOverCrun: why]) { caller in
        try caller.start()
        let said = try caller.succeed("exec", "-e", "WORD=told", "c", "/bin/env")
        #expect(said.contains("WORD=told\n") && said.contains("PATH=/bin"), "\(said)")
      }
    }

    @Test("It runs in the container's namespaces and cgroup", arguments: RuntimeFace.all)
    func place(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.start()
        for kind in [Namespace.Kind.net, .ipc, .uts, .mnt, .pid] {
          let said = try caller.succeed("exec", "c", "readlink", "/proc/self/ns/\(kind.rawValue)")
          #expect(said == (HostProcess(pid)?.namespace(kind) ?? "") + "\n")
        }
        let groups = try caller.succeed("exec", "c", "cat", "/proc/self/cgroup")
        #expect(groups.contains(caller.cgroup + "/bundle"), "\(groups)")
      }
    }

    @Test("What is created can be entered", arguments: RuntimeFace.all)
    func created(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.create()
        #expect(try caller.succeed("exec", "c", "echo", "in") == "in\n")
        #expect(try caller.status() == .created)
      }
    }

    @Test("What has ended, is paused or was never made is refused", arguments: RuntimeFace.all)
    func refused(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.refuse("exec", "c", "true")
        let pid = try caller.start()
        try caller.succeed("pause", "c")
        try caller.refuse("exec", "c", "true")
        try caller.succeed("resume", "c")
        try caller.succeed("kill", "c", "KILL")
        try caller.wait(forEndOf: pid)
        try caller.refuse("exec", "c", "true")
        try caller.refuse("exec", "c")
      }
    }

    @Test("Groups beside the first are as they are asked for", arguments: RuntimeFace.all)
    func groups(face: RuntimeFace) throws {
      let why: Comment = "it has no such flag"
      try Caller.with(face, failing: [.crun: why]) { caller in
        try caller.start()
        for flags in [["--additional-gids", "5"], ["-g", "5"], ["--additional-gids=5"]] {
          let said = try caller.succeed(["exec"] + flags + ["c", "id", "-G"])
          #expect(said == "0 5\n")
        }
      }
    }

    @Test("What is paused can be entered when that is asked for", arguments: RuntimeFace.all)
    func ignorePaused(face: RuntimeFace) throws {
      let why: Comment = "it has no such flag"
      try Caller.with(face, failing: [.crun: why]) { caller in
        try caller.start()
        #expect(try caller.succeed("exec", "--ignore-paused", "c", "echo", "in") == "in\n")
      }
    }
  }
}
