import PodModel

/// Objects as `-o yaml`, `-o json` and `-o name` write them.
enum ObjectText {
  /// One object as itself; several, or none, as a `List`.
  static func text(_ objects: [Node], format: String, isList: Bool) -> String {
    let object = !isList && objects.count == 1 ? objects[0] : list(objects)
    return format == "yaml" ? object.yamlText() : object.jsonText()
  }

  private static func list(_ objects: [Node]) -> Node {
    .mapping([
      .init("apiVersion", .string("v1")), .init("kind", .string("List")),
      .init("items", .sequence(objects)),
      .init("metadata", .mapping([.init("resourceVersion", .string(""))])),
    ])
  }

  static func names(_ names: [String], of kind: ResourceKind) -> String {
    names.map { "\(kind.singular)/\($0)\n" }.joined()
  }
}
