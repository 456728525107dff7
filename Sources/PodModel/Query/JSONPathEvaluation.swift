/// Takes a JSONPath through an object, as client-go does for `kubectl get`: a key that is missing
/// finds nothing, an index beyond the end is an error.
struct JSONPathEvaluation {
  typealias Step = JSONPath.Step
  typealias Problem = JSONPath.Problem

  private let nodes: [Step]

  init(_ nodes: [Step]) {
    self.nodes = nodes
  }

  func results(in object: Node) throws(Problem) -> [[Node]] {
    try results(from: 0, in: [object], isRange: false).found
  }

  /// What the template finds from one of its parts on; inside a range, up to its end. `end` is the
  /// part behind it, nil when the range has none.
  private func results(
    from start: Int, in input: [Node], isRange: Bool
  ) throws(Problem) -> (found: [[Node]], end: Int?) {
    var found: [[Node]] = []
    var index = start
    while index < nodes.count {
      let step = nodes[index]
      index += 1
      if step.has("end") {
        guard isRange else { throw Problem("not in range, nothing to end") }
        return (found, index)
      }
      let part = try walk(input, step)
      guard step.has("range") else {
        found.append(part)
        continue
      }
      var end: Int?
      // With nothing to go through, the end has still to be found.
      if part.isEmpty { end = try results(from: index, in: [], isRange: true).end }
      for node in part {
        let inner = try results(from: index, in: [node], isRange: true)
        found += inner.found
        end = inner.end
      }
      index = end ?? index
    }
    return (found, nil)
  }

  private func walk(_ input: [Node], _ steps: [Step]) throws(Problem) -> [Node] {
    var found = input
    for step in steps { found = try walk(found, step) }
    return found
  }

  private func walk(_ input: [Node], _ step: Step) throws(Problem) -> [Node] {
    switch step {
    case .text(let text): return [.string(text)]
    case .list(let steps): return try walk(input, steps)
    case .field(let name): return input.compactMap { $0[name] }
    case .literal(let node): return input.map { _ in node }
    case .wildcard: return input.flatMap(\.children)
    case .descent: return input.flatMap(\.withDescendants)
    case .union(let lists):
      var found: [Node] = []
      for steps in lists { found += try walk(input, steps) }
      return found
    case .word(let word):
      if word == "range" || word == "end" { return input }
      throw Problem("unrecognized identifier \(word)")
    case .slice(let slice):
      var found: [Node] = []
      for node in input where !node.isNull {
        found += try slice.items(of: node.items(else: { "\($0) is not array or slice" }))
      }
      return found
    case .filter(let filter):
      var found: [Node] = []
      for node in input {
        let items = try node.items(else: { _ in
          "\(node.goText) is not array or slice and cannot be filtered"
        })
        for item in items where try passes(item, filter) { found.append(item) }
      }
      return found
    }
  }

  private func passes(_ item: Node, _ filter: JSONPath.Filter) throws(Problem) -> Bool {
    guard let sign = filter.operator else {
      // What goes wrong on the way is not there.
      return ((try? walk([item], filter.left)) ?? []).isEmpty == false
    }
    let (left, right) = (try walk([item], filter.left), try walk([item], filter.right))
    guard left.count <= 1, right.count <= 1 else {
      throw Problem("can only compare one element at a time")
    }
    guard let left = left.first, let right = right.first else { return false }
    return try NodeComparison.holds(left, sign, right)
  }
}

extension JSONPath.Step {
  /// Whether it is braces with this word in them.
  fileprivate func has(_ word: String) -> Bool {
    guard case .list(let steps) = self else { return false }
    return steps.contains { step in
      if case .word(word) = step { return true }
      return false
    }
  }
}

extension JSONPath.Slice {
  fileprivate func items(of list: [Node]) throws(JSONPath.Problem) -> [Node] {
    let count = list.count
    let first = start ?? 0
    let from = first < 0 ? first + count : first
    // The end of an index is the next one, of the last one the length.
    let end = isIndex && start != nil ? first + 1 : end
    var to = end ?? count
    if to < 0 || to == 0 && isIndex { to += count }
    if from == to { return [] }
    guard from >= 0, from < count else { throw Self.outOfBounds(from, count) }
    guard to >= 0, to <= count else { throw Self.outOfBounds(to - 1, count) }
    guard from < to else {
      throw JSONPath.Problem("starting index \(from) is greater than ending index \(to)")
    }
    if let step, step <= 0 { throw JSONPath.Problem("step must be > 0") }
    return stride(from: from, to: to, by: step ?? 1).map { list[$0] }
  }

  private static func outOfBounds(_ index: Int, _ count: Int) -> JSONPath.Problem {
    JSONPath.Problem("array index out of bounds: index \(index), length \(count)")
  }
}

extension Node {
  /// What lies directly in it, the keys of a map sorted. Of a text, as in Go, its bytes.
  fileprivate var children: [Node] {
    switch content {
    case .mapping(let mapping): mapping.entries(sorted: true).map(\.value)
    case .sequence(let items): items
    case .scalar(let scalar):
      scalar.kind == .string ? scalar.text.utf8.map { .integer(Int64($0)) } : []
    }
  }

  /// Itself and all that lies in it and has something in it.
  fileprivate var withDescendants: [Node] {
    let children = children
    return children.isEmpty ? [] : [self] + children.flatMap(\.withDescendants)
  }

  /// - Parameter complaint: is told what Go calls the type of anything but a list.
  fileprivate func items(else complaint: (String) -> String) throws(JSONPath.Problem) -> [Node] {
    switch content {
    case .sequence(let items): return items
    case .mapping: throw JSONPath.Problem(complaint("map[string]interface {}"))
    case .scalar(let scalar): throw JSONPath.Problem(complaint(scalar.goType))
    }
  }
}
