/// Anything that a field of a Kubernetes object can hold.
///
/// A value decodes itself from the node tree, says what was wrong where it was written, and turns
/// itself back into a node. Optional, Array and Dictionary hold other values.
public protocol KubeValue: Sendable, Equatable {
  /// The value that `node` says; nil after the problem was recorded in `review`.
  static func decode(_ node: Node, at path: FieldPath, into review: inout Review) -> Self?
  var node: Node { get }
  /// True for what is not written: nil, an empty list, an empty map, an empty string.
  var isAbsent: Bool { get }
  /// The type's name as `explain` prints it: `string`, `[]Container`, `map[string]string`.
  static var typeName: String { get }
  /// The object type that this value is, or holds; nil for scalars and raw subtrees.
  static var objectType: (any KubeObject.Type)? { get }
  /// The words that the value can be, when only some can; empty otherwise.
  static var words: [String] { get }
  /// Whether a field of this type must be written: it is a plain value and no optional.
  static var isRequired: Bool { get }
}

extension KubeValue {
  public var isAbsent: Bool { false }
  public static var objectType: (any KubeObject.Type)? { nil }
  public static var words: [String] { [] }
  public static var isRequired: Bool { false }
}

extension Optional: KubeValue where Wrapped: KubeValue {
  public static func decode(
    _ node: Node, at path: FieldPath, into review: inout Review
  ) -> Wrapped?? {
    if node.isNull { return .some(nil) }
    return Wrapped.decode(node, at: path, into: &review).map { .some($0) }
  }

  public var node: Node { self?.node ?? .null }
  public var isAbsent: Bool { self == nil }
  public static var typeName: String { Wrapped.typeName }
  public static var objectType: (any KubeObject.Type)? { Wrapped.objectType }
  public static var words: [String] { Wrapped.words }
}

extension Array: KubeValue where Element: KubeValue {
  public static func decode(
    _ node: Node, at path: FieldPath, into review: inout Review
  ) -> [Element]? {
    guard case .sequence(let items) = node.content else {
      review.refuseType(node, wants: "a list", at: path)
      return nil
    }
    return items.enumerated().compactMap { index, item in
      Element.decode(item, at: path.index(index), into: &review)
    }
  }

  public var node: Node { .sequence(map(\.node)) }
  public var isAbsent: Bool { isEmpty }
  public static var typeName: String { "[]\(Element.typeName)" }
  public static var objectType: (any KubeObject.Type)? { Element.objectType }
  public static var words: [String] { Element.words }
}

extension Dictionary: KubeValue where Key == String, Value: KubeValue {
  public static func decode(
    _ node: Node, at path: FieldPath, into review: inout Review
  ) -> [String: Value]? {
    guard case .mapping(let mapping) = node.content else {
      review.refuseType(node, wants: "a map", at: path)
      return nil
    }
    var values: [String: Value] = [:]
    for entry in mapping.entries {
      values[entry.key] = Value.decode(entry.value, at: path.key(entry.key), into: &review)
    }
    return values
  }

  public var node: Node {
    .mapping(keys.sorted().compactMap { key in self[key].map { Node.Entry(key, $0.node) } })
  }
  public var isAbsent: Bool { isEmpty }
  public static var typeName: String { "map[string]\(Value.typeName)" }
}

extension Node {
  /// True for `~`, `null` and for a value that was left out.
  public var isNull: Bool {
    guard case .scalar(let scalar) = content else { return false }
    return scalar.kind == .null
  }
}
