import Glibc

/// One run's log in the CRI format: `<RFC 3339 time> <stdout|stderr> <F|P> <text>`, a line each.
///
/// Written with one `write` a batch. A torn last line, left by a writer that was killed in the
/// middle, is cut off when the file is opened again.
final class LogFile {
  enum Stream: String {
    case stdout, stderr
  }

  private let file: FileDescriptor
  /// Bytes in the file.
  private(set) var size: Int64

  init(path: String) throws(SyscallError) {
    // containerd gives its log files this mode.
    file = try FileDescriptor.open(path, O_RDWR | O_CREAT | O_APPEND, mode: 0o640)
    size = try file.size()
    try cutTornLine()
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

  func append(_ lines: [UInt8]) throws(SyscallError) {
    try file.writeAll(lines)
    size += Int64(lines.count)
  }

  /// The last `count` bytes, whole lines only.
  func tail(_ count: Int) throws(SyscallError) -> [UInt8] {
    let from = max(0, size - Int64(count))
    let bytes = try file.read(from: from, max: count)
    guard from > 0, let first = bytes.firstIndex(of: newline) else { return bytes }
    return Array(bytes[(first + 1)...])
  }

  /// How many bytes of `stream` the lines after `position` hold, newlines of full lines included.
  func payload(of stream: Stream, after position: Int64) throws(SyscallError) -> Int64 {
    var total: Int64 = 0
    let bytes = try file.read(from: position, max: Int(max(0, size - position)))
    for line in bytes.split(separator: newline) {
      let words = line.split(separator: space, maxSplits: 3, omittingEmptySubsequences: false)
      guard words.count == 4, words[1].elementsEqual(stream.rawValue.utf8) else { continue }
      total += Int64(words[3].count) + (words[2].first == UInt8(ascii: "F") ? 1 : 0)
    }
    return total
  }
}

let newline = UInt8(ascii: "\n")
private let space = UInt8(ascii: " ")

/// The time in front of a log line: RFC 3339 with nanoseconds, in the host's zone.
struct LogClock {
  private var second: Int = .min
  private var prefix: [UInt8] = []
  private var suffix: [UInt8] = []

  /// - Parameter wall: time since 1970.
  mutating func stamp(_ wall: Duration) -> [UInt8] {
    let (seconds, attoseconds) = wall.components
    if Int(seconds) != second { format(Int(seconds)) }
    let nanoseconds = String(attoseconds / 1_000_000_000 + 1_000_000_000).utf8.dropFirst()
    return prefix + nanoseconds + suffix
  }

  private mutating func format(_ seconds: Int) {
    var time = time_t(seconds)
    var parts = tm()
    localtime_r(&time, &parts)
    second = seconds
    prefix = Array(LogClock.text(&parts, "%Y-%m-%dT%H:%M:%S.").utf8)
    // strftime writes +0200 where RFC 3339 wants +02:00.
    let zone = LogClock.text(&parts, "%z")
    suffix = Array((parts.tm_gmtoff == 0 ? "Z" : "\(zone.prefix(3)):\(zone.suffix(2))").utf8)
  }

  private static func text(_ parts: inout tm, _ format: String) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let base = buffer.baseAddress, strftime(base, 64, format, &parts) > 0 else { return "" }
      return String(cString: base)
    }
  }
}
