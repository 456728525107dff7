/// A Kubernetes object or a part of one: a struct whose fields stand in one table.
///
/// Conforming types write `init()`, their properties and `fields`; decoding, encoding and the
/// refusal of unknown fields come from the table.
public protocol KubeObject: KubeValue {
  init()
  static var fields: [Field<Self>] { get }
}

extension KubeObject {
  /// Reads every field that the mapping names. What is not a mapping is refused and read as an
  /// empty object, so that its neighbours in a list keep their places.
  public static func decode(_ node: Node, at path: FieldPath, into review: inout Review) -> Self? {
    var object = Self()
    if node.isNull { return object }
    guard case .mapping(let mapping) = node.content else {
      review.refuseType(node, wants: "a map", at: path)
      return object
    }
    review.enter(Self.self, at: path)
    defer { review.leave() }
    for entry in mapping.entries {
      guard let field = fields.first(where: { $0.name == entry.key }) else {
        review.refuseUnknown(entry, at: path)
        continue
      }
      if entry.value.isNull { continue }
      field.decode(&object, entry, path.field(entry.key), &review)
    }
    return object
  }

  /// The fields that are set, in the order of the table.
  public var node: Node {
    .mapping(Self.fields.compactMap { field in field.encode(self).map { .init(field.name, $0) } })
  }

  public static var typeName: String { "\(Self.self)" }
  public static var objectType: (any KubeObject.Type)? { Self.self }

  /// A copy with changes: `Container().with { $0.name = "shell" }`.
  public func with(_ change: (inout Self) throws -> Void) rethrows -> Self {
    var copy = self
    try change(&copy)
    return copy
  }
}
