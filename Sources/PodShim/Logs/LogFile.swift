import CLinux
import Glibc

/// One run's log in the CRI format: `<RFC 3339 time> <stdout|stderr> <F|P> <text>`, a line each.
///
/// Written with one `write` a batch of whole lines; a torn last line, left by a writer that was
/// killed in the middle, is cut off when the file is opened again. A file that is full is put away
/// before the next batch, so the present file is never empty once something was printed, and a
/// file that was put away ends with a whole line and is never written to again.
final class LogFile {
  enum Stream: String {
    case stdout, stderr
  }

  private let path: String
  private let limits: LogLimits
  private let rotation: LogRotation
  private var file: FileDescriptor
  /// Bytes in the present file.
  private(set) var size: Int64
  /// The inode of the present file, which the one before it cannot have: it is still there.
  private(set) var identity: UInt64
  /// The size at which the file is put away; more than the limit after an attempt that failed.
  private var full: Int64
  /// Those who write here note where they are before a file is put away.
  private var notes: [() throws(SyscallError) -> Void] = []
  /// For tests: called after every step that a writer may be killed behind.
  var afterStep: () -> Void = {}

  init(path: String, limits: LogLimits = .environment()) throws(SyscallError) {
    self.path = path
    self.limits = limits
    full = limits.size
    rotation = LogRotation(path: path, limits: limits)
    file = try LogFile.open(path)
    size = try file.size()
    identity = try file.identity()
    try cutTornLine()
  }

  private static func open(_ path: String) throws(SyscallError) -> FileDescriptor {
    // containerd gives its log files this mode.
    try FileDescriptor.open(path, O_RDWR | O_CREAT | O_APPEND, mode: 0o640)
  }

  private func cutTornLine() throws(SyscallError) {
    var start = size
    while start > 0 {
      let from = max(0, start - 65536)
      let bytes = try file.read(from: from, max: Int(start - from))
      if let end = bytes.lastIndex(of: newline) {
        start = from + Int64(end) + 1
        break
      }
      start = from
    }
    guard start < size else { return }
    try file.truncate(to: start)
    size = start
  }

  /// Where older files are compressed; without it they stay as they are.
  func compress(on loop: Loop) {
    rotation.loop = loop
    rotation.compress()
  }

  /// Calls `note` before each rotation, for as long as the log lives.
  func beforeRotation(_ note: @escaping () throws(SyscallError) -> Void) { notes.append(note) }

  /// - Parameter lines: whole ones. All of them are in the file, or none.
  func append(_ lines: UnsafeRawBufferPointer) throws(SyscallError) {
    if size >= full { rotateOrGoOn() }
    do throws(SyscallError) {
      try file.writeAll(lines)
    } catch {
      try? file.truncate(to: size)
      throw error
    }
    size += Int64(lines.count)
    afterStep()
  }

  /// A log that cannot be rotated grows on, and is tried again when it has doubled.
  private func rotateOrGoOn() {
    do {
      try rotate()
      full = limits.size
    } catch {
      full = size + limits.size
      Diagnostics.report("cannot rotate `\(path)`: \(error)")
    }
  }

  private func rotate() throws(SyscallError) {
    for note in notes { try note() }
    afterStep()
    try rotation.makeRoom()
    afterStep()
    try rotation.putAway()
    afterStep()
    do throws(SyscallError) {
      file = try LogFile.open(path)
      identity = try file.identity()
    } catch {
      try rotation.takeBack()
      throw error
    }
    size = 0
    afterStep()
    rotation.compress()
  }

  /// Nothing more will be written.
  func close() { rotation.stop() }

  /// The last `count` bytes, whole lines only, out of the file before as well where this one has
  /// fewer.
  func tail(_ count: Int) throws(SyscallError) -> [UInt8] {
    let own = try LogFile.tail(count, of: file)
    guard size < count, let before = rotation.newest else { return own }
    let older = try FileDescriptor.open(before, O_RDONLY)
    return try LogFile.tail(count - Int(size), of: older) + own
  }

  private static func tail(
    _ count: Int, of file: borrowing FileDescriptor
  ) throws(SyscallError) -> [UInt8] {
    let from = max(0, try file.size() - Int64(count))
    let bytes = try file.read(from: from, max: count)
    guard from > 0, let first = bytes.firstIndex(of: newline) else { return bytes }
    return Array(bytes[(first + 1)...])
  }

  /// How many bytes of `stream` the lines after `position` hold, newlines of full lines included.
  func payload(of stream: Stream, after position: Int64) throws(SyscallError) -> Int64 {
    var total: Int64 = 0
    var position = position
    while position < size {
      let bytes = try file.read(from: position, max: 1 << 18)
      guard let last = bytes.lastIndex(of: newline) else { break }
      position += Int64(last) + 1
      for line in bytes[..<last].split(separator: newline) {
        let words = line.split(separator: space, maxSplits: 3, omittingEmptySubsequences: false)
        guard words.count == 4, words[1].elementsEqual(stream.rawValue.utf8) else { continue }
        total += Int64(words[3].count) + (words[2].first == UInt8(ascii: "F") ? 1 : 0)
      }
    }
    return total
  }
}

let newline = UInt8(ascii: "\n")
private let space = UInt8(ascii: " ")
