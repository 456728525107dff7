import CLinux
import Glibc

/// One stream of one run, on its way from a pipe into the log, through a spool file.
///
/// A writer that is killed between reading a pipe and writing a log would lose lines, and one that
/// is killed before it notes what it wrote would double them. So the kernel moves the bytes from
/// the pipe into the spool (`splice`: there or here, never lost), the log is written from the
/// spool, and the first bytes of the spool say how far that has come; what the log holds beyond
/// that note is counted when the spool is opened again.
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
  /// Sees every byte once, as soon as it is in the spool.
  var tap: (([UInt8]) -> Void)?

  /// Where the stream's bytes begin in the spool; before it, the note.
  private static let base: Int64 = 4096
  /// containerd's MaxContainerLogLineSize: a longer line is written in parts.
  private static let longestLine = 16384
  private static let batch = 65536
  /// Bytes in the log whose spool space is given back at once.
  private static let hole: Int64 = 1 << 20

  init(
    _ stream: LogFile.Stream, from source: OwnedDescriptor, spool path: String, log: LogFile
  ) throws(SyscallError) {
    self.stream = stream
    self.source = source
    self.log = log
    isTerminal = isatty(source.raw) == 1
    spool = try FileDescriptor.open(path, O_RDWR | O_CREAT, mode: 0o600)
    received = max(0, try spool.size() - LogStream.base)
    let note = try spool.read(from: 0, max: 16)
    guard note.count == 16 else {
      logged = 0
      try writeNote()
      return
    }
    let (offset, size) = LogStream.numbers(note)
    logged = offset + (try log.payload(of: stream, after: size))
    // What a writer before us had in the spool and not in the log.
    try writeLines(flush: false)
  }

  /// Takes over what the pipe holds and writes every complete line. Never blocks.
  func pump() throws(SyscallError) {
    while true {
      let moved = try isTerminal ? read() : splice()
      guard moved > 0 else { return }
      if let tap { tap(try spool.read(from: LogStream.base + received, max: moved)) }
      received += Int64(moved)
      try writeLines(flush: false)
    }
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

  /// Writes what is left as a last, unfinished line.
  func flush() throws(SyscallError) {
    try pump()
    try writeLines(flush: true)
  }

  private func writeLines(flush: Bool) throws(SyscallError) {
    while logged < received {
      let want = min(received - logged, Int64(LogStream.batch))
      let bytes = try spool.read(from: LogStream.base + logged, max: Int(want))
      let (lines, taken) = format(bytes, flush: flush && logged + want == received)
      guard taken > 0 else { return }
      try log.append(lines)
      logged += Int64(taken)
      try writeNote()
    }
    // All of it is in the log: the memory behind the spool can go.
    if logged - punched > LogStream.hole {
      try? Splice.punchHole(spool.raw, offset: LogStream.base, length: logged)
      punched = logged
    }
  }

  /// The log lines for as much of `bytes` as makes lines, and how much that was.
  private func format(_ bytes: [UInt8], flush: Bool) -> (lines: [UInt8], taken: Int) {
    let full = Array(" \(stream.rawValue) F ".utf8)
    let part = Array(" \(stream.rawValue) P ".utf8)
    let stamp = clock.stamp(Clock.wall())
    var lines: [UInt8] = []
    lines.reserveCapacity(bytes.count + bytes.count / 2)
    var start = 0
    while start < bytes.count {
      let rest = bytes[start...].prefix(LogStream.longestLine)
      if let end = rest.firstIndex(of: newline) {
        lines += stamp + full + bytes[start...end]
        start = end + 1
      } else if rest.count == LogStream.longestLine || flush {
        lines += stamp + part + rest
        lines.append(newline)
        start += rest.count
      } else {
        break
      }
    }
    return (lines, start)
  }

  private func writeNote() throws(SyscallError) {
    let bytes = [logged, log.size].flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
    try spool.write(bytes, at: 0)
  }

  private static func numbers(_ bytes: [UInt8]) -> (Int64, Int64) {
    func number(_ slice: ArraySlice<UInt8>) -> Int64 {
      slice.reversed().reduce(0) { $0 << 8 | Int64($1) }
    }
    return (number(bytes[..<8]), number(bytes[8...]))
  }
}
