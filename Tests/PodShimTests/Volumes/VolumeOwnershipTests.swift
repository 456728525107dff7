import Glibc
import PodModel
import Testing

@testable import PodShim

@Suite("The group of a pod gets its volumes", .enabled(if: LinuxScratch.isRoot, "needs root"))
struct VolumeOwnershipTests {
  private let scratch: LinuxScratch
  private let ownership = VolumeOwnership(group: 4321)
  private var volume: String { scratch["volume"] }

  init() throws {
    scratch = try LinuxScratch()
    try Files.makeDirectories(scratch["volume/a/b"])
    try Files.write([], to: scratch["volume/a/b/file"], mode: 0o600)
    try Files.write([], to: scratch["volume/program"], mode: 0o700)
    try Files.write([], to: scratch["outside"], mode: 0o600)
    try Files.symlink(scratch["outside"], at: scratch["volume/link"])
    try Files.symlink(scratch.path, at: scratch["volume/folder-link"])
  }

  /// Group and mode of what lies at a path, not of what a link there points to.
  private func facts(_ path: String) -> String {
    var status = stat()
    guard lstat(scratch[path], &status) == 0 else { return "nothing" }
    return "\(status.st_gid) \(String(status.st_mode & 0o7777, radix: 8))"
  }

  @Test("Files can be read and written by it, folders hand it on, links are not followed")
  func walk() throws {
    try ownership.apply(to: volume, .always)
    #expect(facts("volume") == "4321 2775")
    #expect(facts("volume/a/b") == "4321 2775")
    #expect(facts("volume/a/b/file") == "4321 660")
    #expect(facts("volume/program") == "4321 760")
    #expect(facts("volume/link").hasPrefix("4321 "))
    #expect(facts("outside") == "0 600")
    #expect(facts("") == "0 700")
  }

  @Test("Where nobody writes, the group may read")
  func readOnly() throws {
    #expect(chmod(scratch["volume/a/b/file"], 0o400) == 0)
    try VolumeOwnership(group: 4321, isReadOnly: true).apply(to: volume, .always)
    #expect(facts("volume/a/b/file") == "4321 440")
  }

  @Test("With OnRootMismatch a volume that is the group's already is left alone")
  func rootMismatch() throws {
    try ownership.apply(to: volume, .onRootMismatch)
    #expect(facts("volume/a/b/file") == "4321 660")
    #expect(chown(scratch["volume/a/b/file"], 0, 0) == 0)
    try ownership.apply(to: volume, .onRootMismatch)
    #expect(facts("volume/a/b/file") == "0 660")
    // One bit that is missing at the top, and all is done again.
    #expect(chmod(volume, 0o2755) == 0)
    try ownership.apply(to: volume, .onRootMismatch)
    #expect(facts("volume/a/b/file") == "4321 660")
  }

  @Test("Folders that go and turn into links meanwhile end nothing and touch nothing outside")
  func race() throws {
    try Files.makeDirectories(scratch["elsewhere"])
    try Files.write([], to: scratch["elsewhere/file"], mode: 0o600)
    let turner = try Turner(
      in: volume, begin: "mkdir turning && touch turning/file && ln -s ../elsewhere other",
      turn: """
        mv -T turning aside; mv -T other turning; mv -T turning other; mv -T aside turning
        """)
    defer { turner.end() }
    for _ in 0..<2000 { try ownership.apply(to: volume, .always) }
    #expect(facts("elsewhere") == "0 755")
    #expect(facts("elsewhere/file") == "0 600")
  }

  @Test("A tree may be deeper than there are descriptors, and its names no text")
  func deep() throws {
    let root = try FileDescriptor.open(volume, O_RDONLY | O_DIRECTORY)
    var folder = root.raw
    let name: [CChar] = [-1, 0]
    var open: [CInt] = []
    for _ in 0..<1500 {
      #expect(mkdirat(folder, name, 0o700) == 0)
      folder = openat(folder, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      open.append(folder)
      if open.count > 1 { close(open.removeFirst()) }
    }
    try ownership.apply(to: volume, .always)
    var status = stat()
    #expect(fstat(folder, &status) == 0 && status.st_gid == 4321)
    open.forEach { close($0) }
  }
}
