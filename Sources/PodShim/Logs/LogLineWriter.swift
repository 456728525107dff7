import Glibc

/// Makes CRI lines out of what a container printed: one time for a batch, long lines in parts.
struct LogLineWriter {
  /// containerd's MaxContainerLogLineSize: a longer line is written in parts.
  static let longestLine = 16384
  /// More than a time, a stream and a tag with their blanks.
  private static let longestPrefix = 64
  /// Room for the longest line of a log.
  static let longestLogLine = longestPrefix + longestLine + 1

  private let full: [UInt8]
  private let part: [UInt8]

  init(stamp: [UInt8], stream: LogFile.Stream) {
    full = stamp + Array(" \(stream.rawValue) F ".utf8)
    part = stamp + Array(" \(stream.rawValue) P ".utf8)
  }

  /// Fills `output` with the lines of as much of `input` as makes lines and has room; answers how
  /// many bytes it wrote, and how many it took.
  /// - Parameter flush: nothing follows, so what is left is a line in itself.
  func write(
    _ input: UnsafeRawBufferPointer, to output: UnsafeMutableRawBufferPointer, flush: Bool
  ) -> (written: Int, taken: Int) {
    guard let source = input.baseAddress, let target = output.baseAddress else { return (0, 0) }
    var written = 0
    var taken = 0
    func put(_ prefix: [UInt8], _ count: Int) {
      prefix.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        memcpy(target + written, base, bytes.count)
      }
      memcpy(target + written + prefix.count, source + taken, count)
      written += prefix.count + count
      taken += count
    }
    while taken < input.count, output.count - written >= LogLineWriter.longestLogLine {
      let rest = min(input.count - taken, LogLineWriter.longestLine)
      if let end = memchr(source + taken, CInt(newline), rest) {
        put(full, UnsafeRawPointer(end) - (source + taken) + 1)
      } else if rest == LogLineWriter.longestLine || flush {
        put(part, rest)
        output[written] = newline
        written += 1
      } else {
        break
      }
    }
    return (written, taken)
  }
}
