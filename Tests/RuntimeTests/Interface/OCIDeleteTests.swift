import Glibc
import OCISpec
import Testing

@testable import PodShim

/// When `delete` may be called, what it takes away and what it leaves.
extension Interface {
  @Suite("delete")
  struct OCIDeleteTests {
    /// The folders of the container's cgroup, in all trees.
    private static func cgroups(_ caller: Caller) throws -> [String] {
      let top = "/sys/fs/cgroup"
      let trees = try Files.list(top).map { "\(top)/\($0)" } + [top]
      return trees.filter { $0 != "\(top)/unified" }
        .map { $0 + caller.cgroup + "/bundle" }.filter(Files.exists)
    }

    @Test("What has ended is gone, and its ID is free", arguments: RuntimeFace.all)
    func ended(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.stop()
        #expect(try !Self.cgroups(caller).isEmpty)
        try caller.succeed("delete", "c")
        try caller.refuse("state", "c")
        #expect(try Self.cgroups(caller) == [])
        #expect(try caller.succeed("list", "-q") == "")
        try caller.create()
      }
    }

    @Test("What runs is refused, and runs on", arguments: RuntimeFace.all)
    func running(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.start()
        try caller.refuse("delete", "c")
        #expect(try caller.state().status == .running)
        try caller.succeed("kill", "c", "TERM")
        #expect(try caller.wait(forEndOf: pid) == .exited(7))
      }
    }

    @Test("What is paused is refused", arguments: RuntimeFace.all)
    func paused(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        try caller.succeed("pause", "c")
        try caller.refuse("delete", "c")
        #expect(try caller.status() == .paused)
      }
    }

    @Test("What is created is ended, and gone", arguments: RuntimeFace.all)
    func created(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create()
        try caller.succeed("delete", "c")
        try caller.wait(forEndOf: pid)
        try caller.refuse("state", "c")
      }
    }

    @Test("What nobody made is refused", arguments: RuntimeFace.all)
    func unknown(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.refuse("delete", "c")
        try caller.stop()
        try caller.succeed("delete", "c")
        try caller.refuse("delete", "c")
      }
    }

    @Test("It is refused in words that engines know", arguments: RuntimeFace.all)
    func words(face: RuntimeFace) throws {
      let why: Comment = "it names the folder that is missing"
      try Caller.with(face, failing: [.crun: why]) { caller in
        let said = try caller.refuse("delete", "c")
        #expect(said.contains("does not exist"), "\(said)")
      }
    }

    @Test("By force: what is created, runs, is paused, has ended", arguments: RuntimeFace.all)
    func force(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.create("created")
        try caller.start("running")
        try caller.start("paused", bundle: caller.bundle("other"))
        try caller.succeed("pause", "paused")
        try caller.stop("stopped")
        for id in ["created", "running", "paused", "stopped"] {
          try caller.succeed("delete", "--force", id)
          try caller.refuse("state", id)
        }
        #expect(try caller.succeed("list", "-q") == "")
        #expect(try Self.cgroups(caller) == [])
      }
    }

    @Test("By force, what nobody made is no error and nothing is said", arguments: RuntimeFace.all)
    func forceUnknown(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let result = try caller.call("delete", "--force", "c")
        #expect(result.status == .exited(0))
        #expect(result.output + result.errors == [])
      }
    }

    @Test("What create did not make stays", arguments: RuntimeFace.all)
    func stays(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let first = try caller.create("holder")
        let bundle = try caller.bundle("joined") { spec in
          spec.linux?.namespaces = [.pid, .mount].map { Linux.Namespace(type: $0) }
          var network = Linux.Namespace(type: .network)
          network.path = Namespace.path(pid: first, kind: .net)
          spec.linux?.namespaces?.append(network)
        }
        try Files.writeText("kept", to: caller.out + "/kept")
        try caller.create("c", bundle: bundle)
        try caller.succeed("delete", "--force", "c")
        #expect(try Files.readText(caller.out + "/kept") == "kept")
        #expect(Files.exists(bundle + "/config.json"))
        #expect(try Files.exists(RootFilesystem.shared.get().path + "/bin/busybox"))
        #expect(try caller.state("holder").status == .created)
      }
    }
  }
}
