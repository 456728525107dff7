import Glibc
import OCISpec
import Testing

@testable import PodShim

/// When hooks run, where, in which order, what they are told, and what it means when one fails.
extension Interface {
  @Suite("Hooks")
  struct OCIHookTests {
    private static var kinds: [WritableKeyPath<Hooks, [Hook]?>] {
      [
        \.prestart, \.createRuntime, \.createContainer, \.startContainer, \.poststart, \.poststop,
      ]
    }
    static let names = [
      "prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop",
    ]

    /// Writes its name, and what it was told and sees, below /out: to the container, which
    /// `startContainer` alone runs in, that is another path.
    private static func hook(_ name: String, _ caller: Caller, then command: String = "") -> Hook {
      let out = name.hasPrefix("startContainer") ? "/out" : caller.out
      let script = """
        echo \(name) >> \(out)/order; cat > \(out)/\(name).json
        readlink /proc/self/ns/net > \(out)/\(name).net
        \(command)
        """
      var hook = Hook(path: "/bin/sh", args: ["sh", "-c", script])
      hook.env = ["PATH=/bin:/usr/bin"]
      return hook
    }

    private static func bundle(_ caller: Caller, failing name: String? = nil) throws -> String {
      let script = "echo program >> /out/order; \(Caller.obedient)"
      return try caller.bundle(script: script) { spec in
        var hooks = Hooks()
        for (kind, place) in zip(names, kinds) {
          hooks[keyPath: place] = [hook(kind, caller, then: kind == name ? "exit 3" : "")]
        }
        spec.hooks = hooks
        spec.annotations = ["org.example": "told"]
      }
    }

    @Test("All six run, with the calls that they belong to", arguments: RuntimeFace.all)
    func order(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create(bundle: Self.bundle(caller))
        #expect(
          caller.lines("order").prefix(3) == ["prestart", "createRuntime", "createContainer"])
        #expect(!caller.lines("order").contains("startContainer"))
        try caller.succeed("start", "c")
        try caller.waitUntilItRuns()
        let started = caller.lines("order").filter { $0 != "poststart" }
        #expect(started.dropFirst(3) == ["startContainer", "program"])
        try caller.succeed("kill", "c", "KILL")
        try caller.wait(forEndOf: pid)
        #expect(!caller.lines("order").contains("poststop"))
        try caller.succeed("delete", "c")
        #expect(caller.lines("order").last == "poststop")
        #expect(Set(caller.lines("order")) == Set(Self.names + ["program"]))
        #expect(caller.lines("order").count == 7)
      }
    }

    @Test("poststart runs when the program was started", arguments: RuntimeFace.all)
    func afterTheStart(face: RuntimeFace) throws {
      let early: Comment = "it runs them at the end of create"
      let race: Comment = "it does not wait for the hooks of the container"
      try Caller.with(
        face, failing: [.runc: early, .shimOverRunc: early],
        sometimes: [.crun: race, .shimOverCrun: race]
      ) { caller in
        try caller.create(bundle: Self.bundle(caller))
        #expect(!caller.lines("order").contains("poststart"))
        try caller.succeed("start", "c")
        try caller.waitUntilItRuns()
        #expect(caller.lines("order").suffix(2) == ["program", "poststart"])
      }
    }

    @Test("Each is told the state of the container", arguments: RuntimeFace.all)
    func state(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create(bundle: Self.bundle(caller))
        try caller.succeed("start", "c")
        try caller.waitUntilItRuns()
        try caller.succeed("delete", "--force", "c")
        try caller.wait(forEndOf: pid)
        for name in Self.names {
          let told = try JSON.decode(State.self, from: Files.read("\(caller.out)/\(name).json"))
          #expect(told.id == "c", "\(name)")
          if name != "startContainer" {
            #expect(told.bundle == caller.folder + "/bundle", "\(name)")
          }
          #expect(told.annotations?["org.example"] == "told", "\(name)")
          #expect(told.ociVersion.hasPrefix("1."), "\(name)")
        }
        let first = try JSON.decode(
          State.self, from: Files.read(caller.out + "/createRuntime.json"))
        #expect(first.pid == pid)
      }
    }

    @Test("They are told what the container is doing", arguments: RuntimeFace.all)
    func status(face: RuntimeFace) throws {
      let early: Comment = "it runs poststart at the end of create"
      let wrong: Comment = "it says starting to startContainer"
      let failings: Failings = [
        .runc: early, .shimOverRunc: early, .crun: wrong, .shimOverCrun: wrong,
      ]
      try Caller.with(face, failing: failings) { caller in
        let pid = try caller.create(bundle: Self.bundle(caller))
        try caller.succeed("start", "c")
        try caller.waitUntilItRuns()
        try caller.succeed("delete", "--force", "c")
        try caller.wait(forEndOf: pid)
        func told(_ name: String) throws -> ContainerStatus {
          try JSON.decode(State.self, from: Files.read("\(caller.out)/\(name).json")).status
        }
        for name in ["prestart", "createRuntime", "createContainer"] {
          #expect(try [.creating, .created].contains(told(name)), "\(name)")
        }
        let starting = try told("startContainer")
        #expect([.created, .running].contains(starting), "\(starting)")
        #expect(try told("poststart") == .running)
        #expect(try told("poststop") == .stopped)
      }
    }

    @Test(
      "Two run in the container's namespaces, the others in the caller's",
      arguments: RuntimeFace.all)
    func namespaces(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create(bundle: Self.bundle(caller))
        let network = try #require(HostProcess(pid)?.namespace(.net))
        let own = try #require(HostProcess(getpid())?.namespace(.net))
        try caller.succeed("start", "c")
        try caller.waitUntilItRuns()
        try caller.succeed("delete", "--force", "c")
        for name in Self.names {
          let isInside = ["createContainer", "startContainer"].contains(name)
          #expect(caller.lines(name + ".net") == [isInside ? network : own], "\(name)")
        }
      }
    }

    @Test("Several of one kind run in the order of the list", arguments: RuntimeFace.all)
    func several(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle { spec in
          var hooks = Hooks()
          for (kind, place) in zip(Self.names, Self.kinds) {
            hooks[keyPath: place] = (1...3).map { number in
              Self.hook("\(kind)\(number)", caller)
            }
          }
          spec.hooks = hooks
        }
        try caller.start(bundle: bundle)
        try caller.succeed("delete", "--force", "c")
        for name in Self.names {
          let order = caller.lines("order").filter { $0.hasPrefix(name) }
          #expect(order == (1...3).map { "\(name)\($0)" })
        }
      }
    }

    @Test("Arguments and environment are the hook's own and no others", arguments: RuntimeFace.all)
    func own(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        caller.environment.append("OF_THE_CALLER=1")
        let bundle = try caller.bundle { spec in
          var hook = Hook(
            path: "/bin/sh", args: ["zero", "-c", "echo $0 $1 > $OUT; env >> $OUT", "a", "b"])
          hook.env = ["OUT=\(caller.out)/said", "WORD=one two"]
          spec.hooks = Hooks().with { $0.createRuntime = [hook] }
        }
        try caller.create(bundle: bundle)
        let said = caller.lines("said")
        #expect(said.first == "a b")
        #expect(said.contains("WORD=one two"))
        #expect(!said.contains("OF_THE_CALLER=1"))
      }
    }

    @Test(
      "One that fails before the program fails create, and nothing is left",
      arguments: RuntimeFace.all, ["prestart", "createRuntime", "createContainer"])
    func before(face: RuntimeFace, name: String) throws {
      try Caller.with(face) { caller in
        try caller.refuse("create", "--bundle", Self.bundle(caller, failing: name), "c")
        try caller.refuse("state", "c")
        let order = caller.lines("order")
        #expect(order.filter { $0 != "poststop" }.last == name, "\(order)")
        #expect(!order.contains("program"))
        try caller.create(bundle: caller.bundle("other"))
      }
    }

    @Test("After one that failed before the program, poststop runs", arguments: RuntimeFace.all)
    func afterwards(face: RuntimeFace) throws {
      let why: Comment = "it runs no poststop hooks then"
      try Caller.with(face, failing: [.crun: why, .shimOverCrun: why]) { caller in
        try caller.refuse("create", "--bundle", Self.bundle(caller, failing: "createRuntime"), "c")
        #expect(caller.lines("order").last == "poststop")
      }
    }

    @Test("One that fails at the start keeps the program from running", arguments: RuntimeFace.all)
    func starting(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create(bundle: Self.bundle(caller, failing: "startContainer"))
        _ = try caller.call("start", "c")
        try caller.wait(forEndOf: pid)
        #expect(!caller.lines("order").contains("program"))
      }
    }

    @Test("One that fails after the start is only warned of", arguments: RuntimeFace.all)
    func poststart(face: RuntimeFace) throws {
      let why: Comment = "it runs them in create, which fails then"
      try Caller.with(face, failing: [.runc: why, .shimOverRunc: why]) { caller in
        try caller.create(bundle: Self.bundle(caller, failing: "poststart"))
        try caller.succeed("start", "c")
        #expect(try caller.status() == .running)
      }
    }

    @Test("One that fails at the end keeps nothing", arguments: RuntimeFace.all)
    func poststop(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create(bundle: Self.bundle(caller, failing: "poststop"))
        try caller.succeed("kill", "c", "KILL")
        try caller.wait(forEndOf: pid)
        _ = try caller.call("delete", "c")
        #expect(caller.lines("order").last == "poststop")
        try caller.refuse("state", "c")
      }
    }

    @Test("One that takes longer than its time fails", arguments: RuntimeFace.all)
    func slow(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle { spec in
          var hook = Hook(path: "/bin/sh", args: ["sh", "-c", "exec sleep 60"])
          hook.env = ["PATH=/bin:/usr/bin"]
          hook.timeout = 1
          spec.hooks = Hooks().with { $0.createRuntime = [hook] }
        }
        try caller.refuse("create", "--bundle", bundle, "c")
        try caller.refuse("state", "c")
      }
    }
  }
}
