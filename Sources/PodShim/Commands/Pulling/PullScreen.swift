import Glibc

/// Where pulls are shown: on a terminal a bar for each layer, drawn again and again in the same
/// place; elsewhere a line for each thing that is finished.
final class PullScreen {
  private let terminal: Terminal.Size?
  private var drawn: [String] = []
  private var drawnAt: Duration?
  private var said: Set<String> = []

  private static let interval = Duration.milliseconds(100)

  /// - Parameter terminal: its size; nil for a pipe or a file.
  init(terminal: Terminal.Size?) {
    self.terminal = terminal
  }

  static func standardOutput() -> PullScreen {
    guard Terminal.isTerminal(STDOUT_FILENO) else { return PullScreen(terminal: nil) }
    let size = try? Terminal.size(STDOUT_FILENO)
    // A terminal that nobody has measured says that it has none.
    let isKnown = size.map { $0.columns > 0 && $0.rows > 0 } ?? false
    return PullScreen(terminal: isKnown ? size : Terminal.Size(rows: 24, columns: 80))
  }

  func show(_ pulls: [PullProgress], at now: Duration) throws {
    guard let terminal else { return try say(pulls) }
    let isOver = pulls.allSatisfy(\.isOver)
    if let drawnAt, now - drawnAt < Self.interval, !isOver { return }
    drawnAt = now
    let lines = PullText.bars(
      pulls, columns: Int(terminal.columns), rows: max(Int(terminal.rows) - 1, 1))
    if lines == drawn { return }
    let up = drawn.isEmpty ? "" : "\u{1b}[\(drawn.count)A"
    // Each line anew, and nothing of what was longer before.
    try Output.show(up + lines.map { "\r\($0)\u{1b}[K\n" }.joined() + "\u{1b}[J")
    drawn = lines
  }

  private func say(_ pulls: [PullProgress]) throws {
    for pull in pulls {
      for line in PullText.lines(pull) where said.insert(line).inserted {
        try Output.print(line)
      }
    }
  }
}
