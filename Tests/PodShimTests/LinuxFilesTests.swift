import Glibc
import Testing

@testable import PodShim

@Suite("Files are read, replaced and listed whole")
struct LinuxFilesTests {
  @Test("A replaced file has exactly the mode asked for, whatever the umask")
  func replaceMode() throws {
    let scratch = try LinuxScratch()
    try Files.replace(scratch["a"], with: Array("one".utf8), mode: 0o666)
    try Files.replace(scratch["a"], with: Array("two".utf8), mode: 0o777, durable: true)
    #expect(try Files.readText(scratch["a"]) == "two")
    #expect(mode(of: scratch["a"]) == 0o777)
    #expect(try Files.list(scratch.path) == ["a"])
  }

  @Test("Who had a file open before it was replaced still reads the old one")
  func replaceIsAtomic() throws {
    let scratch = try LinuxScratch()
    try Files.writeText("old", to: scratch["a"])
    let reader = try FileDescriptor.open(scratch["a"], O_RDONLY)
    try Files.replace(scratch["a"], with: Array("new".utf8))
    #expect(try String(decoding: reader.readAll(), as: UTF8.self) == "old")
    #expect(try Files.readText(scratch["a"]) == "new")
  }

  @Test("A link is replaced, and what it pointed at is left alone")
  func replaceLink() throws {
    let scratch = try LinuxScratch()
    try Files.writeText("target", to: scratch["target"])
    try Files.symlink("target", at: scratch["link"])
    try Files.replace(scratch["link"], with: Array("new".utf8))
    #expect(try Files.readText(scratch["target"]) == "target")
    #expect(errorNumber { _ = try Files.readLink(scratch["link"]) } == EINVAL)
  }

  @Test("A replacement that fails leaves nothing behind")
  func replaceFails() throws {
    let scratch = try LinuxScratch()
    try Files.makeDirectories(scratch["a"])
    #expect(errorNumber { try Files.replace(scratch["a"], with: [1]) } == EISDIR)
    #expect(try Files.list(scratch.path) == ["a"])
  }

  @Test("The longest name that a directory takes can be replaced")
  func replaceLongName() throws {
    let scratch = try LinuxScratch()
    // 255 bytes, in characters of two.
    let name = String(repeating: "é", count: 127) + "x"
    try Files.replace(scratch[name], with: [1])
    #expect(try Files.list(scratch.path) == [name])
  }

  @Test("Directories are made with those above them, and once is enough")
  func makeDirectories() throws {
    let scratch = try LinuxScratch()
    try Files.makeDirectories(scratch["a/b/c/"], mode: 0o700)
    try Files.makeDirectories(scratch["a/b/c"])
    #expect(mode(of: scratch["a/b/c"]) == 0o700)
    try Files.writeText("", to: scratch["file"])
    #expect(errorNumber { try Files.makeDirectories(scratch["file"]) } == EEXIST)
    #expect(errorNumber { try Files.makeDirectories(scratch["file/x"]) } == ENOTDIR)
  }

  @Test("A link that points nowhere exists, and is no directory")
  func links() throws {
    let scratch = try LinuxScratch()
    try Files.symlink("nowhere", at: scratch["broken"])
    try Files.symlink("/tmp", at: scratch["linked"])
    #expect(Files.exists(scratch["broken"]) && !Files.isDirectory(scratch["broken"]))
    #expect(Files.isDirectory(scratch["linked"]))
    #expect(try Files.readLink(scratch["linked"]) == "/tmp")
    #expect(!Files.exists(scratch["absent"]))
  }

  @Test("An error names the call, the object and the reason")
  func message() {
    let error = #expect(throws: SyscallError.self) { try Files.read("/nowhere/x") }
    #expect(error?.description == "open `/nowhere/x`: No such file or directory")
  }

  @Test(
    "A path is split into its directory and its name",
    arguments: [
      ("/a/b", "/a", "b"), ("/a", "/", "a"), ("a", ".", "a"), ("a/b//", "a", "b"), ("/", "/", ""),
    ])
  func split(path: String, directory: String, name: String) {
    #expect(Files.split(path) == (directory, name))
  }

  @Test("A path opened in a root cannot leave it")
  func openInRoot() throws {
    let scratch = try LinuxScratch()
    try Files.makeDirectories(scratch["root/etc"])
    try Files.writeText("inside", to: scratch["root/etc/passwd"])
    try Files.symlink("/etc/passwd", at: scratch["root/link"])
    let root = try FileDescriptor.open(scratch["root"], FileDescriptor.pathOnly)
    for path in ["link", "../../etc/passwd", "/etc/passwd"] {
      let file = try FileDescriptor.open(path, O_RDONLY, in: root.raw, resolution: .inRoot)
      #expect(try String(decoding: file.readAll(), as: UTF8.self) == "inside")
    }
    let error = errorNumber {
      _ = try FileDescriptor.open("link", O_RDONLY, in: root.raw, resolution: .beneath)
    }
    #expect(error == EXDEV)
  }

  @Test("A lock keeps others out until its holder is done")
  func lock() throws {
    let scratch = try LinuxScratch()
    let first = try FileLock.acquire(scratch["lock"])
    let second = try FileLock.acquire(scratch["lock"], wait: false)
    let isFree = second != nil
    #expect(!isFree)
    _ = consume first
    let third = try FileLock.acquire(scratch["lock"], wait: false)
    let isFreeNow = third != nil
    #expect(isFreeNow)
  }

  private func mode(of path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }
}
