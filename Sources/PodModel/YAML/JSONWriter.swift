extension Node {
  /// The node as JSON, as `kubectl get -o json` prints it: four spaces, keys in order, and
  /// nothing that HTML could take for its own; or on one line.
  public func jsonText(sortedKeys: Bool = true, isOneLine: Bool = false) -> String {
    var writer = JSONWriter(sortedKeys: sortedKeys, isOneLine: isOneLine)
    writer.write(self, indent: "")
    return writer.text + "\n"
  }
}

/// Puts a tree into words, a level of indentation for each level of the tree.
private struct JSONWriter {
  let sortedKeys: Bool
  let isOneLine: Bool
  private(set) var text = ""

  init(sortedKeys: Bool, isOneLine: Bool) {
    self.sortedKeys = sortedKeys
    self.isOneLine = isOneLine
  }

  mutating func write(_ node: Node, indent: String) {
    switch node.content {
    case .scalar(let scalar): write(scalar)
    case .sequence(let items):
      list(items, "[", "]", indent: indent) { $0.write($1, indent: indent + "    ") }
    case .mapping(let mapping):
      list(mapping.entries(sorted: sortedKeys), "{", "}", indent: indent) {
        $0.string($1.key)
        $0.text += $0.isOneLine ? ":" : ": "
        $0.write($1.value, indent: indent + "    ")
      }
    }
  }

  private mutating func list<Item>(
    _ items: [Item], _ open: String, _ close: String, indent: String,
    _ write: (inout Self, Item) -> Void
  ) {
    text += open
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      if !isOneLine { text += "\n\(indent)    " }
      write(&self, item)
    }
    text += items.isEmpty || isOneLine ? close : "\n\(indent)\(close)"
  }

  private mutating func write(_ scalar: Scalar) {
    switch scalar.kind {
    case .string: string(scalar.text)
    case .float(let value) where !value.isFinite: string(scalar.canonicalText)
    // A whole number beyond 64 bits with a sign, such as a limit that is none, keeps its digits.
    case .float where scalar.text.utf8.allSatisfy { (0x30...0x39).contains($0) }:
      text += scalar.text
    default: text += scalar.canonicalText
    }
  }

  private mutating func string(_ value: String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{8}": text += "\\b"
      case "\u{c}": text += "\\f"
      case "<", ">", "&", "\u{2028}", "\u{2029}": text += Self.escape(scalar)
      case _ where scalar.value < 0x20: text += Self.escape(scalar)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
