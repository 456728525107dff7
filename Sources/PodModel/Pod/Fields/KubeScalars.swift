/// The values of the API that JSON has a word for: each is taken as what it is, never guessed.
extension String: KubeValue {
  public static func decode(
    _ node: Node, at path: FieldPath, into review: inout Review
  ) -> String? {
    guard case .scalar(let scalar) = node.content, scalar.kind == .string else {
      review.refuseType(node, wants: "a string", at: path)
      return nil
    }
    return scalar.text
  }

  public var node: Node { .string(self) }
  public var isAbsent: Bool { isEmpty }
  public static var typeName: String { "string" }
  public static var isRequired: Bool { true }
}

extension Int: KubeValue {
  public static func decode(_ node: Node, at path: FieldPath, into review: inout Review) -> Int? {
    guard case .scalar(let scalar) = node.content, case .integer(let value) = scalar.kind else {
      review.refuseType(node, wants: "an integer", at: path)
      return nil
    }
    return Int(value)
  }

  public var node: Node { .integer(Int64(self)) }
  public static var typeName: String { "integer" }
  public static var isRequired: Bool { true }
}

extension Bool: KubeValue {
  public static func decode(_ node: Node, at path: FieldPath, into review: inout Review) -> Bool? {
    guard case .scalar(let scalar) = node.content, case .bool(let value) = scalar.kind else {
      review.refuseType(node, wants: "a boolean", at: path)
      return nil
    }
    return value
  }

  public var node: Node { .bool(self) }
  public static var typeName: String { "boolean" }
  public static var isRequired: Bool { true }
}

/// A subtree that is kept as written, for parts of the API that only a cluster reads.
extension Node: KubeValue {
  public static func decode(_ node: Node, at path: FieldPath, into review: inout Review) -> Node? {
    node
  }

  public var node: Node { self }
  public var isAbsent: Bool { isNull }
  public static var typeName: String { "Object" }
}

/// A word out of a closed list; any other word is refused together with the list.
///
/// The cases stand in the order in which the API server prints them.
public protocol KubeEnum: KubeValue, RawRepresentable<String>, CaseIterable, Codable {}

extension KubeEnum {
  public static func decode(_ node: Node, at path: FieldPath, into review: inout Review) -> Self? {
    guard let word = String.decode(node, at: path, into: &review) else { return nil }
    if let value = Self(rawValue: word) { return value }
    review.refuseUnsupported(word, among: words, at: path, mark: node.mark)
    return nil
  }

  public var node: Node { .string(rawValue) }
  public static var typeName: String { "string" }
  public static var words: [String] { allCases.map(\.rawValue) }
}
