/// Takes the lines of a CRI log apart: what a container wrote, without time, stream and tag.
///
/// Fed in pieces of any size. A line that is no CRI line is passed on as it stands, so that nothing
/// of a damaged log is hidden.
struct LogLines {
  private var pending: [UInt8] = []

  struct Line: Equatable {
    var stream: LogFile.Stream
    var text: ArraySlice<UInt8>
    /// The container wrote a newline behind the text; else the next line goes on with it.
    var isComplete: Bool
    /// When the container wrote it, as the log has it; nil where the line is no CRI line.
    var time: ArraySlice<UInt8>?
  }

  /// The lines that are whole by now.
  mutating func take(_ bytes: [UInt8]) -> [Line] {
    pending += bytes
    guard let last = pending.lastIndex(of: newline) else { return [] }
    let whole = pending[..<last]
    pending.removeFirst(last + 1)
    return whole.split(separator: newline, omittingEmptySubsequences: false).map(LogLines.parse)
  }

  /// `<time> <stdout|stderr> <tag>[:…] <text>`; only the first tag has a meaning.
  static func parse(_ line: ArraySlice<UInt8>) -> Line {
    let space = UInt8(ascii: " ")
    let words = line.split(separator: space, maxSplits: 3, omittingEmptySubsequences: false)
    guard words.count == 4,
      let stream = LogFile.Stream(rawValue: String(decoding: words[1], as: UTF8.self)),
      let tag = words[2].first, tag == UInt8(ascii: "F") || tag == UInt8(ascii: "P")
    else { return Line(stream: .stdout, text: line, isComplete: true) }
    return Line(
      stream: stream, text: words[3], isComplete: tag == UInt8(ascii: "F"), time: words[0])
  }
}
