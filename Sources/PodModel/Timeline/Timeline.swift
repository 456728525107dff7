/// The life of a pod as bars on one time axis: pause, the init containers and the containers, each
/// with all of its runs.
///
/// Made of marks and of nothing else; two drawings of it are `TimelineText` and `TimelineSVG`.
public struct Timeline: Equatable, Sendable {
  /// Something that lasted.
  public struct Bar: Equatable, Sendable {
    public var stage: TimelineMark.Stage
    public var run: Int
    public var from: Duration
    public var to: Duration
  }

  /// Something that happened.
  public struct Point: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
      case ended(Int32)
      case failed(ProbeKind)
    }

    public var kind: Kind
    public var run: Int
    public var at: Duration
  }

  public struct Row: Equatable, Sendable {
    public var name: String
    public var bars: [Bar] = []
    public var points: [Point] = []
  }

  public var rows: [Row]
  /// How long it took, or has taken until now. All times count from its beginning.
  public var length: Duration

  /// - Parameters:
  ///   - names: the rows in their order; what no mark speaks of has none.
  ///   - now: until then goes on what has no end; nil when the pod has come to its end.
  public init(_ marks: [TimelineMark], names: [String], now: Duration?) {
    let marks = marks.sorted { $0.at < $1.at }
    let start = marks.first?.at ?? .zero
    let end = max(now ?? .zero, marks.last?.at ?? .zero)
    length = end - start
    rows = names.compactMap { name in
      let own = marks.filter { $0.subject == name }
      return own.isEmpty ? nil : Timeline.row(name, own, from: start, to: end)
    }
  }

  private static func row(
    _ name: String, _ marks: [TimelineMark], from start: Duration, to end: Duration
  ) -> Row {
    var row = Row(name: name == TimelineMark.pause ? "pause" : name)
    var open: Bar?
    func close(at time: Duration) {
      guard var bar = open else { return }
      bar.to = time
      if bar.to > bar.from { row.bars.append(bar) }
      open = nil
    }
    for mark in marks {
      let time = mark.at - start
      switch mark.what {
      case .stage(let stage):
        close(at: time)
        open = Bar(stage: stage, run: mark.run, from: time, to: time)
      case .ended(let code):
        close(at: time)
        row.points.append(Point(kind: .ended(code), run: mark.run, at: time))
      case .failed(let kind):
        row.points.append(Point(kind: .failed(kind), run: mark.run, at: time))
      }
    }
    close(at: end - start)
    return row
  }

  /// The stages that are drawn, in the order in which a container comes into them.
  public var stages: [TimelineMark.Stage] {
    TimelineMark.Stage.allCases.filter { stage in
      rows.contains { $0.bars.contains { $0.stage == stage } }
    }
  }

  /// The signs of what has happened, and what they mean.
  var signs: [(sign: Character, title: String)] {
    let all = rows.flatMap(\.points).map(\.kind.sign)
    return [("✓", "ended"), ("✗", "failed"), ("!", "probe failed")].filter { sign, _ in
      all.contains(sign)
    }
  }

  /// The times that an axis of so many steps at most shows.
  public func ticks(atMost count: Int) -> [Duration] {
    let steps =
      [1, 2, 5, 10, 20, 50, 100, 200, 500].map { Duration.milliseconds($0) }
      + [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map { Duration.seconds($0) }
    var step = steps.first { length <= $0 * max(1, count) } ?? .seconds(7200)
    while length > step * max(1, count) { step = step * 2 }
    var ticks: [Duration] = []
    var time = Duration.zero
    while time <= length {
      ticks.append(time)
      time += step
    }
    return ticks
  }
}

extension Timeline.Point.Kind {
  /// How every drawing shows it.
  var sign: Character {
    switch self {
    case .ended(0): "✓"
    case .ended: "✗"
    case .failed: "!"
    }
  }
}

extension TimelineMark.Stage {
  /// What a legend calls it.
  public var title: String {
    switch self {
    case .waiting: "waits"
    case .backOff: "back-off"
    case .creating: "is made"
    case .postStart: "postStart"
    case .starting: "starts"
    case .running: "runs"
    case .preStop: "preStop"
    case .stopping: "stops"
    }
  }
}

extension Duration {
  /// `0s`, `350ms`, `2.5s`, `1m30s`, `2h5m`
  public var short: String {
    let (seconds, attoseconds) = components
    let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000
    switch milliseconds {
    case ..<1: return "0s"
    case ..<1000: return "\(milliseconds)ms"
    case ..<60_000:
      let tenths = milliseconds % 1000 / 100
      return tenths == 0 ? "\(seconds)s" : "\(seconds).\(tenths)s"
    case ..<3_600_000: return "\(seconds / 60)m" + (seconds % 60 == 0 ? "" : "\(seconds % 60)s")
    default:
      let minutes = seconds / 60 % 60
      return "\(seconds / 3600)h" + (minutes == 0 ? "" : "\(minutes)m")
    }
  }
}
