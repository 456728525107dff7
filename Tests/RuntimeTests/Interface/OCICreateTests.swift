import Glibc
import OCISpec
import Testing

@testable import PodShim

/// What `create` makes, what it refuses, and what it leaves then.
extension Interface {
  @Suite("create")
  struct OCICreateTests {
    @Test("The program does not run yet", arguments: RuntimeFace.all)
    func waits(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create(bundle: caller.bundle(script: "echo ran > /out/runs; sleep 9"))
        #expect(try caller.state().status == .created)
        #expect(try caller.state().pid == pid)
        usleep(50_000)
        #expect(!Files.exists(caller.out + "/runs"))
        try caller.succeed("start", "c")
        try caller.waitUntilItRuns()
      }
    }

    @Test("An ID that is taken is refused, and its container stays", arguments: RuntimeFace.all)
    func taken(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create()
        let other = try caller.bundle("other")
        for status in [ContainerStatus.created, .running, .stopped] {
          let said = try caller.refuse("create", "--bundle", other, "c")
          #expect(said.contains("already exists"), "\(said)")
          #expect(try caller.state().status == status)
          #expect(try caller.state().bundle == caller.folder + "/bundle")
          if status == .created { try caller.succeed("start", "c") }
          if status == .running {
            try caller.succeed("kill", "c", "KILL")
            try caller.wait(forEndOf: pid)
          }
        }
      }
    }

    @Test("config.json is read once: what changes later has no effect", arguments: RuntimeFace.all)
    func isRead(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.create(
          bundle: caller.bundle(script: "echo first > /out/word") {
            $0.annotations = ["org.example": "first"]
          })
        try caller.bundle(script: "echo second > /out/word") {
          $0.annotations = ["org.example": "second"]
        }
        try caller.succeed("start", "c")
        try caller.wait(for: "the program's word") { !caller.lines("word").isEmpty }
        #expect(caller.lines("word") == ["first"])
      }
    }

    @Test("The pid file is there when it ends: a number alone", arguments: RuntimeFace.all)
    func pidFile(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle()
        for (id, flags) in [
          ("a", ["--pid-file", caller.folder + "/a.pid"]),
          ("b", ["--pid-file=\(caller.folder)/b.pid"]),
        ] {
          try caller.succeed(["create", "--bundle", bundle] + flags + [id])
          // No newline: go-runc reads it with Atoi.
          let text = try Files.readText("\(caller.folder)/\(id).pid")
          #expect(try text == "\(#require(caller.state(id).pid))")
          let pid = try caller.adopt(file: "\(caller.folder)/\(id).pid")
          try #require(HostProcess(pid) != nil)
          try caller.succeed("delete", "--force", id)
        }
      }
    }

    @Test("The bundle is the current folder unless one is named", arguments: RuntimeFace.all)
    func current(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle()
        try caller.succeed(["create", "c"], directory: bundle)
        #expect(try caller.state().bundle == bundle)
        try caller.succeed(["create", "--bundle", "bundle", "d"])
        #expect(try caller.state("d").bundle == bundle)
      }
    }

    @Test("Without a bundle nothing is made, and nothing is left", arguments: RuntimeFace.all)
    func noBundle(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let said = try caller.refuse("create", "--bundle", caller.folder + "/none", "c")
        #expect(said.lowercased().contains("no such file or directory"), "\(said)")
        try Files.makeDirectories(caller.folder + "/empty")
        try caller.refuse("create", "--bundle", caller.folder + "/empty", "c")
        let broken = try caller.bundle()
        try Files.writeText("{", to: broken + "/config.json")
        try caller.refuse("create", "--bundle", broken, "c")
        try caller.refuse("state", "c")
        try caller.create()
      }
    }

    @Test(
      "A program that is missing is refused in words that engines know", arguments: RuntimeFace.all)
    func missing(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        for program in ["nothing-of-this-name", "/nothing"] {
          let bundle = try caller.bundle { spec in spec.process?.args = [program] }
          let said = try caller.refuse(
            "create", "--bundle", bundle, "--pid-file", caller.folder + "/c.pid", "c")
          // By these podman says 127.
          let known = [
            "executable file not found in", "no such file or directory", "open executable",
          ]
          #expect(known.contains(where: said.lowercased().contains), "\(said)")
          try caller.refuse("state", "c")
        }
        try caller.create()
      }
    }

    @Test(
      "A program that may not be run is refused in words that engines know",
      arguments: RuntimeFace.all)
    func forbidden(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle { spec in spec.process?.args = ["/etc"] }
        let said = try caller.refuse("create", "--bundle", bundle, "c").lowercased()
        // By these podman says 126.
        let known = ["permission denied", "operation not permitted"]
        #expect(known.contains(where: said.contains), "\(said)")
      }
    }

    @Test("An ID that leads out of the folder is refused", arguments: RuntimeFace.all)
    func ids(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle()
        for id in ["..", "a/b", "", "../x"] {
          try caller.refuse("create", "--bundle", bundle, id)
        }
        #expect(try Files.list(caller.folder).contains("x") == false)
      }
    }

    @Test(
      "The container is the child of who called, who reads how it ends", arguments: RuntimeFace.all)
    func parent(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.start()
        #expect(HostProcess(pid)?.parent == getpid())
        try caller.succeed("kill", "c", "TERM")
        #expect(try caller.wait(forEndOf: pid) == .exited(7))
        let other = try caller.stop("d")
        #expect(caller.ends[other]?.status == .signaled(SIGKILL))
      }
    }

    @Test("Nobody stays between the caller and the container", arguments: RuntimeFace.all)
    func nobody(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.start(bundle: caller.bundle(script: "echo > /out/runs; exec sleep 99"))
        #expect(try caller.processes().map(\.pid) == [pid])
      }
    }

    @Test("Namespaces are made, or joined where a path is given", arguments: RuntimeFace.all)
    func namespaces(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let first = try caller.create()
        let kinds: [(NamespaceType, Namespace.Kind)] = [
          (.network, .net), (.ipc, .ipc), (.uts, .uts),
        ]
        let bundle = try caller.bundle("joined") { spec in
          spec.linux?.namespaces = [.pid, .mount].map { Linux.Namespace(type: $0) }
          for (type, kind) in kinds {
            var namespace = Linux.Namespace(type: type)
            namespace.path = Namespace.path(pid: first, kind: kind)
            spec.linux?.namespaces?.append(namespace)
          }
        }
        let second = try caller.create("d", bundle: bundle)
        let (one, two) = (HostProcess(first), HostProcess(second))
        let own = HostProcess(getpid())
        for (_, kind) in kinds {
          #expect(one?.namespace(kind) == two?.namespace(kind), "\(kind)")
          #expect(one?.namespace(kind) != own?.namespace(kind), "\(kind)")
        }
        #expect(one?.namespace(.mnt) != two?.namespace(.mnt))
        #expect(one?.namespace(.pid) != two?.namespace(.pid))
      }
    }
  }
}
