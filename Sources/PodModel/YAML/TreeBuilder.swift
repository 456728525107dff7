/// Builds the trees of a text from its events.
///
/// A problem that does not hide the rest, a key given twice for instance, is noted and passed;
/// any other ends the text.
struct TreeBuilder {
  private(set) var problems: [PodError] = []

  private let events: YAMLEvents
  private let file: String?
  private var anchors: [String: Branch] = [:]
  /// Anchors whose value is still being read: an alias to one would never end.
  private var open: Set<String> = []
  private var nodes = 0

  /// A tree with what it costs to walk it, aliases counted in full.
  private struct Branch {
    var node: Node
    var size = 1
    var height = 1
    /// False for a scalar that was quoted: `"<<"` merges nothing.
    var isPlain = false

    mutating func hold(_ part: Branch) {
      size += part.size
      height = max(height, part.height + 1)
    }
  }

  init(_ events: YAMLEvents, file: String?) {
    self.events = events
    self.file = file
  }

  /// The next document, or nil at the end of the text.
  mutating func document() throws(PodError) -> Node? {
    let start = try events.next()
    guard case .documentStart = start.kind else { return nil }
    anchors = [:]
    let root = try branch(try events.next(), depth: 1)
    _ = try events.next()
    return root.node
  }

  private mutating func branch(_ event: YAMLEvent, depth: Int) throws(PodError) -> Branch {
    if case .alias(let name) = event.kind { return try alias(name, event, depth: depth) }
    if depth > YAMLText.maximumDepth { throw tooDeep(event) }
    try count(1, event)
    if let anchor = event.anchor { open.insert(anchor) }
    var branch: Branch
    switch event.kind {
    case .sequenceStart: branch = try sequence(event, depth: depth)
    case .mappingStart: branch = try mapping(event, depth: depth)
    default: branch = try scalar(event)
    }
    branch.node.mark = event.mark
    if let anchor = event.anchor {
      open.remove(anchor)
      anchors[anchor] = branch
    }
    return branch
  }

  private mutating func alias(
    _ name: String, _ event: YAMLEvent, depth: Int
  ) throws(PodError) -> Branch {
    if open.contains(name) { throw error("anchor `\(name)` contains itself", event) }
    guard let branch = anchors[name] else { throw error("unknown anchor `\(name)`", event) }
    if depth + branch.height - 1 > YAMLText.maximumDepth { throw tooDeep(event) }
    try count(branch.size, event)
    return branch
  }

  private func scalar(_ event: YAMLEvent) throws(PodError) -> Branch {
    guard case .scalar(let text, let isPlain) = event.kind else {
      throw error("misplaced end", event)
    }
    guard let scalar = Scalar(text, isPlain: isPlain, tag: event.tag) else {
      throw error("\(text.quoted) cannot be a `\(event.tag ?? "")`", event)
    }
    return Branch(node: Node(.scalar(scalar)), isPlain: isPlain && event.tag == nil)
  }

  private mutating func sequence(_ event: YAMLEvent, depth: Int) throws(PodError) -> Branch {
    try checkTag(event, "tag:yaml.org,2002:seq")
    var items: [Node] = []
    var whole = Branch(node: .null)
    while true {
      let next = try events.next()
      if case .sequenceEnd = next.kind { break }
      let item = try branch(next, depth: depth + 1)
      whole.hold(item)
      items.append(item.node)
    }
    whole.node = .sequence(items)
    return whole
  }

  private mutating func mapping(_ event: YAMLEvent, depth: Int) throws(PodError) -> Branch {
    try checkTag(event, "tag:yaml.org,2002:map")
    var entries: [Node.Entry] = []
    var places: [String: Mark] = [:]
    var merged = Node.Mapping()
    var mergedKeys: Set<String> = []
    var whole = Branch(node: .null)
    while true {
      let next = try events.next()
      if case .mappingEnd = next.kind { break }
      let key = try branch(next, depth: depth + 1)
      let value = try branch(try events.next(), depth: depth + 1)
      whole.hold(key)
      whole.hold(value)
      let name = try keyText(key, next)
      if name == "<<", key.isPlain {
        try merge(value.node, into: &merged, &mergedKeys, next)
      } else if let first = places[name] {
        problems.append(
          error("key `\(name)` already set in line \(first.line), column \(first.column)", next))
      } else {
        places[name] = next.mark
        entries.append(Node.Entry(name, value.node, keyMark: next.mark))
      }
    }
    for entry in merged.entries where places[entry.key] == nil {
      places[entry.key] = entry.keyMark ?? event.mark
      entries.append(entry)
    }
    whole.node = Node(.mapping(Node.Mapping(entries)))
    return whole
  }

  /// Adds what a merge key brings; the first of several maps wins.
  private mutating func merge(
    _ value: Node, into merged: inout Node.Mapping, _ known: inout Set<String>, _ event: YAMLEvent
  ) throws(PodError) {
    var maps = [value]
    if case .sequence(let items) = value.content { maps = items }
    for map in maps {
      guard case .mapping(let mapping) = map.content else {
        throw error("`<<` wants a map or a list of maps", event)
      }
      try count(mapping.entries.count, event)
      for entry in mapping.entries where known.insert(entry.key).inserted {
        merged.entries.append(entry)
      }
    }
  }

  /// Keys are strings: a number or a boolean counts as what it says, as kubectl has it.
  private func keyText(_ key: Branch, _ event: YAMLEvent) throws(PodError) -> String {
    guard case .scalar(let scalar) = key.node.content else {
      let hint = " (`{{ }}` belongs to a template that must be rendered first)"
      throw error("a key must be a text, not a list or a map" + hint, event)
    }
    switch scalar.kind {
    case .string: return scalar.text
    case .integer(let value): return String(value)
    case .bool(let value): return String(value)
    case .float(let value): return Scalar.text(of: value)
    case .null: throw error("a key must be a text, not null: write \"\(scalar.text)\"", event)
    }
  }

  private func checkTag(_ event: YAMLEvent, _ usual: String) throws(PodError) {
    guard let tag = event.tag, tag != "!", tag != usual else { return }
    throw error("unknown tag `\(tag)`", event)
  }

  private mutating func count(_ size: Int, _ event: YAMLEvent) throws(PodError) {
    let (sum, overflow) = nodes.addingReportingOverflow(size)
    if overflow || sum > YAMLText.maximumNodes { throw tooLarge(event) }
    nodes = sum
  }

  private func tooLarge(_ event: YAMLEvent) -> PodError {
    error(
      "more than \(YAMLText.maximumNodes) values, counting each alias as often as it is used",
      event)
  }

  private func tooDeep(_ event: YAMLEvent) -> PodError {
    error("nested more than \(YAMLText.maximumDepth) levels deep", event)
  }

  private func error(_ message: String, _ event: YAMLEvent) -> PodError {
    PodError(file: file, mark: event.mark, message: message)
  }
}
