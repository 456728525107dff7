import Glibc
import Testing

@testable import PodShim

/// Reading a log that is rotated meanwhile.
@Suite struct LogFollowTests {
  private static let time = "2024-05-06T07:08:09.123456"

  /// A log of small files, and what a reader has seen of it.
  private final class World {
    let scratch: LinuxScratch
    let log: LogFile
    var written = 0
    var seen: [String] = []

    init(files: Int = 5) throws {
      scratch = try LinuxScratch()
      var limits = LogLimits()
      limits.size = 200
      limits.files = files
      limits.settling = .zero
      log = try LogFile(path: scratch["0.log"], limits: limits)
    }

    func write(_ count: Int) throws {
      for _ in 0..<count {
        written += 1
        let stamp = LogFollowTests.time + "\(1000 + written)".dropFirst() + "Z"
        try Array("\(stamp) stdout F \(written)\n".utf8).withUnsafeBytes { try log.append($0) }
      }
    }

    func follow(_ reader: RunLog) throws {
      try reader.follow { seen.append(String(decoding: $0.text, as: UTF8.self)) }
    }

    func compressAll() throws {
      let loop = try Loop()
      log.compress(on: loop)
      loop.settle = {
        if !loop.hasChildren { loop.stop() }
        return nil
      }
      try loop.run()
    }

    var files: [RotatedLog] { RotatedLog.all(of: "0.log", in: scratch.path) }
  }

  @Test(arguments: [1, 3, 5, 6, 7, 14])
  func `every line is seen once, however many files come between two looks`(_ lines: Int) throws {
    let world = try World()
    try world.write(1)
    let reader = try RunLog(world.scratch.path, run: 0)
    for _ in 0..<8 {
      try world.follow(reader)
      try world.write(lines)
    }
    try world.follow(reader)
    #expect(!world.files.isEmpty)
    #expect(world.seen == (1...world.written).map { "\($0)" })
  }

  @Test func `files that were compressed between two looks are read as well`() throws {
    let world = try World()
    try world.write(1)
    let reader = try RunLog(world.scratch.path, run: 0)
    try world.follow(reader)
    try world.write(17)
    try world.compressAll()
    #expect(world.files.map(\.isCompressed) == [true, true, false])
    try world.follow(reader)
    #expect(world.seen == (1...world.written).map { "\($0)" })
  }

  @Test func `who comes too late for the oldest goes on with what is left, in order`() throws {
    let world = try World(files: 2)
    try world.write(3)
    let reader = try RunLog(world.scratch.path, run: 0)
    try world.follow(reader)
    try world.write(40)
    try world.follow(reader)
    let numbers = world.seen.compactMap { Int($0) }
    #expect(numbers.prefix(3) == [1, 2, 3])
    #expect(numbers.last == 43 && numbers == numbers.sorted() && numbers.count < 20)
    #expect(Set(numbers).count == numbers.count)
  }

  @Test func `one look without following is at the present file`() throws {
    let world = try World()
    try world.write(7)
    try RunLog(world.scratch.path, run: 0).read { line in
      world.seen.append(String(decoding: line.text, as: UTF8.self))
    }
    #expect(world.files.count == 1)
    #expect(world.seen == ["6", "7"])
  }

  @Test func `who follows a run from its beginning begins with the oldest file`() throws {
    let world = try World()
    try world.write(16)
    try world.follow(RunLog(wholeOf: 0, in: world.scratch.path))
    #expect(world.seen == (1...16).map { "\($0)" })
  }

  /// The writer was killed between putting a file away and making the next.
  @Test func `without a present file the newest is shown, and followed from there`() throws {
    let world = try World()
    try world.write(5)
    try Files.rename(world.scratch["0.log"], to: world.scratch["0.log.20240506-070809"])
    let reader = try RunLog(world.scratch.path, run: 0)
    try world.follow(reader)
    #expect(world.seen == ["1", "2", "3", "4", "5"])
    let next = try LogFile(path: world.scratch["0.log"])
    try world.follow(reader)
    try Array("\(Self.time) stdout F 6\n".utf8).withUnsafeBytes { try next.append($0) }
    try world.follow(reader)
    #expect(world.seen == ["1", "2", "3", "4", "5", "6"])
  }

  @Test func `a torn line is not shown before it is written again`() throws {
    let world = try World()
    let file = try FileDescriptor.open(world.scratch["0.log"], O_RDWR)
    try file.writeAll(Array("\(Self.time) stdout F whole\n\(Self.time) stdout F to".utf8))
    let reader = try RunLog(world.scratch.path, run: 0)
    try world.follow(reader)
    let again = try LogFile(path: world.scratch["0.log"])
    try Array("\(Self.time)+02:00 stderr F other\n".utf8).withUnsafeBytes { try again.append($0) }
    try world.follow(reader)
    #expect(world.seen == ["whole", "other"])
  }

  @Test func `older files are compressed, the newest is not, and a half one is made again`() throws
  {
    let world = try World()
    try world.write(16)
    let before = try world.files.map { try Files.read(world.scratch["0.log.\($0.suffix)"]) }
    let first = try #require(world.files.first)
    try Files.writeText("half", to: world.scratch["0.log.\(first.suffix).tmp"])
    _ = try LogFile(path: world.scratch["0.log"])
    #expect(!Files.exists(world.scratch["0.log.\(first.suffix).tmp"]))
    try world.compressAll()
    #expect(world.files.map(\.isCompressed) == [true, true, false])
    for (file, bytes) in zip(world.files, before) where file.isCompressed {
      let path = world.scratch["0.log.\(file.suffix)"]
      #expect(try Program("/usr/bin/gzip", ["gzip", "-dc", path]).run().output == bytes)
    }
    #expect(try Files.list(world.scratch.path).count == 4)
  }

  /// Killed after the compressed file had its name and before the other was removed.
  @Test func `of a file and its compressed form one stays`() throws {
    let world = try World()
    try world.write(16)
    let first = try #require(world.files.first)
    try Files.writeText("", to: world.scratch["0.log.\(first.suffix).gz"])
    _ = try LogFile(path: world.scratch["0.log"])
    #expect(world.files.map(\.isCompressed) == [true, false, false])
  }

  @Test func `the last words are looked for in the file before as well`() throws {
    let world = try World()
    try world.write(6)
    let tail = String(decoding: try world.log.tail(1000), as: UTF8.self)
    #expect(tail.split(separator: "\n").map { $0.last } == ["1", "2", "3", "4", "5", "6"])
    let short = String(decoding: try world.log.tail(100), as: UTF8.self)
    #expect(short.split(separator: "\n").map { $0.last } == ["5", "6"])
  }
}
