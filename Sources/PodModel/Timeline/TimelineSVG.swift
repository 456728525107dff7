/// A time line as a picture: one SVG file that needs no other, on light and on dark ground.
public struct TimelineSVG {
  private let timeline: Timeline
  private let title: String
  private let label: Int

  private static let (width, row, bar, top, margin) = (960, 30, 18, 56, 16)

  /// - Parameter title: what it is the time line of.
  public init(_ timeline: Timeline, title: String) {
    self.timeline = timeline
    self.title = title
    label = Self.margin + 12 + 8 * (timeline.rows.map(\.name.count).max() ?? 0)
  }

  private var bottom: Int { Self.top + timeline.rows.count * Self.row }
  private var height: Int { bottom + 74 }

  public var text: String {
    let head = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(height)" \
      width="\(Self.width)" height="\(height)" role="img" aria-label="\(Self.escaped(title))">
      <style>
      \(Self.style)
      </style>
      <rect class="ground" width="\(Self.width)" height="\(height)"/>
      <text class="title" x="\(Self.margin)" y="30">\(Self.escaped(title))</text>
      <text class="legend signs" x="\(Self.width - Self.margin)" y="30">\(signs)</text>

      """
    return head + axis + timeline.rows.enumerated().map(drawing).joined() + legend + "</svg>\n"
  }

  /// Hundredths of a unit, written without what a locale would do to them.
  private func place(_ time: Duration) -> String {
    let room = Double(Self.width - Self.margin - label)
    let share: Double = timeline.length > .zero ? time / timeline.length : 0
    let hundredths = Int((Double(label) + room * share) * 100)
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  private var axis: String {
    timeline.ticks(atMost: 10).map { tick in
      let x = place(tick)
      return """
        <line class="grid" x1="\(x)" x2="\(x)" y1="\(Self.top - 8)" y2="\(bottom)"/>
        <text class="tick" x="\(x)" y="\(bottom + 18)">\(tick.short)</text>

        """
    }.joined()
  }

  private func drawing(_ index: Int, _ row: Timeline.Row) -> String {
    let y = Self.top + index * Self.row
    let name = """
      <text class="name" x="\(label - 12)" y="\(y + 14)">\(Self.escaped(row.name))</text>

      """
    return name + row.bars.map { drawing($0, y) }.joined()
      + row.points.map { drawing($0, y) }
      .joined()
  }

  private func drawing(_ bar: Timeline.Bar, _ y: Int) -> String {
    let start = place(bar.from)
    let width = max(1, (Double(place(bar.to)) ?? 0) - (Double(start) ?? 0))
    let hundredths = Int((width * 100).rounded())
    let rest = hundredths % 100
    let isThin = bar.stage == .waiting || bar.stage == .backOff
    let (height, shift) = isThin ? (4, 7) : (Self.bar, 0)
    return """
      <rect class="\(bar.stage.rawValue)" x="\(start)" y="\(y + shift)" \
      width="\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)" height="\(height)" rx="2">\
      <title>run \(bar.run) \(bar.stage.title): \(bar.from.short) to \(bar.to.short)</title></rect>

      """
  }

  private func drawing(_ point: Timeline.Point, _ y: Int) -> String {
    let sign = point.kind.sign
    let (name, words) =
      switch point.kind {
      case .ended(0): ("ended", "ended")
      case .ended(let code): ("failed", "ended with status \(code)")
      case .failed(let kind): ("failed", "\(kind.rawValue) probe failed")
      }
    let x = place(point.at)
    return """
      <g class="\(name)"><title>run \(point.run) \(words): \(point.at.short)</title>\
      <circle cx="\(x)" cy="\(y + 9)" r="7"/><text x="\(x)" y="\(y + 13)">\(sign)</text></g>

      """
  }

  private var legend: String {
    var x = Self.margin
    let stages = timeline.stages.map { stage in
      defer { x += 47 + 7 * stage.title.count }
      let isThin = stage == .waiting || stage == .backOff
      return """
        <rect class="\(stage.rawValue)" x="\(x)" y="\(bottom + (isThin ? 49 : 42))" width="20" \
        height="\(isThin ? 4 : Self.bar)" rx="2"/>
        <text class="legend" x="\(x + 27)" y="\(bottom + 56)">\(stage.title)</text>

        """
    }
    return stages.joined()
  }

  private var signs: String {
    timeline.signs.map { "\($0.sign) \($0.title)" }.joined(separator: "\u{A0}\u{A0} ")
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  private static let style = """
    svg { --ground: #ffffff; --text: #1f2328; --faint: #59636e; --grid: #d1d9e0;
      --waiting: #c5cdd5; --back-off: #d4a72c; --creating: #9ec5fe; --hook: #a475f9;
      --starting: #54aeff; --running: #2da44e; --stopping: #bc4c00; --failed: #cf222e; }
    @media (prefers-color-scheme: dark) {
      svg { --ground: #0d1117; --text: #e6edf3; --faint: #9198a1; --grid: #30363d;
        --waiting: #3d444d; --back-off: #bb8009; --creating: #1f4a86; --hook: #8957e5;
        --starting: #1f6feb; --running: #238636; --stopping: #bd561d; --failed: #ff7b72; } }
    text { font: 13px system-ui, sans-serif; fill: var(--text); }
    .ground { fill: var(--ground); }
    .title { font-size: 16px; font-weight: 600; }
    .name { text-anchor: end; }
    .tick, .legend { fill: var(--faint); font-size: 12px; }
    .tick { text-anchor: middle; }
    .grid { stroke: var(--grid); }
    .waiting { fill: var(--waiting); }
    .backOff { fill: var(--back-off); }
    .creating { fill: var(--creating); }
    .postStart, .preStop { fill: var(--hook); }
    .starting { fill: var(--starting); }
    .running { fill: var(--running); }
    .stopping { fill: var(--stopping); }
    .signs { text-anchor: end; }
    circle { fill: var(--ground); stroke: var(--running); stroke-width: 1.5; }
    g text { font-size: 11px; font-weight: 700; text-anchor: middle; }
    .failed circle { stroke: var(--failed); }
    .failed text { fill: var(--failed); }
    """
}
