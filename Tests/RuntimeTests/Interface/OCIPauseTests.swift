import Glibc
import OCISpec
import Testing

@testable import PodShim

/// `pause` and `resume`.
extension Interface {
  @Suite("pause and resume")
  struct OCIPauseTests {
    @Test("What is paused stands still, and goes on when it is resumed", arguments: RuntimeFace.all)
    func freezes(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let script = "echo > /out/runs; while :; do echo >> /out/beats; sleep 0.01; done"
        try caller.start(bundle: caller.bundle(script: script))
        func beats() throws -> Int { try Files.read(caller.out + "/beats").count }
        try caller.wait(for: "a beat") { Files.exists(caller.out + "/beats") }
        try caller.succeed("pause", "c")
        #expect(try caller.status() == .paused)
        let count = try beats()
        usleep(100_000)
        #expect(try beats() == count)
        try caller.succeed("resume", "c")
        #expect(try caller.status() == .running)
        try caller.wait(for: "another beat") { try beats() > count }
      }
    }

    @Test("What has ended or was never made is refused", arguments: RuntimeFace.all)
    func refused(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        for verb in ["pause", "resume"] { try caller.refuse(verb, "c") }
        try caller.stop()
        for verb in ["pause", "resume"] { try caller.refuse(verb, "c") }
        #expect(try caller.status() == .stopped)
      }
    }

    @Test("What is paused already, or not paused, is refused", arguments: RuntimeFace.all)
    func twice(face: RuntimeFace) throws {
      let why: Comment = "it says nothing where there is nothing to do"
      let failings: Failings = [.crun: why, .shimOverCrun: why]
      try Caller.with(face, failing: failings) { caller in
        try caller.start()
        try caller.refuse("resume", "c")
        try caller.succeed("pause", "c")
        try caller.refuse("pause", "c")
      }
    }

    @Test("A signal waits until it is resumed", arguments: RuntimeFace.all)
    func signal(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.start()
        try caller.succeed("pause", "c")
        try caller.succeed("kill", "c", "TERM")
        usleep(50_000)
        caller.reap()
        #expect(caller.ends[pid] == nil)
        try caller.succeed("resume", "c")
        #expect(try caller.wait(forEndOf: pid) == .exited(7))
      }
    }
  }
}
