import Glibc
import PodModel
import Testing

@testable import PodShim

@Suite("A file of variables is read out of its volume")
struct EnvironmentFileReadingTests {
  private let scratch: LinuxScratch

  init() throws {
    scratch = try LinuxScratch()
    try Files.makeDirectories(scratch["volume/below"])
    try Files.writeText("A='b'", to: scratch["volume/env"])
    try Files.writeText("A='other'", to: scratch["outside"])
  }

  private func read(_ path: String) throws -> FileContent? {
    let file = FileReference(volume: "work", path: path)
    return try EnvironmentFiles.read([file], volumes: ["work": scratch["volume"]])[file]
  }

  @Test("with its bytes, through links that stay inside")
  func plain() throws {
    try Files.symlink("../env", at: scratch["volume/below/link"])
    for path in ["env", "./env", "below/link", "below/../env"] {
      #expect(try read(path) == .bytes(Array("A='b'".utf8)), "\(path)")
    }
  }

  @Test("or is not there", arguments: ["none", "none/env", "env/below"])
  func absent(_ path: String) throws {
    #expect(try read(path) == nil)
  }

  @Test("and nowhere else, however the way is written")
  func outside() throws {
    try Files.symlink("../outside", at: scratch["volume/up"])
    try Files.symlink(scratch["outside"], at: scratch["volume/away"])
    try Files.symlink("loop", at: scratch["volume/loop"])
    for path in ["../outside", "up", "away", "loop", scratch["outside"], "/env"] {
      #expect(try read(path) == .unreadable(reason: "leads out of its volume"), "\(path)")
    }
  }

  @Test("when it is a plain file of a size that can be meant")
  func kinds() throws {
    try checked("mkfifo", "pipe") { mkfifo(scratch["volume/pipe"], 0o644) }
    for path in ["pipe", "below"] {
      #expect(try read(path) == .unreadable(reason: "not a regular file"), "\(path)")
    }
    let most = [UInt8](repeating: 0x23, count: EnvironmentFiles.sizeLimit)
    try Files.write(most, to: scratch["volume/most"])
    #expect(try read("most") == .bytes(most))
    try Files.write(most + [0x23], to: scratch["volume/more"])
    #expect(try read("more") == .unreadable(reason: "larger than 65536 bytes"))
  }
}
