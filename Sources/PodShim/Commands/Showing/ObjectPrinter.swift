import PodModel

/// Prints objects as `-o` says, one after the other or together as a list; every verb that has `-o`
/// prints through it.
final class ObjectPrinter {
  let format: OutputFormat
  /// `-o` was not said: what is printed is the verb's own business.
  var isPlain: Bool { if case .plain = format { true } else { false } }

  private let withHeaders: Bool
  private let table = GrowingTable()
  private var count = 0

  init(_ format: OutputFormat, withHeaders: Bool = true) {
    self.format = format
    self.withHeaders = withHeaders
  }

  /// - Parameters:
  ///   - name: `pod/web`
  ///   - isTyped: the object has its fields in the order in which they are to be shown in JSON.
  func show(_ object: Node, name: String, isTyped: Bool = false) throws {
    try Output.show(text(object, name: name, isTyped: isTyped))
    count += 1
  }

  /// What a verb has done with an object: a line that says so, or the object as `-o` wants it.
  func report(
    _ object: @autoclosure () -> Node, _ name: String, did word: String, isTyped: Bool = false
  ) throws {
    if isPlain { return try Output.print("\(name) \(word)") }
    try show(object(), name: name, isTyped: isTyped)
  }

  /// All objects of a command together: one as itself when only one was asked for.
  func show(_ objects: [Node], names: [String], isList: Bool) throws {
    if format.isWhole, isList || objects.count != 1 {
      return try show(Self.list(objects), name: "list")
    }
    for (object, name) in zip(objects, names) { try show(object, name: name) }
    if case .columns(let columns) = format, objects.isEmpty, withHeaders {
      try Output.show(table.text([columns.header]))
    }
  }

  private func text(_ object: Node, name: String, isTyped: Bool) throws -> String {
    switch format {
    case .plain: ""
    case .yaml: (count > 0 ? "---\n" : "") + object.yamlText()
    case .json: object.jsonText(sortedKeys: !isTyped)
    case .name: name + "\n"
    case .template(let path): try filled(path, object, path.text)
    case .templateJSON(let path): try filled(path, object, path.jsonText)
    case .columns(let columns):
      table.text((count == 0 && withHeaders ? [columns.header] : []) + [try columns.row(object)])
    }
  }

  private func filled(
    _ path: JSONPath, _ object: Node, _ fill: (Node) throws -> String
  ) throws -> String {
    do {
      return try fill(object)
    } catch {
      throw CommandError(
        """
        error executing jsonpath \(path.source.quoted): Error executing template: \(error). \
        Printing more information for debugging the template:
        \ttemplate was:
        \t\t\(path.source)
        \tobject given to jsonpath engine was:
        \t\t\(object.jsonText(isOneLine: true))
        """)
    }
  }

  static func list(_ objects: [Node]) -> Node {
    .mapping([
      .init("apiVersion", .string("v1")), .init("kind", .string("List")),
      .init("items", .sequence(objects)),
      .init("metadata", .mapping([.init("resourceVersion", .string(""))])),
    ])
  }
}
