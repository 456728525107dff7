import Glibc
import Testing

@testable import PodShim

@Suite("A volume changes as a whole")
struct AtomicFolderTests {
  private let scratch: LinuxScratch

  init() throws { scratch = try LinuxScratch() }

  private func write(
    _ files: [String: String], mode: mode_t = 0o644, finish: () throws(SyscallError) -> Void = {}
  ) throws(SyscallError) {
    try AtomicFolder(scratch.path).write(
      files.mapValues { AtomicFolder.File(bytes: Array($0.utf8), mode: mode) }, finish: finish)
  }

  /// What a reader sees, by path.
  private func seen() throws -> [String: String] {
    var found: [String: String] = [:]
    func walk(_ path: String) throws {
      for name in try Files.list(scratch[path]) where !name.hasPrefix("..") {
        let inner = path.isEmpty ? name : "\(path)/\(name)"
        if Files.isDirectory(scratch[inner]) {
          try walk(inner)
        } else {
          found[inner] = try Files.readText(scratch[inner])
        }
      }
    }
    try walk("")
    return found
  }

  private var current: String {
    get throws { try Files.readLink(scratch["..data"]) }
  }

  /// Nothing of an earlier or an unfinished change is left.
  private func isClean() throws -> Bool {
    let hidden = try Files.list(scratch.path).filter { $0.hasPrefix("..") }
    let expected = [try current, "..data"]
    return hidden == expected.sorted()
  }

  @Test("It is laid out as the kubelet does")
  func layout() throws {
    try write(["a": "1", "path/to/b": "2", "path/c": "3"])
    #expect(try seen() == ["a": "1", "path/to/b": "2", "path/c": "3"])
    #expect(try Files.readLink(scratch["a"]) == "..data/a")
    #expect(try Files.readLink(scratch["path"]) == "..data/path")
    let form = /\.\.\d{4}(_\d\d){5}\.\d+/
    let name = try current
    #expect(name.wholeMatch(of: form) != nil, "\(name)")
    #expect(try isClean())
    var status = stat()
    #expect(stat(scratch["..data/"], &status) == 0 && status.st_mode & 0o7777 == 0o755)
  }

  @Test("Files have the modes that are asked for, whatever the umask", arguments: [0o400, 0o666])
  func modes(_ mode: mode_t) throws {
    try write(["a": "1"], mode: mode)
    var status = stat()
    #expect(stat(scratch["a"], &status) == 0 && status.st_mode & 0o7777 == mode)
  }

  @Test("Files may belong to somebody", .enabled(if: LinuxScratch.isRoot))
  func owner() throws {
    try AtomicFolder(scratch.path).write(["a": .init(bytes: [], mode: 0o600, owner: 1000)])
    var status = stat()
    #expect(stat(scratch["a"], &status) == 0 && status.st_uid == 1000 && status.st_gid == getgid())
  }

  @Test("What comes, changes and goes is seen in one step")
  func change() throws {
    try write(["a": "1", "b/c": "2", "d": "3"])
    let old = try current
    var seenBefore: [String: String]?
    try write(["a": "9", "b": "file now", "e": "4"]) { () throws(SyscallError) in
      seenBefore = try? seen()
    }
    #expect(seenBefore == ["a": "1", "b/c": "2", "d": "3"])
    #expect(try seen() == ["a": "9", "b": "file now", "e": "4"])
    #expect(try current != old)
    #expect(try isClean())
    try write([:])
    #expect(try seen().isEmpty)
  }

  @Test("What is the same already is not written again")
  func same() throws {
    try write(["a": "1", "b/c": "2"])
    let old = try current
    try write(["a": "1", "b/c": "2"]) { () throws(SyscallError) in
      throw SyscallError("write", "a", errno: EEXIST)
    }
    #expect(try current == old)
    for files in [["a": "1"], ["a": "1", "b/c": "3"], ["a": "1", "b/c": "2", "d": ""]] {
      let before = try current
      try write(files)
      #expect(try current != before)
      #expect(try seen() == files)
    }
  }

  @Test("A change that fails leaves everything as it was")
  func failure() throws {
    try write(["a": "1"])
    #expect(throws: SyscallError.self) {
      try write(["a": "2"]) { () throws(SyscallError) in
        throw SyscallError("chown", "a", errno: EPERM)
      }
    }
    #expect(throws: SyscallError.self) { try write(["b": "x", "b/c": "y"]) }
    #expect(try seen() == ["a": "1"])
    #expect(try isClean())
  }

  /// What a writer may leave that is killed, step by step.
  @Test("Whenever a writer was killed, the next one puts it right", arguments: 0...6)
  func killed(_ step: Int) throws {
    try write(["a": "1", "b": "2"])
    let old = try current
    let fresh = "..2026_01_02_03_04_05.77"
    if step >= 0 { try Files.makeDirectories(scratch["\(fresh)/sub"]) }
    if step >= 1 { try Files.writeText("new", to: scratch["\(fresh)/a"]) }
    if step >= 2 { try Files.writeText("3", to: scratch["\(fresh)/c"]) }
    if step >= 3 { try Files.symlink(fresh, at: scratch["..data_tmp"]) }
    if step >= 4 { try Files.rename(scratch["..data_tmp"], to: scratch["..data"]) }
    if step >= 5 { try Files.symlink("..data/c", at: scratch["c"]) }
    if step >= 6 { try Files.removeTree(scratch[old]) }
    try write(["a": "new", "c": "3"])
    #expect(try seen() == ["a": "new", "c": "3"])
    #expect(try isClean())
  }

  @Test("Whatever lies in its way is replaced, and no link is followed out")
  func hostile() throws {
    let outside = try LinuxScratch()
    try Files.writeText("mine", to: outside["file"])
    try Files.symlink(outside.path, at: scratch["..data"])
    try Files.symlink(outside["file"], at: scratch["a"])
    try Files.makeDirectories(scratch["b"])
    try write(["a": "1", "b": "2"])
    #expect(try seen() == ["a": "1", "b": "2"])
    #expect(try Files.readText(outside["file"]) == "mine")
    #expect(try Files.list(outside.path) == ["file"])
  }

  @Test("One file can be read back")
  func read() throws {
    #expect(try AtomicFolder(scratch.path).read("a") == nil)
    try write(["a/b": "1"])
    #expect(try AtomicFolder(scratch.path).read("a/b") == [0x31])
    #expect(try AtomicFolder(scratch.path).read("b") == nil)
  }
}
