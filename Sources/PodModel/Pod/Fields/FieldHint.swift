/// What to say about a field that an object does not have: where it belongs, or which name was
/// probably meant.
///
/// An exact name one level down or anywhere above wins over a similar name here.
struct FieldHint {
  /// The field of the same object that was probably meant.
  private(set) var meant: String?
  /// The hint in parentheses, empty when there is none.
  private(set) var text = ""

  init(for name: String, in enclosing: [(path: FieldPath, type: any KubeObject.Type)]) {
    if let place = Self.place(of: name, in: enclosing) {
      text = " (\(place))"
    } else if let names = enclosing.last?.type.outline.map(\.name) {
      meant = name.nearest(in: names)
      text = meant.didYouMean
    }
  }

  private static func place(
    of name: String, in enclosing: [(path: FieldPath, type: any KubeObject.Type)]
  ) -> String? {
    for (depth, level) in enclosing.reversed().enumerated() {
      let isOuter = depth > 0
      if isOuter, level.type.outline.contains(where: { $0.name == name }) {
        let path = level.path.description
        return path.isEmpty ? "belongs at the top level" : "belongs under `\(path)`"
      }
      if let found = firstChild(of: level.type, with: name) {
        let path = level.path.field(found.name).description + (found.isList ? "[]" : "")
        return "belongs under `\(path)`"
      }
    }
    return nil
  }

  private static func firstChild(
    of type: any KubeObject.Type, with name: String
  ) -> (name: String, isList: Bool)? {
    for child in type.outline {
      guard let object = child.objectType else { continue }
      if object.outline.contains(where: { $0.name == name }) { return (child.name, child.isList) }
    }
    return nil
  }
}

extension Optional<String> {
  /// ` (did you mean "image"?)`, or nothing.
  var didYouMean: String { map { " (did you mean \($0.quoted)?)" } ?? "" }
}

extension String {
  /// The word that was probably meant: equal but for case, or at most a third of it away.
  public func nearest(in words: [String]) -> String? {
    if utf8.count > 64 { return nil }
    if let same = words.first(where: { $0.lowercased() == lowercased() }) { return same }
    let limit = Swift.max(1, Swift.min(3, count / 3))
    return words.map { (word: $0, distance: distance(to: $0)) }
      .filter { $0.distance <= limit }
      .min { $0.distance < $1.distance }?.word
  }

  /// Edits that turn one word into the other; swapping two neighbours counts as one.
  func distance(to other: String) -> Int {
    let a = Array(lowercased())
    let b = Array(other.lowercased())
    var rows = [Array(0...b.count)]
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = Swift.min(rows[i][j + 1], row[j]) + 1
        best = Swift.min(best, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = Swift.min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[a.count][b.count]
  }
}
