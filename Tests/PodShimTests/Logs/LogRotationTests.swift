import Glibc
import Testing

@testable import PodShim

/// A log that is put away when it is full, its writer killed at any step.
@Suite struct LogRotationTests {
  /// Small files, so that a few lines fill one.
  private static let limits: LogLimits = {
    var limits = LogLimits()
    limits.size = 400
    limits.settling = .zero
    return limits
  }()

  /// A folder of logs and spools, and the pipes of both streams.
  private final class World {
    let scratch: LinuxScratch
    let output: (reader: OwnedDescriptor, writer: OwnedDescriptor)
    let errors: (reader: OwnedDescriptor, writer: OwnedDescriptor)
    let limits: LogLimits

    init(_ limits: LogLimits = LogRotationTests.limits) throws {
      scratch = try LinuxScratch()
      output = try Pipe.make(nonblockingRead: true).split()
      errors = try Pipe.make(nonblockingRead: true).split()
      self.limits = limits
    }

    /// What a supervisor that has just begun has in hand.
    func open(_ folder: String? = nil) throws -> (LogFile, out: LogStream, err: LogStream) {
      let folder = folder ?? scratch.path
      let log = try LogFile(path: folder + "/0.log", limits: limits)
      return (
        log, try LogStream(.stdout, from: output.reader, spool: folder + "/out", log: log),
        try LogStream(.stderr, from: errors.reader, spool: folder + "/err", log: log)
      )
    }
  }

  /// The files of a log, oldest first.
  private static func files(_ folder: String) throws -> [String] {
    try Files.list(folder).filter { $0.hasPrefix("0.log.") } + ["0.log"]
  }

  /// Stream, tag and text of every line in all files, oldest first.
  private static func lines(_ folder: String) throws -> [String] {
    try RotatedLog.all(of: "0.log", in: folder).map { "0.log." + $0.suffix }.appending("0.log")
      .flatMap { name in
        let text = try Files.readText("\(folder)/\(name)")
        #expect(text.isEmpty || text.hasSuffix("\n"), "\(name) ends in the middle of a line")
        return text.split(separator: "\n").map {
          $0.split(separator: " ", maxSplits: 1).last.map(String.init) ?? ""
        }
      }
  }

  @Test func `a full file is put away under the time, and the next lines are in a new one`() throws
  {
    let world = try World()
    let (_, out, _) = try world.open()
    for number in 1...12 {
      try world.output.writer.writeAll(Array("line \(number)\n".utf8))
      try out.pump()
    }
    let names = try Self.files(world.scratch.path)
    #expect(names.count == 2)
    #expect(try names.allSatisfy { try #/0\.log(\.\d{8}-\d{6})?/#.wholeMatch(in: $0) != nil })
    #expect(try Self.lines(world.scratch.path) == (1...12).map { "stdout F line \($0)" })
    var status = stat()
    #expect(stat(world.scratch["0.log"], &status) == 0 && status.st_mode & 0o777 == 0o640)
  }

  @Test func `many in one second all have names, in their order, and only the newest stay`() throws
  {
    let world = try World()
    let (_, out, _) = try world.open()
    var count = 0
    for number in 1...200 {
      try world.output.writer.writeAll(Array("line \(number)\n".utf8))
      try out.pump()
      count = max(count, try Self.files(world.scratch.path).count)
    }
    #expect(count == 5)
    let lines = try Self.lines(world.scratch.path)
    #expect(lines.count < 100)
    #expect(lines == (1...200).suffix(lines.count).map { "stdout F line \($0)" })
  }

  @Test func `a name comes after the last one also when the clock was set back`() throws {
    let future = try #require(RotatedLog(suffix: "20991231-235959"))
    let next = RotatedLog(time: "20240101-000000", after: future)
    #expect(next.suffix == "20991231-235959-2")
    #expect(RotatedLog(time: "20240101-000000", after: next).suffix == "20991231-235959-3")
    #expect(future < next)
    #expect(RotatedLog(time: "21000101-000000", after: next).suffix == "21000101-000000")
    let tenth = try #require(RotatedLog(suffix: "20991231-235959-10.gz"))
    #expect(next < tenth && tenth.isCompressed)
  }

  @Test(arguments: ["", "tmp", "2024-01-01", "20240101-000000.tmp", "20240101-000000-1", "x-y"])
  func `another file beside the log is none of its files`(_ suffix: String) {
    #expect(RotatedLog(suffix: suffix) == nil)
  }

  /// At every step the folder is copied, which is what a killed writer leaves; after a write the
  /// copies lack the end of it. From each a new writer must go on so that every line of both
  /// streams is there once, in order.
  @Test func `killed at any step of a rotation, no line is lost, doubled or torn`() throws {
    let world = try World(Self.limits.keepingAll)
    let copies = try LinuxScratch()
    let (log, out, err) = try world.open()
    var steps = 0
    var size: Int64 = 0
    var failure: (any Error)?
    log.afterStep = {
      steps += 1
      let grown = max(0, log.size - size)
      size = log.size
      do {
        // The newline alone, half of a line, nearly all.
        for torn in Set([0, min(1, grown), grown / 2, max(0, grown - 1)]) {
          try Self.copy(world.scratch.path, to: copies["\(steps)-\(torn)"], without: torn)
        }
      } catch {
        failure = error
      }
    }
    for number in 1...30 {
      try world.output.writer.writeAll(Array("out \(number)\nmore\n".utf8))
      try out.pump()
      // The other stream is silent for several files, and then it is not.
      guard number % 13 == 0 else { continue }
      try world.errors.writer.writeAll(Array("err \(number)\n".utf8))
      try err.pump()
    }
    log.afterStep = {}
    #expect(failure == nil)
    #expect(try Self.files(world.scratch.path).count > 4)
    for name in try Files.list(copies.path) {
      let (_, out, err) = try world.open(copies[name])
      try out.pump()
      try err.pump()
      let found = try Self.lines(copies[name])
      for stream in ["stdout", "stderr"] {
        let received = try Self.received(copies[name] + "/" + (stream == "stdout" ? "out" : "err"))
        #expect(
          found.filter { $0.hasPrefix(stream) } == received.map { "\(stream) F \($0)" }, "\(name)")
      }
    }
  }

  /// Else a note could name a file that is long gone, and whose inode the present one has now.
  @Test func `the note of a silent stream names the present file or the one before`() throws {
    let world = try World()
    let (log, out, err) = try world.open()
    defer { withExtendedLifetime(err) {} }
    for number in 1...60 {
      try world.output.writer.writeAll(Array("line \(number)\n".utf8))
      try out.pump()
      let note = try FileDescriptor.open(world.scratch["err"], O_RDONLY).read(from: 8, max: 8)
      let before = RotatedLog.all(of: "0.log", in: world.scratch.path).last.map {
        world.scratch["0.log.\($0.suffix)"]
      }
      let inodes = try [before].compactMap { $0 }.map {
        try FileDescriptor.open($0, O_RDONLY).identity()
      }
      let named = note.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      #expect((inodes + [log.identity]).contains(named), "after line \(number)")
    }
  }

  /// The log is on a disk that is full: `/dev/full` takes nothing.
  @Test func `lines that cannot be written wait, and it is said once`() throws {
    let world = try World()
    try Files.symlink("/dev/full", at: world.scratch["0.log"])
    let (_, out, _) = try world.open()
    try world.output.writer.writeAll(Array("one\n".utf8))
    #expect(throws: SyscallError.self) { try out.pump() }
    try world.output.writer.writeAll(Array("two\n".utf8))
    try out.pump()
    #expect(try Self.received(world.scratch["out"]) == ["one", "two"])
    try Files.remove(world.scratch["0.log"])
    try world.open().out.pump()
    #expect(try Self.lines(world.scratch.path) == ["stdout F one", "stdout F two"])
  }

  /// What a writer leaves that is killed now, the last bytes of the log not yet written.
  private static func copy(_ folder: String, to target: String, without torn: Int64) throws {
    try Files.makeDirectories(target)
    for name in try Files.list(folder) {
      if name.hasPrefix("0.log.") {
        // Never written to again. What was put away keeps its inode.
        #expect(link("\(folder)/\(name)", "\(target)/\(name)") == 0)
      } else {
        let bytes = try Files.read("\(folder)/\(name)")
        try Files.write(
          Array(bytes.dropLast(name == "0.log" ? Int(torn) : 0)), to: "\(target)/\(name)")
      }
    }
    guard Files.exists(folder + "/0.log") else { return }
    let inode = try FileDescriptor.open(folder + "/0.log", O_RDONLY).identity()
    let copied = try FileDescriptor.open(target + "/0.log", O_RDONLY).identity()
    for spool in ["out", "err"] where Files.exists("\(target)/\(spool)") {
      // The second number of the note: here the present file has another inode.
      let file = try FileDescriptor.open("\(target)/\(spool)", O_RDWR)
      func bytes(_ number: UInt64) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian, Array.init)
      }
      if try file.read(from: 8, max: 8) == bytes(inode) { try file.write(bytes(copied), at: 8) }
    }
  }

  /// The lines that the kernel has put into a spool.
  private static func received(_ spool: String) throws -> [Substring] {
    String(decoding: try Files.read(spool).dropFirst(4096), as: UTF8.self).split(separator: "\n")
  }
}

extension LogLimits {
  fileprivate var keepingAll: LogLimits {
    var limits = self
    limits.files = 1000
    return limits
  }
}

extension Array {
  fileprivate func appending(_ element: Element) -> [Element] { self + [element] }
}
