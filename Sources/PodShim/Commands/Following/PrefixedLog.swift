import Glibc

/// The lines of several containers, each with the name of its container in front.
///
/// A line is shown when it is whole, so that two containers never share one.
final class PrefixedLog {
  private let prefixes: [String: [UInt8]]
  private var text: [UInt8] = []
  /// Lines that have begun, by container and stream.
  private var begun: [Source: [UInt8]] = [:]

  private struct Source: Hashable {
    var container: String
    var stream: LogFile.Stream
  }

  /// Colours that can be read on a light and on a dark ground.
  private static let colours = [36, 33, 35, 32, 34, 31]
  /// A longer line is shown in pieces.
  private static let longestLine = 1 << 20

  init(_ containers: [String], hasColours: Bool) {
    var prefixes: [String: [UInt8]] = [:]
    for (index, name) in containers.enumerated() {
      let colour = PrefixedLog.colours[index % PrefixedLog.colours.count]
      let word = hasColours ? "\u{1B}[\(colour)m[\(name)]\u{1B}[0m " : "[\(name)] "
      prefixes[name] = Array(word.utf8)
    }
    self.prefixes = prefixes
  }

  /// Whether standard output is a terminal that shows colours.
  static var isColourful: Bool {
    func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
    return Terminal.isTerminal(STDOUT_FILENO) && value("NO_COLOR").isEmpty
      && !["", "dumb"].contains(value("TERM"))
  }

  func take(_ container: String, _ line: LogLines.Line) {
    let source = Source(container: container, stream: line.stream)
    let whole = (begun.removeValue(forKey: source) ?? []) + line.text
    if line.isComplete || whole.count > PrefixedLog.longestLine {
      append(container, whole)
    } else {
      begun[source] = whole
    }
  }

  /// What there is to show by now.
  func takeText() -> [UInt8] {
    defer { text.removeAll(keepingCapacity: true) }
    return text
  }

  /// Nothing more comes: lines that have no end are shown as well.
  func finish() {
    for (source, rest) in begun.sorted(by: { $0.key.container < $1.key.container }) {
      append(source.container, rest)
    }
    begun = [:]
  }

  private func append(_ container: String, _ line: [UInt8]) {
    text += (prefixes[container] ?? []) + line
    text.append(newline)
  }
}
