import Glibc
import Testing

@testable import PodShim

@Suite("A way into a volume stays in it")
struct VolumeFolderTests {
  private let scratch: LinuxScratch
  private var volume: String { scratch["volume"] }

  init() throws {
    scratch = try LinuxScratch()
    try Files.makeDirectories(scratch["volume/real"])
    try Files.makeDirectories(scratch["outside"])
    try Files.writeText("inside", to: scratch["volume/real/file"])
    try Files.writeText("secret", to: scratch["outside/file"])
    try Files.symlink("../outside", at: scratch["volume/up"])
    try Files.symlink(scratch["outside"], at: scratch["volume/absolute"])
    try Files.symlink(scratch["volume/real"], at: scratch["volume/absolute-inside"])
    try Files.symlink("/proc/self/root", at: scratch["volume/magic"])
    try Files.symlink("real", at: scratch["volume/around"])
    try Files.symlink("../volume/real", at: scratch["volume/out-and-in"])
    try Files.symlink("nowhere", at: scratch["volume/dangling"])
    try Files.symlink("loop", at: scratch["volume/loop"])
  }

  @Test("Folders, files and links within the volume are opened")
  func inside() throws {
    for path in ["real", "real/file", "around/file", "./real//file", "real/../real/file"] {
      let opened = try VolumeFolder(volume).open(path)
      #expect(opened.name.hasPrefix(scratch["volume/real"]), "\(path)")
    }
  }

  @Test(
    "Whatever leads out is refused, also where it would lead in again",
    arguments: [
      "up", "up/file", "absolute", "absolute/file", "absolute-inside/file", "magic/etc",
      "out-and-in/file", "..", "../outside/file", "real/../../outside/file", "/etc/passwd",
    ])
  func outside(_ path: String) {
    #expect(errorNumber { _ = try VolumeFolder(volume).open(path) } == EXDEV)
    if !path.hasPrefix("/") {
      #expect(errorNumber { try VolumeFolder(volume).makeFolders(path + "/new") } != nil)
    }
    #expect((try? Files.list(scratch["outside"])) == ["file"])
  }

  // To make folders changes the umask for a moment, which is the whole process's: each in its own.

  @Test("Folders that are missing get the volume's own mode, whatever the umask")
  func made() async throws {
    let path = scratch.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      let modes: [mode_t] = [0o777, 0o1777, 0o750]
      for mode in modes {
        let base = "\(path)/mode-\(mode)"
        try Files.makeDirectories(base)
        #expect(chmod(base, mode) == 0)
        try VolumeFolder(base).makeFolders("a/./b")
        for path in ["a", "a/b"] {
          var status = stat()
          #expect(stat("\(base)/\(path)", &status) == 0)
          #expect(status.st_mode & 0o7777 == mode)
        }
      }
      try VolumeFolder("\(path)/volume").makeFolders("around/below/the/link")
      #expect(Files.isDirectory("\(path)/volume/real/below/the/link"))
    }
  }

  @Test("What is no folder, or a link that leads nowhere, is not made into one")
  func notMade() async throws {
    let path = scratch.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      let volume = try VolumeFolder("\(path)/volume")
      for path in ["real/file/x", "dangling/x", "loop/x"] {
        #expect(errorNumber { try volume.makeFolders(path) } != nil, "\(path)")
      }
      try volume.makeFolders("dangling")
      #expect(errorNumber { _ = try volume.open("dangling") } == ENOENT)
      #expect(!Files.exists("\(path)/volume/nowhere"))
    }
  }

  @Test("While somebody turns the way elsewhere, nothing outside is opened or made")
  func race() async throws {
    let path = scratch.path
    await #expect(processExitsWith: .success) { [path = path as String] in
      let turner = try Turner(
        in: "\(path)/volume", begin: "ln -s real turning",
        turn: """
          ln -s ../outside new; mv -T new turning; ln -s real new; mv -T new turning
          """)
      defer { turner.end() }
      let volume = try VolumeFolder("\(path)/volume")
      var outcomes: Set<Bool> = []
      let deadline = Clock.boot() + .seconds(20)
      var round = 0
      while round < 3000 || outcomes.count < 2, Clock.boot() < deadline {
        outcomes.insert(errorNumber { try volume.makeFolders("turning/\(round)") } == nil)
        if let opened = try? volume.open("turning/file"), opened.name.contains("outside") {
          Issue.record("opened \(opened.name)")
        }
        round += 1
      }
      #expect(outcomes.count == 2, "the race was never lost, or never won")
      #expect(try Files.list("\(path)/outside") == ["file"])
    }
  }
}

/// A process that has the name `turning` mean now this and now that, for as long as it can.
final class Turner {
  private let child: Child

  /// - Parameters:
  ///   - begin: what makes it first.
  ///   - turn: what turns it there and back.
  init(in volume: String, begin: String, turn: String) throws {
    let script = "cd \(volume) && \(begin) && touch started && while :; do \(turn); done"
    child = try Program("/bin/sh", ["sh", "-c", script]).spawn()
    #expect(eventually { Files.exists("\(volume)/started") })
  }

  func end() { stop(child) }
}
