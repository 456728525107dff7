import OCISpec
import Testing

@testable import PodShim

/// Flags in every spelling that callers use. Where a runtime knows a flag not at all or otherwise,
/// the shim over it is to take it nevertheless.
extension Interface {
  @Suite("Flags")
  struct OCIFlagTests {
    /// One spelling, and which runtimes do not take it.
    struct Spelling: CustomTestStringConvertible, Sendable {
      let words: [String]
      let failing: [RuntimeKind]
      var testDescription: String { words.joined(separator: " ") }

      init(_ words: String..., not failing: RuntimeKind...) {
        self.words = words
        self.failing = failing
      }
    }

    /// Tries each spelling; those that the runtime is known not to take have to fail.
    private static func each(
      _ spellings: [Spelling], _ caller: Caller, _ body: ([String]) throws -> Void
    ) throws {
      for spelling in spellings {
        guard !caller.face.isShim, spelling.failing.contains(caller.face.beneath) else {
          try body(spelling.words)
          continue
        }
        withKnownIssue("\(spelling.testDescription)") { try body(spelling.words) }
      }
    }

    static let globals = [
      Spelling("--debug"), Spelling("--debug", "--debug"), Spelling("--debug=true", not: .crun),
      Spelling("-debug", not: .crun), Spelling("--systemd-cgroup=false", not: .crun),
      Spelling("--rootless=true", not: .crun), Spelling("--rootless", "false", not: .crun),
      Spelling("--rootless=auto", not: .crun), Spelling("--criu", "criu", not: .crun),
      Spelling("--cgroup-manager", "cgroupfs", not: .runc),
      Spelling("--cgroup-manager=cgroupfs", not: .runc),
      Spelling("--cgroup-manager=disabled", not: .runc),
      Spelling("--log-level", "debug", not: .crun, .runc),
      Spelling("--log-level=info", not: .crun, .runc),
      Spelling("--log", "/dev/null"), Spelling("--log=/dev/null", "--log-format=json"),
      Spelling("-log", "/dev/null", "-log-format", "json", not: .crun),
    ]

    @Test("Before the verb, beside --root", arguments: RuntimeFace.all)
    func beforeTheVerb(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.create()
        try Self.each(Self.globals, caller) { words in
          for globals in [["--root", caller.root] + words, words + ["--root=\(caller.root)"]] {
            let result = try caller.call(globals + ["list", "-q"], bare: true)
            #expect(result.outputText == "c\n", "\(globals)")
          }
        }
        let single = [Spelling("-root", caller.root, not: .crun)]
        try Self.each(single + [Spelling("-root=\(caller.root)", not: .crun)], caller) { words in
          let result = try caller.call(words + ["list", "-q"], bare: true)
          #expect(result.outputText == "c\n", "\(words)")
        }
      }
    }

    static let create = [
      Spelling("-b", "@", "c"), Spelling("--bundle=@", "c"), Spelling("-b=@", "c", not: .crun),
      Spelling("-bundle", "@", "c", not: .crun), Spelling("-bundle=@", "c", not: .crun),
      Spelling("--bundle", "/none", "--bundle", "@", "c"), Spelling("-b", "@", "--", "c"),
      Spelling("c", "-b", "@", not: .crun), Spelling("c", "--bundle", "@", not: .crun),
      Spelling("c", "--no-pivot", "--bundle=@", not: .crun),
      Spelling("-b", "@", "--no-new-keyring", "c"), Spelling("-b", "@", "--no-pivot", "c"),
      Spelling("-b", "@", "--no-new-keyring", "--no-new-keyring", "c"),
      Spelling("-b", "@", "--preserve-fds", "0", "c"),
      Spelling("-b", "@", "--preserve-fds=0", "--pid-file=c.pid", "c"),
      Spelling("-b", "@", "-pid-file", "c.pid", "c", not: .crun),
      Spelling("-b", "@", "--no-subreaper", "c", not: .runc),
      Spelling("-b", "@", "-no-subreaper", "c", not: .crun, .runc),
      Spelling("-b", "@", "--detach", "c", not: .crun, .runc),
      Spelling("-b", "@", "--no-pivot=false", "c", not: .crun),
    ]

    @Test("create, also behind the container", arguments: RuntimeFace.all)
    func create(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle()
        try Self.each(Self.create, caller) { words in
          defer { _ = try? caller.call("delete", "--force", "c") }
          let result = try caller.call(["create"] + words.map { $0.replacing("@", with: bundle) })
          try #require(result.status == .exited(0), "\(words): \(result.errorText)")
          #expect(try caller.state().bundle == bundle)
        }
      }
    }

    @Test("create takes another file than config.json", arguments: RuntimeFace.all)
    func config(face: RuntimeFace) throws {
      let why: Comment = "it reads config.json alone, and says so"
      try Caller.with(face, failing: [.runc: why, .shimOverRunc: why]) { caller in
        let bundle = try caller.bundle("other", script: "echo other > /out/runs; sleep 99")
        try Files.rename(bundle + "/config.json", to: bundle + "/other.json")
        for flags in [["--config", bundle + "/other.json"], ["-f", bundle + "/other.json"]] {
          try caller.succeed(["create", "--bundle", bundle] + flags + ["c"])
          try caller.succeed("start", "c")
          try caller.wait(for: "the program") { caller.lines("runs") == ["other"] }
          try caller.succeed("delete", "--force", "c")
          try Files.remove(caller.out + "/runs")
        }
      }
    }

    static let run = [
      Spelling("-b", "@", "c"), Spelling("c", "-b", "@", not: .crun),
      Spelling("c", "--bundle", "@", not: .crun), Spelling("--no-subreaper", "-b", "@", "c"),
      Spelling("-no-subreaper", "-b", "@", "c", not: .crun),
      Spelling("--detach=false", "-b", "@", "c", not: .crun),
    ]

    @Test("run, also behind the container", arguments: RuntimeFace.all)
    func run(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle(script: "exit 9")
        try Self.each(Self.run, caller) { words in
          let result = try caller.call(["run"] + words.map { $0.replacing("@", with: bundle) })
          #expect(result.status == .exited(9), "\(words): \(result.errorText)")
        }
      }
    }

    static let exec = [
      Spelling("--no-new-privs"), Spelling("--cap", "CAP_CHOWN"), Spelling("-c", "CAP_CHOWN"),
      Spelling("--env", "WORD=in"), Spelling("-e", "A=1", "-e", "B=2"),
      Spelling("--env", "A=1", "-e", "B=2", not: .runc), Spelling("--preserve-fds=0"),
      Spelling("-cwd", "/", not: .crun), Spelling("-user", "0", not: .crun),
      Spelling("--no-new-privs=true", not: .crun), Spelling("--cgroup", "/"),
    ]

    @Test("exec, before the container", arguments: RuntimeFace.all)
    func exec(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        try Self.each(Self.exec, caller) { words in
          let result = try caller.call(["exec"] + words + ["c", "/bin/echo", "in"])
          #expect(result.outputText == "in\n", "\(words): \(result.errorText)")
        }
      }
    }

    static let kill = [
      Spelling("--all", "--all", "c", "USR1"), Spelling("c", "USR1", "--all", not: .crun),
      Spelling("-all", "c", "USR1", not: .crun), Spelling("--all=true", "c", "USR1", not: .crun),
      Spelling("c", "-a", "USR1", not: .crun, .runc),
      Spelling("--regex", "^c$", "USR1", not: .runc),
    ]

    @Test("kill, also behind the container", arguments: RuntimeFace.all)
    func kill(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let script = "trap 'echo > /out/got' USR1; echo > /out/runs; while :; do sleep 0.02; done"
        try caller.start(bundle: caller.bundle(script: script))
        try Self.each(Self.kill, caller) { words in
          try Files.remove(caller.out + "/got")
          try caller.succeed(["kill"] + words)
          try caller.wait(for: "the signal of \(words)", within: .seconds(2)) {
            Files.exists(caller.out + "/got")
          }
        }
      }
    }

    static let delete = [
      Spelling("-f", "c"), Spelling("--force", "--force", "c"), Spelling("-force", "c", not: .crun),
      Spelling("c", "--force", not: .crun), Spelling("c", "-f", not: .crun),
      Spelling("--force=true", "c", not: .crun), Spelling("--regex", "--force", "^c$", not: .runc),
    ]

    @Test("delete, also behind the container", arguments: RuntimeFace.all)
    func delete(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle()
        try Self.each(Self.delete, caller) { words in
          defer { _ = try? caller.call("delete", "--force", "c") }
          try caller.create(bundle: bundle)
          try caller.succeed(["delete"] + words)
          #expect(try caller.succeed("list", "-q") == "")
        }
      }
    }

    static let update = [
      Spelling("c", "--resources", "-", not: .crun), Spelling("c", "-r", "-", not: .crun),
      Spelling("-resources=-", "c", not: .crun), Spelling("--memory", "64m", "c", not: .crun),
    ]

    @Test("update, also behind the container", arguments: RuntimeFace.all)
    func update(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.create()
        try Self.each(Self.update, caller) { words in
          try caller.succeed(["update"] + words, input: "{\"pids\": {\"limit\": 99}}")
        }
      }
    }

    static let others = [
      Spelling("list", "-f=json", not: .crun), Spelling("list", "-format=json", not: .crun),
      Spelling("list", "-format", "json", not: .crun), Spelling("ps", "-f=json", "c", not: .crun),
      Spelling("ps", "-format", "json", "c", not: .crun), Spelling("list", "-quiet", not: .crun),
    ]

    @Test("list and ps", arguments: RuntimeFace.all)
    func others(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.create()
        try Self.each(Self.others, caller) { words in
          let isJSON = words.contains { $0.hasSuffix("json") }
          let said = try caller.succeed(words)
          #expect(said.hasPrefix(isJSON ? "[" : "c\n"), "\(words)")
        }
      }
    }

    @Test("What is no verb or no flag is refused", arguments: RuntimeFace.all)
    func unknown(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let bundle = try caller.bundle()
        try caller.refuse("no-verb")
        try caller.refuse("--no-flag", "list")
        try caller.refuse("create", "--bundle", bundle, "--no-flag", "c")
        try caller.refuse("create", "--bundle", bundle, "c", "d")
        try caller.refuse("create", "--bundle", bundle)
        #expect(try caller.succeed("list", "-q") == "")
      }
    }

    @Test("events says once what a container uses", arguments: RuntimeFace.all)
    func events(face: RuntimeFace) throws {
      struct Event: Decodable {
        var type: String
        var id: String
        var data: Data

        struct Data: Decodable { var pids: Pids }
        struct Pids: Decodable { var current: Int }
      }
      try Caller.with(face, failing: [.crun: "it has no such verb"]) { caller in
        try caller.create()
        for words in [["--stats", "c"], ["c", "--stats"], ["--interval=1s", "--stats", "c"]] {
          let text = try caller.succeed(["events"] + words)
          let event = try JSON.decode(Event.self, from: Array(text.utf8))
          #expect(event.type == "stats" && event.id == "c")
          #expect(event.data.pids.current >= 1)
        }
      }
    }
  }
}
