/// A time line in characters, for a terminal.
public struct TimelineText {
  private let timeline: Timeline
  private let label: Int
  private let cells: Int

  /// - Parameter width: of the terminal.
  public init(_ timeline: Timeline, width: Int) {
    self.timeline = timeline
    label = (timeline.rows.map(\.name.count).max() ?? 0) + 2
    cells = max(20, width - label - 1)
  }

  public var text: String {
    let rows = timeline.rows.map { padded($0.name) + bars($0) }
    return (rows + axis + [""] + legend).map { $0.withoutTrailingBlanks + "\n" }.joined()
  }

  private func padded(_ text: String) -> String {
    text + String(repeating: " ", count: max(0, label - text.count))
  }

  private func cell(of time: Duration) -> Int {
    guard timeline.length > .zero else { return 0 }
    let place: Double = time / timeline.length
    return min(cells - 1, Int(place * Double(cells)))
  }

  /// What lasts is drawn by what takes most of each cell; what happens is drawn over it.
  private func bars(_ row: Timeline.Row) -> String {
    var line = [Character](repeating: " ", count: cells)
    let width = timeline.length / cells
    for index in line.indices {
      let (from, to) = (width * index, width * (index + 1))
      let longest = row.bars.max { overlap($0, from, to) < overlap($1, from, to) }
      if let longest, overlap(longest, from, to) > .zero {
        line[index] = Self.sign(longest.stage)
      }
    }
    // What was shorter than half a cell is seen all the same.
    for bar in row.bars where bar.to - bar.from < width {
      let index = cell(of: bar.from)
      if line[index] == " " || bar.stage == .running { line[index] = Self.sign(bar.stage) }
    }
    for point in row.points { line[cell(of: point.at)] = point.kind.sign }
    return String(line)
  }

  private func overlap(_ bar: Timeline.Bar, _ from: Duration, _ to: Duration) -> Duration {
    max(.zero, min(bar.to, to) - max(bar.from, from))
  }

  private var axis: [String] {
    var line = [Character](repeating: "─", count: cells)
    var words = [Character](repeating: " ", count: cells)
    for tick in timeline.ticks(atMost: max(1, cells / 10)) {
      let place = cell(of: tick)
      line[place] = "┴"
      let word = Array(tick.short)
      guard place + word.count <= cells else { continue }
      words.replaceSubrange(place..<place + word.count, with: word)
    }
    return [padded("") + String(line), padded("") + String(words)]
  }

  private var legend: [String] {
    let signs =
      timeline.stages.map { "\(Self.sign($0)) \($0.title)" }
      + timeline.signs.map { "\($0.sign) \($0.title)" }
    var lines: [String] = []
    for sign in signs {
      if let last = lines.last, last.count + 2 + sign.count < label + cells {
        lines[lines.count - 1] = last + "  " + sign
      } else {
        lines.append(sign)
      }
    }
    return lines
  }

  private static func sign(_ stage: TimelineMark.Stage) -> Character {
    switch stage {
    case .waiting: "·"
    case .backOff: "┄"
    case .creating: "░"
    case .postStart: "▒"
    case .starting: "▓"
    case .running: "█"
    case .preStop: "▚"
    case .stopping: "▄"
    }
  }
}

extension String {
  fileprivate var withoutTrailingBlanks: String {
    String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
  }
}
