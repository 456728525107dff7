import Glibc
import OCISpec
import Testing

@testable import PodShim

/// Which signals `kill` sends, to whom, and when not.
extension Interface {
  @Suite("kill")
  struct OCIKillTests {
    /// Writes the name of each signal that comes.
    private static let listener = """
      for name in HUP INT USR1 USR2 TERM CONT WINCH; do trap "echo $name >> /out/got" $name; done
      echo > /out/runs; while :; do sleep 0.02; done
      """

    /// Two processes, each of which writes down the signal. The sleeps die of it.
    private static let family = """
      trap 'echo first >> /out/got' USR1
      (trap 'echo child >> /out/got' USR1; echo > /out/runs; while :; do sleep 0.02; done) &
      while :; do sleep 0.02; done
      """

    @Test("A signal by number, by name and with SIG", arguments: RuntimeFace.all)
    func spellings(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start(bundle: caller.bundle(script: Self.listener))
        let spellings = [
          ("1", "HUP"), ("USR1", "USR1"), ("SIGUSR2", "USR2"), ("WINCH", "WINCH"),
          ("SIGINT", "INT"), ("15", "TERM"),
        ]
        for (index, (spelling, name)) in spellings.enumerated() {
          try caller.succeed("kill", "c", spelling)
          try caller.wait(for: "\(spelling)") { caller.lines("got").count == index + 1 }
          #expect(caller.lines("got").last == name, "\(spelling)")
        }
      }
    }

    @Test("A signal in small letters", arguments: RuntimeFace.all)
    func small(face: RuntimeFace) throws {
      let why: Comment = "it sends signal 0 for a word that it does not know"
      try Caller.with(face, failing: [.crun: why]) { caller in
        let pid = try caller.start()
        try caller.succeed("kill", "c", "sigkill")
        try caller.wait(forEndOf: pid)
        let other = try caller.start("d")
        try caller.succeed("kill", "d", "kill")
        try caller.wait(forEndOf: other)
      }
    }

    @Test("TERM when none is named", arguments: RuntimeFace.all)
    func term(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.start()
        try caller.succeed("kill", "c")
        #expect(try caller.wait(forEndOf: pid) == .exited(7))
        let all = try caller.start("d")
        try caller.succeed("kill", "-a", "d")
        #expect(try caller.wait(forEndOf: all) == .exited(7))
      }
    }

    @Test("Signal 0 asks, and changes nothing", arguments: RuntimeFace.all)
    func zero(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        try caller.succeed("kill", "c", "0")
        #expect(try caller.status() == .running)
      }
    }

    @Test("What is created can be killed", arguments: RuntimeFace.all)
    func created(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        let pid = try caller.create()
        try caller.succeed("kill", "c", "KILL")
        #expect(try caller.wait(forEndOf: pid) == .signaled(SIGKILL))
        #expect(try caller.status() == .stopped)
      }
    }

    @Test("What has ended is refused in words that engines know", arguments: RuntimeFace.all)
    func ended(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.stop()
        for signal in [["TERM"], ["9"], []] {
          let result = try caller.call(["kill", "c"] + signal)
          #expect(result.status != .exited(0))
          let said = result.errorText.lowercased()
          // containerd and CRI-O both know these two.
          let known = ["container not running", "no such process"]
          #expect(known.contains(where: said.contains), "\(said)")
        }
        #expect(try caller.status() == .stopped)
      }
    }

    @Test("With --all, what has ended is no error", arguments: RuntimeFace.all)
    func allEnded(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.stop()
        try caller.succeed("kill", "--all", "c", "9")
      }
    }

    @Test("What nobody made is refused", arguments: RuntimeFace.all)
    func unknown(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        for words in [["c"], ["c", "KILL"], ["--all", "c", "9"]] {
          let result = try caller.call(["kill"] + words)
          #expect(result.status != .exited(0), "\(words)")
        }
      }
    }

    @Test("It is refused in words that engines know", arguments: RuntimeFace.all)
    func unknownWords(face: RuntimeFace) throws {
      let why: Comment = "it names the file that is missing"
      try Caller.with(face, failing: [.crun: why]) { caller in
        let said = try caller.refuse("kill", "c", "9")
        #expect(said.contains("does not exist"), "\(said)")
      }
    }

    @Test("With --all every process of the container gets it", arguments: RuntimeFace.all)
    func all(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start(bundle: caller.bundle(script: Self.family))
        try caller.succeed("kill", "--all", "c", "USR1")
        try caller.wait(for: "both words") { Set(caller.lines("got")) == ["child", "first"] }
      }
    }

    @Test("Without --all only the first process gets it", arguments: RuntimeFace.all)
    func first(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start(bundle: caller.bundle(script: Self.family))
        try caller.succeed("kill", "c", "USR1")
        try caller.wait(for: "the word") { !caller.lines("got").isEmpty }
        usleep(100_000)
        #expect(caller.lines("got") == ["first"])
      }
    }

    @Test("A word that is no signal is refused", arguments: RuntimeFace.all)
    func words(face: RuntimeFace) throws {
      let why: Comment = "it sends signal 0 for a word that it does not know"
      try Caller.with(face, failing: [.crun: why]) { caller in
        try caller.start()
        for word in ["NONE", "SIGNONE"] {
          let said = try caller.refuse("kill", "c", word)
          #expect(said.contains(word), "\(said)")
        }
        try caller.refuse("kill", "c", "99")
        #expect(try caller.status() == .running)
      }
    }

    @Test("A number that is no signal is refused", arguments: RuntimeFace.all)
    func numbers(face: RuntimeFace) throws {
      try Caller.with(face) { caller in
        try caller.start()
        for number in ["99", "65"] { try caller.refuse("kill", "c", number) }
        #expect(try caller.status() == .running)
      }
    }
  }
}
