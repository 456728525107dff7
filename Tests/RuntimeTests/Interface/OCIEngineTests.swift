import Glibc
import OCISpec
import Testing

@testable import PodShim

/// Whole lives of containers, called by the very command lines of each engine.
extension Interface {
  @Suite("Engines")
  struct OCIEngineTests {
    private static func process(_ caller: Caller, _ script: String) throws -> String {
      let path = caller.folder + "/process.json"
      try Files.write(try JSON.pretty(caller.process(["sh", "-c", script])), to: path)
      return path
    }

    @Test("conmon and podman", arguments: RuntimeFace.all)
    func podman(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle()
        caller.globals = ["--log-format=json", "--log=\(caller.folder)/oci-log"]
        try caller.succeed(
          "create", "--bundle", bundle, "--pid-file", "\(bundle)/pidfile", "--no-pivot",
          "--no-new-keyring", "--preserve-fds", "0", "c")
        let pid = try caller.adopt(file: "\(bundle)/pidfile")
        try caller.succeed("start", "c")
        try caller.waitUntilItRuns()
        let process = try Self.process(caller, "exit 4")
        try caller.succeed(
          "exec", "--pid-file", "\(bundle)/exec", "--process", process, "--detach", "c")
        let inner = try caller.adopt(file: "\(bundle)/exec")
        #expect(try caller.wait(forEndOf: inner) == .exited(4))
        caller.environment = ["XDG_RUNTIME_DIR=\(caller.folder)"]
        for verb in ["pause", "resume"] { try caller.succeed(verb, "c") }
        let file = caller.folder + "/resources"
        try Files.writeText("{\"pids\": {\"limit\": 77}}", to: file)
        try caller.succeed("update", "--resources=\(file)", "c")
        try caller.succeed("kill", "--all", "c", "15")
        try caller.wait(forEndOf: pid)
        try caller.succeed("delete", "--force", "c")
        #expect(try Files.readText(caller.folder + "/oci-log") == "")
      }
    }

    @Test("CRI-O", arguments: RuntimeFace.all)
    func crio(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle()
        func call(_ words: String..., input: String = "") throws -> ProgramResult {
          try caller.call(
            ["--root=\(caller.root)"] + words, bare: true, input: Array(input.utf8))
        }
        let made = try call("create", "--bundle", bundle, "--pid-file", "\(bundle)/pidfile", "c")
        try #require(made.succeeded, "\(made.errorText)")
        let pid = try caller.adopt(file: "\(bundle)/pidfile")
        #expect(try call("start", "c").succeeded)
        try caller.waitUntilItRuns()
        let process = try Self.process(caller, "cat; exit 4")
        let inner = try call("exec", "--process", process, "c", input: "in")
        #expect(inner.status == .exited(4) && inner.outputText == "in")
        let limits = try call("update", "--resources", "-", "c", input: "{\"pids\":{\"limit\":77}}")
        #expect(limits.succeeded, "\(limits.errorText)")
        #expect(try call("state", "c").succeeded)
        #expect(try call("kill", "c", "KILL").succeeded)
        try caller.wait(forEndOf: pid)
        #expect(try call("kill", "-a", "c", "9").succeeded)
        #expect(try call("delete", "--force", "c").succeeded)
      }
    }

    @Test("conmon-rs, which says everything twice", arguments: RuntimeFace.all)
    func conmonrs(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle()
        caller.globals = ["--root=\(caller.root)", "--root", caller.root]
        try caller.succeed("create", "--bundle", bundle, "--pid-file", "\(bundle)/pidfile", "c")
        try caller.succeed("start", "c")
        try caller.waitUntilItRuns()
        try caller.succeed("exec", "-d", "--pid-file=\(bundle)/exec", "c", "sh", "-c", "exit 4")
        #expect(try caller.wait(forEndOf: caller.adopt(file: "\(bundle)/exec")) == .exited(4))
      }
    }

    @Test("containerd", arguments: RuntimeFace.all)
    func containerd(face: RuntimeFace) throws {
      let why: Comment = "--rootless says where its root is"
      try Caller.with(face, failing: [.crun: why]) { caller in
        let bundle = try caller.bundle()
        let log = bundle + "/log.json"
        caller.globals = ["--log", log, "--log-format", "json", "--rootless=false"]
        try caller.succeed("create", "--bundle", bundle, "--pid-file", "\(bundle)/init.pid", "c")
        let pid = try caller.adopt(file: "\(bundle)/init.pid")
        #expect(Files.exists(caller.root + "/c"))
        try caller.succeed("start", "c")
        try caller.waitUntilItRuns()
        let process = try Self.process(caller, "exit 4")
        try caller.succeed(
          "exec", "--process", process, "--detach", "--pid-file", "\(bundle)/exec.pid", "c")
        #expect(try caller.wait(forEndOf: caller.adopt(file: "\(bundle)/exec.pid")) == .exited(4))
        let pids = try caller.succeed("ps", "--format", "json", "c")
        #expect(try JSON.decode([Int].self, from: Array(pids.utf8)).contains(Int(pid)))
        try caller.succeed("update", "--resources=-", "c", input: "{\"pids\": {\"limit\": 77}}")
        try caller.succeed("kill", "--all", "c", "9")
        try caller.wait(forEndOf: pid)
        try caller.refuse("kill", "c", "9")
        #expect(try !LogLine.only(in: Files.readText(log)).msg.isEmpty)
        try caller.succeed("delete", "c")
      }
    }

    @Test("BuildKit", arguments: RuntimeFace.all)
    func buildkit(face: RuntimeFace) throws {
      let why: Comment = "it has no flag --keep"
      try Caller.with(face, failing: [.crun: why]) { caller in
        let bundle = try caller.bundle(script: "exit 9")
        caller.globals = ["--log", caller.folder + "/runc-log.json", "--log-format", "json"]
        let result = try caller.call("run", "--bundle", bundle, "--keep", "c")
        #expect(result.status == .exited(9))
        try caller.succeed("delete", "c")
      }
    }

    @Test("buildah", arguments: RuntimeFace.all)
    func buildah(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle()
        func call(_ words: String...) throws -> String {
          try caller.succeed(words, directory: bundle)
        }
        _ = try call("create", "--bundle", bundle, "--pid-file", "\(bundle)/pid", "c")
        let pid = try caller.adopt(file: "\(bundle)/pid")
        _ = try call("start", "c")
        let state = try JSON.decode(State.self, from: Array(try call("state", "c").utf8))
        #expect(state.status == .running)
        _ = try call("kill", "c", "SIGKILL")
        try caller.wait(forEndOf: pid)
        #expect(try caller.status() == .stopped)
        _ = try call("delete", "c")
      }
    }

    @Test("Slurm, in the words for crun", arguments: RuntimeFace.all)
    func slurm(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle()
        func call(_ words: String...) throws -> ProgramResult {
          try caller.call(["--rootless=true", "--root=\(caller.root)"] + words, bare: true)
        }
        #expect(try call("state", "c").status != .exited(0))
        #expect(try call("create", "--bundle", bundle, "c").succeeded)
        #expect(try call("start", "c").succeeded)
        caller.adopt(try #require(try caller.state().pid))
        try caller.waitUntilItRuns()
        #expect(try call("kill", "-a", "c").succeeded)
        try caller.wait(for: "the end") { try caller.status() == .stopped }
        #expect(try call("delete", "--force", "c").succeeded)
        let other = try caller.bundle("other", script: "exit 9")
        #expect(try call("run", "--bundle", other, "c").status == .exited(9))
      }
    }

    @Test("Slurm, in the words for runc: flags behind the container", arguments: RuntimeFace.all)
    func slurmRunc(face: RuntimeFace) throws {
      let why: Comment = "it takes no flags behind the container"
      try Caller.with(face, failing: [.crun: why]) { caller in
        caller.globals = ["--rootless=true", "--root=\(caller.root)"]
        let bundle = try caller.bundle("other", script: "exit 9")
        #expect(try caller.call("run", "c", "-b", bundle).status == .exited(9))
        try caller.succeed("create", "c", "-b", bundle)
        try caller.succeed("delete", "--force", "c")
      }
    }
  }
}
