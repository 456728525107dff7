import Glibc
import Testing

@testable import PodShim

/// A stream of a container on its way into its log, with its writer killed at the worst moments.
@Suite struct LogStreamTests {
  /// A pipe, a log and a spool in a folder of their own.
  private final class World {
    let folder: String
    let reader: OwnedDescriptor
    let writer: OwnedDescriptor

    init() throws {
      folder = "/tmp/podshim-log-\(UInt64.random(in: 0 ... .max))"
      try Files.makeDirectories(folder)
      (reader, writer) = try Pipe.make().split()
      try reader.setNonblocking()
    }

    deinit { try? Files.removeTree(folder) }

    var log: String { folder + "/0.log" }
    var spool: String { folder + "/spool" }

    /// What a supervisor that has just begun has in hand.
    func open() throws -> LogStream {
      try LogStream(.stdout, from: reader, spool: spool, log: LogFile(path: log))
    }

    func write(_ text: String) throws { try writer.writeAll(Array(text.utf8)) }

    /// Tag and text of every line.
    func lines() throws -> [String] {
      try Files.readText(log).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map { $0.split(separator: " ", maxSplits: 2).last.map(String.init) ?? "" }
    }
  }

  @Test func `a line has a time, a stream, a tag and its text`() throws {
    let world = try World()
    let stream = try world.open()
    try world.write("hello world\n")
    try stream.pump()
    let line = try Files.readText(world.log)
    let time = #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(Z|[+-]\d\d:\d\d)/#
    let match = try #require(line.firstMatch(of: time))
    #expect(line == "\(match.0) stdout F hello world\n")
  }

  @Test func `a line that has no end yet waits, and is a part when nothing follows`() throws {
    let world = try World()
    let stream = try world.open()
    try world.write("one\ntw")
    try stream.pump()
    #expect(try world.lines() == ["F one"])
    try world.write("o\nthree")
    try stream.pump()
    #expect(try world.lines() == ["F one", "F two"])
    try stream.flush()
    #expect(try world.lines() == ["F one", "F two", "P three"])
  }

  @Test func `a line of more than 16 KiB is written in parts`() throws {
    let world = try World()
    let stream = try world.open()
    let text = String(repeating: "x", count: 40_000)
    try world.write(text + "\n")
    try stream.pump()
    let lines = try world.lines()
    #expect(lines.map { $0.first } == ["P", "P", "F"])
    #expect(lines.map { $0.utf8.count - 2 } == [16384, 16384, 40_000 - 32768])
  }

  @Test func `bytes that are no text come through`() throws {
    let world = try World()
    let stream = try world.open()
    try world.writer.writeAll([0, 0xff, 0xfe, 10, 13, 10])
    try stream.pump()
    let bytes = try Files.read(world.log)
    #expect(bytes.suffix(3).elementsEqual([0x20, 13, 10]))
    #expect(bytes.firstIndex(of: 0xff) != nil)
  }

  @Test func `a stream that is opened again goes on where the log ends`() throws {
    let world = try World()
    try world.write("one\ntwo\nthr")
    try world.open().pump()
    try world.write("ee\nfour\n")
    try world.open().pump()
    #expect(try world.lines() == ["F one", "F two", "F three", "F four"])
  }

  /// Killed after the kernel has moved the bytes and before any was logged.
  @Test func `what is in the spool and not in the log is written`() throws {
    let world = try World()
    _ = try world.open()
    try world.write("one\ntwo\n")
    let spool = try FileDescriptor.open(world.spool, O_RDWR)
    let moved = try Splice.splice(from: world.reader.raw, to: spool.raw, at: 4096, max: 65536)
    #expect(moved == 8)
    try world.open().pump()
    #expect(try world.lines() == ["F one", "F two"])
  }

  /// Killed after the log was written and before that was noted.
  @Test func `what is in the log and not noted is not written twice`() throws {
    let world = try World()
    try world.open().pump()
    let note = try Files.read(world.spool).prefix(24)
    try world.write("one\ntwo\n")
    try world.open().pump()
    let spool = try FileDescriptor.open(world.spool, O_RDWR)
    try spool.write(Array(note), at: 0)
    try world.write("three\n")
    try world.open().pump()
    #expect(try world.lines() == ["F one", "F two", "F three"])
  }

  /// Killed in the middle of writing the log.
  @Test func `a torn last line is cut off and written whole`() throws {
    let world = try World()
    try world.open().pump()
    let note = try Files.read(world.spool).prefix(24)
    try world.write("one\ntwo\n")
    try world.open().pump()
    let log = try FileDescriptor.open(world.log, O_RDWR)
    try log.truncate(to: try log.size() - 3)
    let spool = try FileDescriptor.open(world.spool, O_RDWR)
    try spool.write(Array(note), at: 0)
    try world.open().pump()
    #expect(try world.lines() == ["F one", "F two"])
  }

  @Test func `the lines of the other stream are not counted as ours`() throws {
    let world = try World()
    try world.open().pump()
    let (reader, writer) = try Pipe.make().split()
    try reader.setNonblocking()
    let file = try LogFile(path: world.log)
    let errors = try LogStream(.stderr, from: reader, spool: world.spool + ".err", log: file)
    try writer.writeAll(Array("oh\n".utf8))
    try errors.pump()
    try world.write("one\n")
    try world.open().pump()
    #expect(try Files.readText(world.log).split(separator: "\n").count == 2)
    try world.open().pump()
    #expect(try Files.readText(world.log).split(separator: "\n").count == 2)
  }
}
