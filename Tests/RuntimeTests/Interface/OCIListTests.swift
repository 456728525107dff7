import OCISpec
import Testing

@testable import PodShim

/// `list` and `ps`: which containers there are, and which processes one has.
extension Interface {
  @Suite("list and ps")
  struct OCIListTests {
    /// What go-runc reads of each container of a list.
    private struct Row: Decodable {
      var id: String
      var pid: Int
      var status: String
      var bundle: String
      var created: String
    }

    private static func rows(_ text: String) throws -> [Row] {
      try JSON.decode([Row]?.self, from: Array(text.utf8)) ?? []
    }

    @Test("IDs alone", arguments: RuntimeFace.all)
    func quiet(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        for flag in ["--quiet", "-q"] { #expect(try caller.succeed("list", flag) == "") }
        try caller.create("one")
        try caller.create("two", bundle: caller.bundle("other"))
        for flag in ["--quiet", "-q"] {
          let ids = try caller.succeed("list", flag).split(separator: "\n")
          #expect(Set(ids) == ["one", "two"])
        }
      }
    }

    @Test("As JSON", arguments: RuntimeFace.all)
    func json(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        #expect(try Self.rows(caller.succeed("list", "--format", "json")).isEmpty)
        let first = try caller.create("one")
        try caller.start("two", bundle: caller.bundle("other"))
        try caller.stop("three")
        for flags in [["--format", "json"], ["--format=json"], ["-f", "json"]] {
          let rows = try Self.rows(caller.succeed(["list"] + flags))
          let statuses = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.status) })
          #expect(statuses == ["one": "created", "two": "running", "three": "stopped"])
          let one = try #require(rows.first { $0.id == "one" })
          #expect(one.pid == Int(first))
          #expect(one.bundle == caller.folder + "/bundle")
          #expect(rows.first { $0.id == "three" }?.pid == 0)
        }
      }
    }

    @Test("As a table", arguments: RuntimeFace.all)
    func table(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create("one")
        for flags in [[], ["--format", "table"], ["-f", "table"]] {
          let lines = try caller.succeed(["list"] + flags).split(separator: "\n")
          try #require(lines.count == 2)
          #expect(lines[0].contains("PID") && lines[0].contains("STATUS"))
          let cells = lines[1].split(separator: " ").map(String.init)
          #expect(cells.prefix(4) == ["one", "\(pid)", "created", caller.folder + "/bundle"])
        }
      }
    }

    @Test("A format that is none is refused", arguments: RuntimeFace.all)
    func format(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.refuse("list", "--format", "none")
        try caller.create()
        try caller.refuse("ps", "--format", "none", "c")
      }
    }

    @Test("Processes as JSON: an array of numbers", arguments: RuntimeFace.all)
    func processes(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let script = "sleep 1000 & sleep 1000 & echo > /out/runs; wait"
        let pid = try caller.start(bundle: caller.bundle(script: script))
        for flags in [["--format", "json"], ["--format=json"], ["-f", "json"]] {
          let text = try caller.succeed(["ps"] + flags + ["c"])
          let pids = try JSON.decode([Int].self, from: Array(text.utf8))
          #expect(pids.count == 3)
          #expect(pids.contains(Int(pid)))
        }
      }
    }

    @Test("Processes as a table", arguments: RuntimeFace.all)
    func processTable(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create()
        for flags in [[], ["--format", "table"]] {
          let lines = try caller.succeed(["ps"] + flags + ["c"]).split(separator: "\n")
          try #require(lines.count == 2)
          #expect(lines[0].contains("PID"))
          #expect(lines[1].split(separator: " ").contains("\(pid)"))
        }
      }
    }

    @Test("Options of ps(1) follow the container", arguments: RuntimeFace.all)
    func options(face: RuntimeFace) throws {
      let why: Comment = "it takes no options of ps(1)"
      try Caller.with(face, failing: [.crun: why]) { caller in
        let pid = try caller.create()
        for options in [["-ef"], ["-o", "pid,cmd"], ["aux"]] {
          let lines = try caller.succeed(["ps", "c"] + options).split(separator: "\n")
          try #require(lines.count == 2, "\(options)")
          #expect(lines[1].split(separator: " ").contains("\(pid)"), "\(options)")
        }
      }
    }

    @Test("What has ended has no processes, or is refused", arguments: RuntimeFace.all)
    func ended(face: RuntimeFace) throws {
      let why: Comment = "it crashes where the cgroup is empty"
      try Caller.with(face, failing: [.crun: why]) { caller in
        try caller.stop()
        let result = try caller.call("ps", "--format", "json", "c")
        guard !result.succeeded else {
          #expect(try (JSON.decode([Int]?.self, from: result.output) ?? []).isEmpty)
          return
        }
        #expect(result.status == .exited(1))
        #expect(result.errorText.contains("not running"), "\(result.errorText)")
      }
    }

    @Test("What nobody made is refused", arguments: RuntimeFace.all)
    func unknown(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.refuse("ps", "c")
        try caller.refuse("ps", "--format", "json", "c")
        try caller.refuse("ps")
      }
    }
  }
}
