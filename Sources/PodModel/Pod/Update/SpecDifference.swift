/// One place where two trees say different things: `spec.hostname: was "a", is "b"`.
///
/// Stands in for the API server's diff of Go structs, which names no field as a manifest does.
struct SpecDifference: CustomStringConvertible {
  var path: FieldPath
  var old: Node?
  var new: Node?

  var description: String {
    "\(path): was \(Self.shown(old)), is \(Self.shown(new))"
  }

  /// Every place that differs, as deep as the trees go together.
  static func all(from old: Node?, to new: Node?, at path: FieldPath) -> [SpecDifference] {
    if old == new { return [] }
    switch (old?.content, new?.content) {
    case (.mapping(let before), .mapping(let after)):
      let names = Set((before.entries + after.entries).map(\.key))
      return names.sorted().flatMap { all(from: before[$0], to: after[$0], at: path.field($0)) }
    case (.sequence(let before), .sequence(let after)):
      return (0..<max(before.count, after.count)).flatMap { index in
        all(
          from: index < before.count ? before[index] : nil,
          to: index < after.count ? after[index] : nil, at: path.index(index))
      }
    default:
      return [SpecDifference(path: path, old: old, new: new)]
    }
  }

  static func exists(from old: Node, to new: Node) -> Bool {
    !all(from: old, to: new, at: FieldPath()).isEmpty
  }

  /// On one line, and cut where it is long.
  private static func shown(_ node: Node?) -> String {
    guard let node else { return "not set" }
    let lines = node.jsonText().split(separator: "\n")
    let text = lines.map { $0.drop { $0 == " " } }.joined(separator: lines.count > 1 ? " " : "")
    return text.count <= 80 ? text : text.prefix(79) + "…"
  }
}
