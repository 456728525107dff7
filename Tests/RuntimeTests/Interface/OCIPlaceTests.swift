import Glibc
import OCISpec
import Testing

@testable import PodShim

/// What a runtime takes from its surroundings: the environment, the process that it is, its root.
extension Interface {
  @Suite("Environment, process, root")
  struct OCIPlaceTests {
    @Test("An environment with nothing in it will do", arguments: RuntimeFace.all)
    func empty(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        // As podman gives it to kill, delete, pause and resume: no PATH, no HOME.
        for environment in [[], ["XDG_RUNTIME_DIR=\(caller.folder)/xdg"]] {
          caller.environment = environment
          try caller.start()
          try caller.succeed("state", "c")
          #expect(try caller.succeed("exec", "c", "echo", "in") == "in\n")
          for verb in ["pause", "resume"] { try caller.succeed(verb, "c") }
          try caller.succeed("kill", "c", "0")
          try caller.succeed("ps", "--format", "json", "c")
          try caller.succeed("update", "--pids-limit", "99", "c")
          try caller.succeed("list")
          try caller.succeed("delete", "--force", "c")
          try Files.remove(caller.out + "/runs")
        }
      }
    }

    @Test(
      "The process that was started is the runtime, which nobody watches",
      arguments: RuntimeFace.all)
    func same(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        let words = ["exec", "c", "sh", "-c", "echo > /out/in; exec sleep 99"]
        let child = try caller.begin(words)
        try caller.wait(for: "the program") { Files.exists(caller.out + "/in") }
        let inner = try caller.processes().filter { $0.arguments == ["sleep", "99"] }
        #expect(inner.map(\.parent) == [child.pid])
        let image = try Files.readLink("/proc/\(child.pid)/exe")
        #expect(!image.hasSuffix("/podshim"), "\(image)")
        try child.signal(SIGKILL)
        _ = try child.wait()
      }
    }

    @Test("Roots know nothing of each other", arguments: RuntimeFace.all)
    func roots(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.create()
        let other = caller.folder + "/other"
        for words in [["--root", other, "state", "c"], ["--root=\(other)", "state", "c"]] {
          let result = try caller.call(words, bare: true)
          #expect(result.status != .exited(0))
        }
        // The last one counts, as conmon-rs says them twice.
        let twice = ["--root", other, "--root", caller.root, "state", "c"]
        #expect(try caller.call(twice, bare: true).status == .exited(0))
      }
    }

    @Test("Without a root it is the runtime's own", arguments: RuntimeFace.all)
    func defaults(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let id = "podshim-\(getpid())-\(face)"
        // What crun calls its run-time folder runc does not look at.
        caller.environment.append("XDG_RUNTIME_DIR=\(caller.folder)/xdg")
        try Files.makeDirectories(caller.folder + "/xdg")
        let bundle = try caller.bundle()
        let pidFile = caller.folder + "/c.pid"
        let words = ["create", "--bundle", bundle, "--pid-file", pidFile, id]
        let made = try caller.call(words, bare: true)
        #expect(made.status == .exited(0), "\(made.errorText)")
        let pid = try caller.adopt(file: pidFile)
        let top = face.beneath == .crun ? "\(caller.folder)/xdg/crun" : "/run/runc"
        #expect(Files.exists("\(top)/\(id)"))
        #expect(try caller.call(["delete", "--force", id], bare: true).status == .exited(0))
        try caller.wait(forEndOf: pid)
      }
    }
  }
}
