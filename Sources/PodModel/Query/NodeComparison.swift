/// Comparisons of two values as a filter of JSONPath makes them (client-go
/// `third_party/forked/golang/template`).
enum NodeComparison {
  static func holds(
    _ left: Node, _ sign: String, _ right: Node
  ) throws(JSONPath.Problem) -> Bool {
    switch sign {
    case "==": return try isEqual(left, right)
    case "!=": return try !isEqual(left, right)
    case "<": return try isLess(left, right)
    case "<=": return try !isLess(right, left)
    case ">": return try isLess(right, left)
    case ">=": return try !isLess(left, right)
    default: throw JSONPath.Problem("unrecognized filter operator \(sign)")
    }
  }

  private static let noType = JSONPath.Problem("invalid type for comparison")
  private static let mixedTypes = JSONPath.Problem("incompatible types for comparison")

  private static func isEqual(_ left: Node, _ right: Node) throws(JSONPath.Problem) -> Bool {
    switch (try left.comparable, try right.comparable) {
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.float(let a), .float(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    default: throw mixedTypes
    }
  }

  private static func isLess(_ left: Node, _ right: Node) throws(JSONPath.Problem) -> Bool {
    switch (try left.comparable, try right.comparable) {
    case (.bool, .bool): throw noType
    case (.integer(let a), .integer(let b)): a < b
    case (.float(let a), .float(let b)): a < b
    // Byte by byte.
    case (.string(let a), .string(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    default: throw mixedTypes
    }
  }

  fileprivate enum Value {
    case bool(Bool)
    case integer(Int64)
    case float(Double)
    case string(String)
  }
}

extension Node {
  fileprivate var comparable: NodeComparison.Value {
    get throws(JSONPath.Problem) {
      if case .scalar(let scalar) = content {
        switch scalar.kind {
        case .bool(let value): return .bool(value)
        case .integer(let value): return .integer(value)
        case .float(let value): return .float(value)
        case .string: return .string(scalar.text)
        case .null: break
        }
      }
      throw JSONPath.Problem("invalid type for comparison")
    }
  }
}
