import Testing

@testable import PodModel

/// Columns of one's own, and the order of `--sort-by`.
@Suite("Tables of objects")
struct ObjectTableTests {
  private static let object: Node = .mapping([
    .init("name", .string("a")), .init("n", .integer(3)), .init("nothing", .null),
    .init("list", .sequence([.string("x"), .integer(1)])),
    .init("map", .mapping([.init("z", .bool(true)), .init("b", .string("c"))])),
  ])

  @Test("A cell for each column, as Go prints values")
  func columns() throws {
    let columns = try CustomColumns(
      "NAME:.name,N:{.n},NONE:.x,LIST:.list,EACH:.list[*],MAP:map,NULL:.nothing")
    #expect(columns.header == ["NAME", "N", "NONE", "LIST", "EACH", "MAP", "NULL"])
    #expect(
      try columns.row(Self.object)
        == ["a", "3", "<none>", "[x 1]", "x,1", "map[b:c z:true]", "<nil>"])
    let filed = try CustomColumns(file: "NAME   N\n.name  .n\n")
    #expect(try filed.header + filed.row(Self.object) == ["NAME", "N", "a", "3"])
  }

  @Test(
    "What is no column",
    arguments: [
      ("", "custom-columns format specified but no custom columns given"),
      ("A", "unexpected custom-columns spec: A, expected <header>:<json-path-expr>"),
      ("A:.a[", "unterminated array"),
    ])
  func complaints(_ text: String, _ message: String) {
    #expect(throws: JSONPath.Problem(message)) { try CustomColumns(text) }
  }

  @Test(
    "In the order of numbers, amounts or words",
    arguments: [
      (["b", "a10", "a2", "a02", "", "a"], ["", "a", "a2", "a02", "a10", "b"]),
      (["1Gi", "500M", "2Ki"], ["2Ki", "500M", "1Gi"]),
      (["10", "9", "1"], ["1", "9", "10"]),
    ])
  func order(_ words: [String], _ expected: [String]) throws {
    let order = try ObjectOrder(".name")
    let sorted = try order.sorted(words) { .mapping([.init("name", .string($0))]) }
    #expect(sorted == expected)
  }

  @Test("What lacks the field comes first, and all of them lacking it is an error")
  func missing() throws {
    let nodes: [Node] = [.mapping([.init("a", .integer(2))]), .mapping([]), Self.object]
    #expect(try ObjectOrder("{.a}").sorted(nodes, by: \.self).first == .mapping([]))
    #expect(
      throws: JSONPath.Problem(
        "couldn't find any field with path \"{.b}\" in the list of objects")
    ) { try ObjectOrder(".b").sorted(nodes, by: \.self) }
    #expect(throws: JSONPath.Problem("unsortable type: map[string]interface {}")) {
      try ObjectOrder(".map").sorted(nodes, by: \.self)
    }
  }
}
