import OCISpec
import Testing

@testable import PodShim

/// `update`, seen in the container's cgroup.
extension Interface {
  @Suite("update")
  struct OCIUpdateTests {
    private static let mode = CgroupMode.ofHost()

    private static func limit(
      _ caller: Caller, _ controller: String, _ old: String, _ new: String
    ) throws -> String {
      let file = mode == .unified ? new : old
      let path = mode.tree(controller) + caller.cgroup + "/bundle/" + file
      return String(try Files.readText(path).prefix { $0 != "\n" })
    }

    private static func memory(_ caller: Caller) throws -> String {
      try limit(caller, "memory", "memory.limit_in_bytes", "memory.max")
    }

    @Test("From a file and from standard input, however that is said", arguments: RuntimeFace.all)
    func resources(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        let file = caller.folder + "/resources.json"
        var size = 64 << 20
        func text() -> String {
          size += 1 << 20
          return "{\"memory\": {\"limit\": \(size)}}"
        }
        for flags in [["--resources", file], ["--resources=\(file)"], ["-r", file]] {
          try Files.writeText(text(), to: file)
          try caller.succeed(["update"] + flags + ["c"])
          #expect(try Self.memory(caller) == "\(size)", "\(flags)")
        }
        for flags in [["--resources", "-"], ["--resources=-"], ["-r", "-"]] {
          try caller.succeed(["update"] + flags + ["c"], input: text())
          #expect(try Self.memory(caller) == "\(size)", "\(flags)")
        }
      }
    }

    @Test("By flags", arguments: RuntimeFace.all)
    func flags(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        try caller.succeed("update", "--memory", "67108864", "--pids-limit", "99", "c")
        #expect(try Self.memory(caller) == "67108864")
        #expect(try Self.limit(caller, "pids", "pids.max", "pids.max") == "99")
        try caller.succeed("update", "--cpu-period=100000", "--cpu-quota=50000", "c")
        let quota = try Self.limit(caller, "cpu", "cpu.cfs_quota_us", "cpu.max")
        #expect(["50000", "50000 100000"].contains(quota))
        for flags in [
          ["--cpuset-cpus", "0"], ["--cpuset-mems", "0"], ["--cpu-share", "512"],
          ["--memory-reservation", "33554432"], ["--memory-swap", "-1"], ["--memory-swap=-1"],
          ["--cpu-rt-period", "1000000"], ["--kernel-memory", "0"], ["--kernel-memory-tcp", "0"],
        ] { try caller.succeed(["update"] + flags + ["c"]) }
      }
    }

    @Test("Flags that only newer runtimes have are taken", arguments: RuntimeFace.all)
    func newer(face: RuntimeFace) throws {
      let why: Comment = "it has no such flag"
      try Caller.with(face, failing: [.crun: why, .runc: why]) { caller in
        try caller.start()
        for flags in [["--cpu-burst", "0"], ["--cpu-idle", "0"]] {
          try caller.succeed(["update"] + flags + ["c"])
        }
      }
    }

    @Test("What is no JSON is refused, and changes nothing", arguments: RuntimeFace.all)
    func broken(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        let before = try Self.memory(caller)
        for text in ["{", ""] {
          let result = try caller.call(
            ["update", "--resources", "-", "c"], input: Array(text.utf8))
          #expect(result.status != .exited(0), "\(text)")
          #expect(!result.errors.isEmpty)
        }
        try caller.refuse("update", "--resources", caller.folder + "/none", "c")
        #expect(try Self.memory(caller) == before)
      }
    }

    @Test("What nobody made is refused", arguments: RuntimeFace.all)
    func unknown(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.refuse("update", "--pids-limit", "5", "c")
      }
    }
  }
}
