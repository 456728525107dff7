// Trees as Go prints them: cells of custom columns, and types in messages.

extension Node {
  /// As `%v` prints it: `map[a:1 b:[x y]]`, `<nil>`.
  var goText: String {
    switch content {
    case .scalar(let scalar): scalar.kind == .null ? "<nil>" : scalar.canonicalText
    case .sequence(let items): "[" + items.map(\.goText).joined(separator: " ") + "]"
    case .mapping(let mapping):
      "map["
        + mapping.entries(sorted: true).map { "\($0.key):\($0.value.goText)" }
        .joined(separator: " ") + "]"
    }
  }
}

extension Scalar {
  /// What Go calls the type.
  var goType: String {
    switch kind {
    case .null: "<nil>"
    case .bool: "bool"
    case .integer: "int64"
    case .float: "float64"
    case .string: "string"
    }
  }
}
