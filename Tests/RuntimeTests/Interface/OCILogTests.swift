import OCISpec
import Testing

@testable import PodShim

/// Where errors go: the log that is asked for, and standard error.
extension Interface {
  @Suite("Logs")
  struct OCILogTests {
    /// Calls that fail in the runtime itself.
    private static func failures(_ caller: Caller) throws -> [[String]] {
      let missing = try caller.bundle("missing") { $0.process?.args = ["nothing-of-this-name"] }
      return [
        ["state", "none"], ["start", "none"], ["kill", "none", "9"], ["delete", "none"],
        ["exec", "none", "true"], ["pause", "none"], ["create", "--bundle", missing, "c"],
      ]
    }

    @Test(
      "In JSON: one object for a call that failed, and the same on standard error",
      arguments: RuntimeFace.all)
    func json(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let log = caller.folder + "/log.json"
        for flags in [
          ["--log", log, "--log-format", "json"], ["--log=\(log)", "--log-format=json"],
          ["--log-format=json", "--log", log],
        ] {
          caller.globals = flags
          for words in try Self.failures(caller) {
            try Files.remove(log)
            let result = try caller.call(words)
            #expect(result.status != .exited(0), "\(words)")
            let line = try LogLine.only(in: Files.readText(log))
            #expect(!line.msg.isEmpty)
            let said = result.errorText
            #expect(said.contains(line.msg.split(separator: "\n")[0]), "\(words): \(said)")
          }
        }
      }
    }

    @Test("A wrong command line stands in the log as well", arguments: RuntimeFace.all)
    func wrong(face: RuntimeFace) throws {
      let why: Comment = "it says this on standard error alone"
      try Caller.with(face, failing: [.crun: why, .shimOverCrun: why]) { caller in
        let log = caller.folder + "/log.json"
        caller.globals = ["--log", log, "--log-format", "json"]
        for words in [
          ["no-verb"], ["create", "--no-flag", "c"], ["state"],
          ["create", "--bundle", caller.folder + "/none", "c"],
        ] {
          try Files.remove(log)
          let result = try caller.call(words)
          #expect(result.status != .exited(0), "\(words)")
          _ = try LogLine.only(in: Files.readText(log))
        }
      }
    }

    @Test("A call that succeeds leaves no error", arguments: RuntimeFace.all)
    func success(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let log = caller.folder + "/log.json"
        caller.globals = ["--log", log, "--log-format", "json"]
        let pid = try caller.start()
        try caller.succeed("state", "c")
        try caller.succeed("kill", "c", "TERM")
        try caller.wait(forEndOf: pid)
        try caller.succeed("delete", "c")
        let text = (try? Files.readText(log)) ?? ""
        #expect(try LogLine.read(text).filter { $0.level == "error" }.isEmpty, "\(text)")
      }
    }

    @Test("Each call adds to the file", arguments: RuntimeFace.all)
    func appends(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let log = caller.folder + "/log.json"
        caller.globals = ["--log", log, "--log-format", "json"]
        for _ in 1...3 { _ = try caller.call("state", "none") }
        // As containerd reads it: a stream of objects.
        #expect(try LogLine.read(Files.readText(log)).count == 3)
      }
    }

    @Test("As text, with and without a file", arguments: RuntimeFace.all)
    func text(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let log = caller.folder + "/log"
        let plain = try caller.refuse("state", "none")
        #expect(!plain.hasPrefix("{"))
        for flags in [["--log", log], ["--log", log, "--log-format", "text"]] {
          try Files.remove(log)
          caller.globals = flags
          let said = try caller.refuse("state", "none")
          let first = String(said.prefix { $0 != "\n" })
          #expect(try Files.readText(log).contains(first), "\(said)")
        }
      }
    }

    @Test("In JSON without a file it stands on standard error", arguments: RuntimeFace.all)
    func errors(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        caller.globals = ["--log-format", "json"]
        for words in try Self.failures(caller) {
          let said = try caller.call(words).errorText
          _ = try LogLine.only(in: said)
        }
      }
    }

    @Test("A log that cannot be written is an error", arguments: RuntimeFace.all)
    func unwritable(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        caller.globals = ["--log", caller.folder + "/none/log"]
        try caller.refuse("create", "--bundle", caller.bundle(), "c")
        caller.globals = []
        try caller.refuse("state", "c")
      }
    }

    @Test("A format that is none is refused", arguments: RuntimeFace.all)
    func format(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        caller.globals = ["--log-format", "none"]
        try caller.refuse("list")
      }
    }

    @Test("A log in a file can be named so", arguments: RuntimeFace.all)
    func file(face: RuntimeFace) throws {
      let why: Comment = "it takes this for the file's name"
      try Caller.with(face, failing: [.runc: why]) { caller in
        caller.globals = ["--log=file:\(caller.folder)/log", "--log-format=json"]
        _ = try caller.call("state", "none")
        _ = try LogLine.only(in: Files.readText(caller.folder + "/log"))
      }
    }
  }
}
