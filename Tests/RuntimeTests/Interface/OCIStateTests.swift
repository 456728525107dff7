import Glibc
import OCISpec
import PodModel
import Testing

@testable import PodShim

/// What `state` answers in each part of a container's life.
extension Interface {
  @Suite("state")
  struct OCIStateTests {
    /// The members that only the runtimes' own answers have.
    private struct More: Decodable {
      var created: String
      var rootfs: String
    }

    @Test("created, running, paused, stopped", arguments: RuntimeFace.all)
    func statuses(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create()
        #expect(try caller.state().status == .created)
        try caller.succeed("start", "c")
        #expect(try caller.state().status == .running)
        #expect(try caller.state().pid == pid)
        try caller.succeed("pause", "c")
        #expect(try caller.state().status == .paused)
        #expect(try caller.state().pid == pid)
        try caller.succeed("resume", "c")
        #expect(try caller.state().status == .running)
        try caller.succeed("kill", "c", "KILL")
        try caller.wait(forEndOf: pid)
        #expect(try caller.state().status == .stopped)
      }
    }

    @Test("The pid is 0 when it has ended", arguments: RuntimeFace.all)
    func pid(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.stop()
        #expect(try caller.state().pid == 0)
      }
    }

    @Test("Version, ID, bundle, annotations, time", arguments: RuntimeFace.all)
    func members(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let notes = ["org.example.one": "1", "org.example/two": "a \"b\" \\c", "empty": ""]
        let before = Timestamp(wall: Clock.wall()).seconds
        try caller.create("an-id.1_x+y", bundle: caller.bundle { $0.annotations = notes })
        let text = try caller.succeed("state", "an-id.1_x+y")
        let state = try JSON.decode(State.self, from: Array(text.utf8))
        #expect(state.ociVersion.hasPrefix("1."))
        #expect(state.id == "an-id.1_x+y")
        #expect(state.bundle == caller.folder + "/bundle")
        let said = state.annotations ?? [:]
        #expect(said.filter { notes[$0.key] != nil } == notes, "\(said)")
        let more = try JSON.decode(More.self, from: Array(text.utf8))
        #expect(more.rootfs.hasSuffix("rootfs"))
        let created = try #require(Timestamp(rounding: more.created), "\(more.created)").seconds
        #expect(created >= before && created <= before + 60)
      }
    }

    @Test("Without annotations there are none", arguments: RuntimeFace.all)
    func plain(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.create()
        #expect(try (caller.state().annotations ?? [:]).isEmpty)
      }
    }

    @Test("What nobody made is an error, and standard output is empty", arguments: RuntimeFace.all)
    func unknown(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.refuse("state", "c")
        #expect(try caller.call("state", "c").output.isEmpty)
        try caller.refuse("state")
        try caller.create()
        try caller.refuse("state", "c", "d")
      }
    }

    @Test("It is said in words that engines know", arguments: RuntimeFace.all)
    func words(face: RuntimeFace) throws {
      let why: Comment = "it names the file that is missing"
      try Caller.with(face, failing: [.crun: why]) { caller in
        let said = try caller.refuse("state", "c")
        #expect(said.contains("does not exist"), "\(said)")
      }
    }
  }
}
