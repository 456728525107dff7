import Glibc
import PodModel
import Testing

@testable import PodShim

@Suite("Copies go where they are sent, and nowhere else")
struct CopyTests {
  private let scratch: LinuxScratch

  init() throws { scratch = try LinuxScratch() }

  @Test(
    arguments: [
      ("a/b", nil, nil, "a/b"), ("web:/tmp", nil, "web", "/tmp"), ("ns/web:x", "ns", "web", "x"),
      ("./a:b", nil, nil, "./a:b"), ("/a:b", nil, nil, "/a:b"), ("web:a:b", nil, "web", "a:b"),
    ] as [(String, String?, String?, String)])
  func `an end is a path, or a pod and a path`(
    _ word: String, _ namespace: String?, _ pod: String?, _ path: String
  ) throws {
    let place = try CopyPlace(word)
    #expect(place.namespace == namespace && place.pod == pod && place.path == path)
  }

  @Test(arguments: [
    ("", "filepath can not be empty"), ("web:", "filepath can not be empty"),
    (":x", "filespec must match the canonical format: [[namespace/]pod:]file/path"),
    ("a/b/c:x", "filespec must match the canonical format: [[namespace/]pod:]file/path"),
  ])
  func `what is neither is refused in kubectl's words`(_ word: String, _ message: String) {
    #expect(throws: CommandError(message)) { try CopyPlace(word) }
  }

  /// Sends what `path` holds to a reader, through a file.
  private func copy(
    _ path: String, to target: String, name: String = "", takesLinks: Bool = false
  ) throws {
    let file = try OwnedDescriptor.memory("copy")
    try CopyWriter(to: file).write(path)
    try read(file, to: target, name: name, takesLinks: takesLinks)
  }

  private func read(
    _ file: OwnedDescriptor, to target: String, name: String = "", takesLinks: Bool = false
  ) throws {
    try checked("lseek", "copy") { lseek(file.raw, 0, SEEK_SET) }
    try CopyReader(from: file, takesLinks: takesLinks).read(into: target, or: name)
  }

  @Test func `a folder arrives with all that is in it`() throws {
    let big = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Files.makeDirectories(scratch["from/inner/empty"])
    try Files.write(big, to: scratch["from/inner/big"])
    try Files.write([], to: scratch["from/nothing"])
    try Files.symlink("inner/big", at: scratch["from/link"])
    try copy(scratch["from"], to: scratch["to"], name: "from")
    #expect(try Files.read(scratch["to/inner/big"]) == big)
    #expect(try Files.list(scratch["to"]) == ["inner", "nothing"])
    #expect(Files.isDirectory(scratch["to/inner/empty"]))
    // With links, and into a folder that is there.
    try copy(scratch["from"], to: scratch["to"], name: "from", takesLinks: true)
    #expect(try Files.readLink(scratch["to/from/link"]) == "inner/big")
  }

  @Test func `names and links arrive byte by byte, whether they are text or not`() throws {
    let odd: [CChar] = [0x61, -1, -2, 0x62, 0]
    try Files.makeDirectories(scratch["from"])
    let from = try FileDescriptor.open(scratch["from"], O_RDONLY)
    try checked("mkdir", "odd") { mkdirat(from.raw, odd, 0o755) }
    let folder = try checked("open", "odd") { openat(from.raw, odd, O_RDONLY) }
    try FileDescriptor.open("file", O_WRONLY | O_CREAT, in: folder).writeAll([1])
    try checked("symlink", "odd") { symlinkat(odd, folder, odd) }
    close(folder)
    try copy(scratch["from"], to: scratch["to"], takesLinks: true)
    let to = try FileDescriptor.open(scratch["to"], O_RDONLY)
    let arrived = try checked("open", "odd") { openat(to.raw, odd, O_RDONLY) }
    var link = [CChar](repeating: 0, count: 9)
    #expect(readlinkat(arrived, odd, &link, link.count) == 4)
    #expect(link.prefix(5).elementsEqual(odd))
    #expect(try FileDescriptor.open("file", O_RDONLY, in: arrived).readAll() == [1])
    close(arrived)
    #expect(throws: CommandError.self) { try CopyPlace("a\u{FFFD}") }
  }

  @Test func `a file takes the name that it is given, or its own in a folder`() throws {
    try Files.writeText("text", to: scratch["a"])
    try copy(scratch["a"], to: scratch["b"], name: "a")
    #expect(try Files.readText(scratch["b"]) == "text")
    try Files.makeDirectories(scratch["folder"])
    try copy(scratch["a"], to: scratch["folder"], name: "a")
    #expect(try Files.readText(scratch["folder/a"]) == "text")
    let error = #expect(throws: SyscallError.self) { try copy(scratch["a"], to: scratch["no/"]) }
    #expect(error?.errno == ENOTDIR)
  }

  @Test(arguments: ["../x", "a/../../x", "/x", "a//x", ".", "a/./x", ".."])
  func `a name that leads elsewhere is refused`(_ name: String) throws {
    let file = try OwnedDescriptor.memory("copy")
    for entry in [
      CopyEntry(kind: .folder), CopyEntry(kind: .file, name: Array(name.utf8)),
      CopyEntry(kind: .end),
    ] { try file.writeAll(entry.bytes) }
    let error = #expect(throws: CommandError.self) { try read(file, to: scratch["to"]) }
    #expect(error?.description.contains("leads out of it") == true)
    #expect(try Files.list(scratch.path) == ["to"])
  }

  @Test func `a link that is in the way is not followed`() throws {
    try Files.makeDirectories(scratch["from/sub"])
    try Files.writeText("new", to: scratch["from/sub/file"])
    try Files.writeText("new", to: scratch["from/zfile"])
    try Files.makeDirectories(scratch["outside"])
    try Files.writeText("old", to: scratch["outside/file"])
    try Files.makeDirectories(scratch["to"])
    try Files.symlink(scratch["outside"], at: scratch["to/sub"])
    #expect(throws: SyscallError.self) { try copy(scratch["from"], to: scratch["to"]) }
    #expect(try Files.readText(scratch["outside/file"]) == "old")
    try Files.remove(scratch["to/sub"])
    try Files.symlink(scratch["outside/file"], at: scratch["to/zfile"])
    #expect(throws: SyscallError.self) { try copy(scratch["from"], to: scratch["to"]) }
    #expect(try Files.readText(scratch["outside/file"]) == "old")
  }

  @Test func `what is torn is no copy`() throws {
    try Files.writeText("text", to: scratch["a"])
    let whole = try OwnedDescriptor.memory("copy")
    try CopyWriter(to: whole).write(scratch["a"])
    let bytes = try whole.read(from: 0, max: 1000)
    for count in 1..<bytes.count {
      let file = try OwnedDescriptor.memory("copy")
      try file.writeAll(Array(bytes[..<count]))
      #expect(throws: CopyReader.Torn.midway) { try read(file, to: scratch["b"]) }
    }
    let nothing = try OwnedDescriptor.memory("copy")
    #expect(throws: CopyReader.Torn.early) { try read(nothing, to: scratch["b"]) }
  }
}
