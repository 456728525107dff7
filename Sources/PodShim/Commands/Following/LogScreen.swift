import Glibc

/// The lines of several containers on their way to standard output, each perhaps with a word in
/// front that says whose it is.
///
/// A line is shown when it is whole, so that two containers never share one. What a single
/// container prints is passed on as it comes, byte for byte.
final class LogScreen {
  private let prefixes: [String: [UInt8]]
  /// One source alone, without a word in front.
  private let isPlain: Bool
  private var text: [UInt8] = []
  /// Lines that have begun, by source and stream.
  private var begun: [Begun: [UInt8]] = [:]

  private struct Begun: Hashable {
    var source: String
    var stream: LogFile.Stream
  }

  /// Colours that can be read on a light and on a dark ground.
  private static let colours = [36, 33, 35, 32, 34, 31]
  /// A longer line is shown in pieces.
  private static let longestLine = 1 << 20
  /// So much is written at once.
  private static let piece = 1 << 16

  /// - Parameter sources: their names, and what stands in front of the lines of each.
  init(_ sources: [(name: String, prefix: String)], hasColours: Bool = false) {
    var prefixes: [String: [UInt8]] = [:]
    for (index, source) in sources.enumerated() where !source.prefix.isEmpty {
      let colour = LogScreen.colours[index % LogScreen.colours.count]
      let word = hasColours ? "\u{1B}[\(colour)m\(source.prefix)\u{1B}[0m" : source.prefix
      prefixes[source.name] = Array((word + " ").utf8)
    }
    self.prefixes = prefixes
    isPlain = sources.count < 2 && prefixes.isEmpty
  }

  /// One container alone.
  convenience init() { self.init([]) }

  /// Whether standard output is a terminal that shows colours.
  static var isColourful: Bool {
    func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
    return Terminal.isTerminal(STDOUT_FILENO) && value("NO_COLOR").isEmpty
      && !["", "dumb"].contains(value("TERM"))
  }

  func take(_ source: String, _ line: LogLines.Line) {
    if isPlain {
      text += line.text
      if line.isComplete { text.append(newline) }
      return
    }
    let key = Begun(source: source, stream: line.stream)
    let whole = (begun.removeValue(forKey: key) ?? []) + line.text
    if line.isComplete || whole.count > LogScreen.longestLine {
      append(source, whole)
    } else {
      begun[key] = whole
    }
  }

  /// The same, and writes when there is enough for it.
  func show(_ source: String, _ line: LogLines.Line) throws(SyscallError) {
    take(source, line)
    if text.count >= LogScreen.piece { try flush() }
  }

  /// What there is to show by now.
  func takeText() -> [UInt8] {
    defer { text.removeAll(keepingCapacity: true) }
    return text
  }

  func flush() throws(SyscallError) { try Output.write(takeText(), to: STDOUT_FILENO) }

  /// Nothing more comes: lines that have no end are shown as well.
  func finish() {
    for (key, rest) in begun.sorted(by: { $0.key.source < $1.key.source }) {
      append(key.source, rest)
    }
    begun = [:]
  }

  private func append(_ source: String, _ line: [UInt8]) {
    text += (prefixes[source] ?? []) + line
    text.append(newline)
  }
}
