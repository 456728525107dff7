/// A port by number or by name: `8080` or `http`.
public enum IntOrString: Hashable, Sendable {
  case int(Int)
  case string(String)
}

extension IntOrString: KubeValue {
  public static func decode(
    _ node: Node, at path: FieldPath, into review: inout Review
  ) -> IntOrString? {
    guard case .scalar(let scalar) = node.content else {
      review.refuseType(node, wants: "an integer or a string", at: path)
      return nil
    }
    switch scalar.kind {
    case .integer(let value): return .int(Int(value))
    case .string: return .string(scalar.text)
    case .null, .bool, .float:
      review.refuseType(node, wants: "an integer or a string", at: path)
      return nil
    }
  }

  public var node: Node {
    switch self {
    case .int(let value): value.node
    case .string(let text): text.node
    }
  }

  public static var typeName: String { "IntOrString" }
  public static var isRequired: Bool { true }
}
