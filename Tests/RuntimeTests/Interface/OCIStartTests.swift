import Glibc
import OCISpec
import Testing

@testable import PodShim

/// When `start` may be called, and what it starts.
extension Interface {
  @Suite("start")
  struct OCIStartTests {
    @Test("The program runs as its process says", arguments: RuntimeFace.all)
    func program(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try checked("chmod", caller.out) { chmod(caller.out, 0o777) }
        let script = "{ echo $0 $1; pwd; echo $WORD; id -u; id -g; } > /out/said"
        try caller.create(
          bundle: caller.bundle {
            $0.process?.args = ["sh", "-c", script, "one", "two"]
            $0.process?.cwd = "/tmp"
            $0.process?.env?.append("WORD=three")
            $0.process?.user?.uid = 1000
            $0.process?.user?.gid = 2000
          })
        try caller.succeed("start", "c")
        try caller.wait(for: "the program's words") { caller.lines("said").count == 5 }
        #expect(caller.lines("said") == ["one two", "/tmp", "three", "1000", "2000"])
      }
    }

    @Test("What runs is refused, and runs on", arguments: RuntimeFace.all)
    func twice(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.start()
        try caller.refuse("start", "c")
        #expect(try caller.state().status == .running)
        #expect(try caller.state().pid == pid)
        try caller.succeed("kill", "c", "TERM")
        #expect(try caller.wait(forEndOf: pid) == .exited(7))
      }
    }

    @Test("What has ended is refused, and stays ended", arguments: RuntimeFace.all)
    func ended(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.stop()
        try Files.remove(caller.out + "/runs")
        try caller.refuse("start", "c")
        #expect(try caller.status() == .stopped)
        #expect(!Files.exists(caller.out + "/runs"))
      }
    }

    @Test("What is paused is refused", arguments: RuntimeFace.all)
    func paused(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        try caller.succeed("pause", "c")
        try caller.refuse("start", "c")
        #expect(try caller.status() == .paused)
        try caller.succeed("resume", "c")
      }
    }

    @Test("What nobody made is refused", arguments: RuntimeFace.all)
    func unknown(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.refuse("start", "c")
        try caller.refuse("start")
      }
    }

    @Test(
      "A program that ends at once leaves a container that has ended", arguments: RuntimeFace.all)
    func short(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create(bundle: caller.bundle(script: "exit 3"))
        try caller.succeed("start", "c")
        #expect(try caller.wait(forEndOf: pid) == .exited(3))
        #expect(try caller.status() == .stopped)
      }
    }
  }
}
