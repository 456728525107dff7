import CLinux
import Glibc

/// One stream of one run, on its way from a pipe into the log, through a spool file.
///
/// A writer that is killed between reading a pipe and writing a log would lose lines, and one that
/// is killed before it notes what it wrote would double them. So the kernel moves the bytes from
/// the pipe into the spool (`splice`: there or here, never lost), the log is written from the
/// spool, and the first bytes of the spool say how far that has come; what the log holds beyond
/// that note is counted when the spool is opened again.
///
/// What holds at every instant, across rotations too: the note is (bytes, file, size), and the log
/// up to `size` of `file` holds exactly the first `bytes` of this stream. Every append is followed
/// by a note before the next append, so at most one batch lies beyond it, in the same file. Before
/// a file is put away all streams note its end. So a note that does not name the present file names
/// the one before, which holds nothing of this stream beyond the note, and whatever the present
/// file holds of this stream comes after it. The file before the present one is only removed after
/// the next such round of notes; so the present file cannot have its inode's number.
final class LogStream {
  let stream: LogFile.Stream
  private let source: OwnedDescriptor
  /// A terminal cannot be spliced: what is read from one and not yet written is lost with us.
  private let isTerminal: Bool
  private let spool: FileDescriptor
  private let log: LogFile
  private var clock = LogClock()
  /// Bytes of the stream that the spool has received, and that the log holds.
  private var received: Int64
  private var logged: Int64
  private var punched: Int64 = 0
  private var scratch: LogScratch?
  /// What keeps lines from being written. They wait in the spool, and it is said once.
  private var obstacle: SyscallError?
  /// Sees every byte once, as soon as it is in the spool.
  var tap: (([UInt8]) -> Void)?

  /// Where the stream's bytes begin in the spool; before it, the note.
  private static let base: Int64 = 4096
  /// Bytes that are moved at once, and what is read at once: what was left of the last time too.
  private static let batch = 65536
  private static let most = batch + LogLineWriter.longestLine
  private static let room = 2 * batch
  /// Bytes that are taken over in one turn, at least what a pipe can hold: others want a turn too.
  private static let turn = 1 << 20
  /// Bytes in the log whose spool space is given back at once: few, so that the kernel takes the
  /// same memory again while a processor has it at hand.
  private static let hole: Int64 = 1 << 18

  init(
    _ stream: LogFile.Stream, from source: OwnedDescriptor, spool path: String, log: LogFile
  ) throws(SyscallError) {
    self.stream = stream
    self.source = source
    self.log = log
    isTerminal = isatty(source.raw) == 1
    spool = try FileDescriptor.open(path, O_RDWR | O_CREAT, mode: 0o600)
    received = max(0, try spool.size() - LogStream.base)
    logged = 0
    if let note = Note(try spool.read(from: 0, max: Note.size)) {
      let isPresent = note.file == log.identity
      logged = note.logged + (try log.payload(of: stream, after: isPresent ? note.size : 0))
    }
    try writeNote()
    log.beforeRotation { [weak self] () throws(SyscallError) in try self?.writeNote() }
  }

  /// Takes over what the pipe holds and writes every complete line. Never blocks.
  func pump() throws(SyscallError) { try pump(flush: false) }

  /// The same, and what is left as a last, unfinished line.
  func flush() throws(SyscallError) { try pump(flush: true) }

  /// What has passed through already, as far as the spool still has it.
  func past() throws(SyscallError) -> [UInt8] {
    try spool.read(from: LogStream.base + punched, max: Int(received - punched))
  }

  private func pump(flush: Bool) throws(SyscallError) {
    let scratch: LogScratch
    if let kept = self.scratch {
      scratch = kept
    } else {
      scratch = try LogScratch(input: LogStream.most, output: LogStream.room)
    }
    self.scratch = nil
    // What a writer before us had in the spool and not in the log.
    if logged < received { try writeLines(scratch, flush: false) }
    var taken = 0
    while taken < LogStream.turn {
      let moved = try isTerminal ? read() : splice()
      guard moved > 0 else { break }
      log.afterStep()
      if let tap { tap(try spool.read(from: LogStream.base + received, max: moved)) }
      received += Int64(moved)
      taken += moved
      try writeLines(scratch, flush: false)
    }
    if flush { try writeLines(scratch, flush: true) }
    // There is more: the next turn comes at once.
    if taken >= LogStream.turn { self.scratch = scratch }
  }

  private func splice() throws(SyscallError) -> Int {
    try Splice.splice(
      from: source.raw, to: spool.raw, at: LogStream.base + received, max: LogStream.batch) ?? 0
  }

  private func read() throws(SyscallError) -> Int {
    var bytes = [UInt8](repeating: 0, count: 4096)
    // EIO: nobody has the other side open any more.
    guard let count = try? source.read(into: &bytes) ?? 0, count > 0 else { return 0 }
    try spool.write(Array(bytes[..<count]), at: LogStream.base + received)
    return count
  }

  private func writeLines(_ scratch: LogScratch, flush: Bool) throws(SyscallError) {
    do throws(SyscallError) {
      try logLines(scratch, flush: flush)
      obstacle = nil
    } catch {
      if error == obstacle { return }
      obstacle = error
      throw error
    }
    // All of it is in the log: the memory behind the spool can go.
    if logged - punched > LogStream.hole {
      try? Splice.punchHole(
        spool.raw, offset: LogStream.base + punched, length: logged - punched)
      punched = logged
    }
  }

  private func logLines(_ scratch: LogScratch, flush: Bool) throws(SyscallError) {
    while logged < received {
      let want = Int(min(received - logged, Int64(LogStream.most)))
      let input = UnsafeMutableRawBufferPointer(rebasing: scratch.input[..<want])
      try spool.read(into: input, from: LogStream.base + logged)
      let lines = LogLineWriter(stamp: clock.stamp(Clock.wall()), stream: stream)
      let isLast = flush && logged + Int64(want) == received
      let (written, taken) = lines.write(
        UnsafeRawBufferPointer(input), to: scratch.output, flush: isLast)
      guard taken > 0 else { break }
      try log.append(UnsafeRawBufferPointer(rebasing: scratch.output[..<written]))
      logged += Int64(taken)
      try writeNote()
      log.afterStep()
      // What is left is no line yet: there was room for it.
      if !flush, logged + Int64(LogLineWriter.longestLine) > received,
        LogStream.room - written > LogLineWriter.longestLogLine
      {
        break
      }
    }
  }

  private func writeNote() throws(SyscallError) {
    try spool.write(Note(logged: logged, file: log.identity, size: log.size).bytes, at: 0)
  }
}

/// How far a stream has come, as the first bytes of its spool say it.
private struct Note {
  /// Bytes of the stream that the log holds, up to `size` of the file with the inode `file`.
  var logged: Int64
  var file: UInt64
  var size: Int64

  static let size = 24

  init(logged: Int64, file: UInt64, size: Int64) {
    self.logged = logged
    self.file = file
    self.size = size
  }

  /// nil for a spool that has none yet.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Note.size else { return nil }
    func number(_ index: Int) -> UInt64 {
      bytes[(index * 8)..<(index * 8 + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    logged = Int64(bitPattern: number(0))
    file = number(1)
    size = Int64(bitPattern: number(2))
  }

  var bytes: [UInt8] {
    [UInt64(bitPattern: logged), file, UInt64(bitPattern: size)].flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
  }
}
