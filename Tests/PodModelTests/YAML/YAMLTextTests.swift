import PodModel
import Testing

@Suite struct YAMLTextTests {
  static func problems(_ text: String) -> [String] {
    YAMLText(text, file: "f.yaml").problems.map(\.description)
  }

  @Test func `documents come one by one, empty ones as null`() {
    let yaml = YAMLText("a: 1\n---\nb: 2\n---\n---\n- c\n...\n")
    #expect(yaml.problems.isEmpty)
    #expect(
      yaml.documents == [
        .mapping([.init("a", .integer(1))]), .mapping([.init("b", .integer(2))]), .null,
        .sequence([.string("c")]),
      ])
  }

  @Test func `an empty text has no document`() {
    #expect(YAMLText("").documents.isEmpty)
    #expect(YAMLText("# nothing\n").documents.isEmpty)
  }

  @Test func `block and flow style say the same`() {
    let block = YAMLText("a:\n- b: x\n  c:\n    d: [1, 2]\n").documents
    let flow = YAMLText("{a: [{b: x, c: {d: [1, 2]}}]}").documents
    #expect(block == flow)
    #expect(block.count == 1)
  }

  @Test func `every node and key knows its line and column`() throws {
    let root = try #require(YAMLText("ä: 1\nlist:\n- één: {x: \"y\"}\n").documents.first)
    let item = try #require(root.sequence("list")?.first)
    #expect(item.mark == Mark(line: 3, column: 3))
    #expect(item["één"]?.mark == Mark(line: 3, column: 8))
    #expect(item["één"]?["x"]?.mark == Mark(line: 3, column: 12))
    guard case .mapping(let inner)? = item["één"]?.content else {
      Issue.record("no map")
      return
    }
    #expect(inner.entries.first?.keyMark == Mark(line: 3, column: 9))
  }

  @Test func `text blocks keep and fold their lines`() throws {
    let root = try #require(
      YAMLText("a: |\n  one\n  two\nb: >-\n  one\n  two\n").documents.first)
    #expect(root["a"] == .string("one\ntwo\n"))
    #expect(root["b"] == .string("one two"))
  }

  @Test func `an alias stands for what its anchor named`() throws {
    let root = try #require(YAMLText("a: &x {k: 1}\nb: *x\nc: [*x, *x]\n").documents.first)
    #expect(root["b"] == root["a"])
    #expect(root.sequence("c")?.count == 2)
  }

  @Test func `a later anchor of the same name wins`() throws {
    let root = try #require(YAMLText("[&x 1, *x, &x 2, *x]").documents.first)
    #expect(root == .sequence([.integer(1), .integer(1), .integer(2), .integer(2)]))
  }

  @Test func `merged keys give way to written ones, later maps to earlier ones`() throws {
    let text = """
      a: &a {x: 1, w: 1}
      b: &b {w: 2, z: 2}
      c:
        z: 3
        <<: [*a, *b]
        v: 3
      d: {<<: *a, "<<": kept}
      """
    let root = try #require(YAMLText(text).documents.first)
    #expect(root["c"]?["x"] == .integer(1))
    #expect(root["c"]?["w"] == .integer(1))
    #expect(root["c"]?["z"] == .integer(3))
    #expect(root["c"]?["v"] == .integer(3))
    #expect(root["d"]?["<<"] == .string("kept"))
    #expect(root["d"]?["w"] == .integer(1))
  }

  @Test func `keys that are no strings become strings as kubectl has it`() throws {
    let root = try #require(YAMLText("1: a\ny: b\n0x10: c\n1.5: d\n\"2\": f").documents.first)
    #expect(root["1"] == .string("a"))
    #expect(root["true"] == .string("b"))
    #expect(root["16"] == .string("c"))
    #expect(root["1.5"] == .string("d"))
    #expect(root["2"] == .string("f"))
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3", ["f.yaml:3:1: key `a` already set in line 1, column 1"]),
    ("{a: 1, a: 2}", ["f.yaml:1:8: key `a` already set in line 1, column 2"]),
    ("true: 1\non: 2", ["f.yaml:2:1: key `true` already set in line 1, column 1"]),
    (
      "a: {b: 1, b: 1}\nc: {d: 1, d: 1}",
      [
        "f.yaml:1:11: key `b` already set in line 1, column 5",
        "f.yaml:2:11: key `d` already set in line 2, column 5",
      ]
    ),
  ])
  func `a key given twice is refused with both places`(text: String, expected: [String]) {
    #expect(Self.problems(text) == expected)
  }

  @Test(arguments: [
    ("a:\n\tb: 1", "f.yaml:2:1: a tab cannot indent: use spaces"),
    ("a: &x [*x]", "f.yaml:1:8: anchor `x` contains itself"),
    ("a: *y", "f.yaml:1:4: unknown anchor `y`"),
    ("a: &x 1\n---\nb: *x", "f.yaml:3:4: unknown anchor `x`"),
    (
      "a: {{ name }}",
      "f.yaml:1:5: a key must be a text, not a list or a map "
        + "(`{{ }}` belongs to a template that must be rendered first)"
    ),
    ("~: 1", "f.yaml:1:1: a key must be a text, not null: write \"~\""),
    ("a: !mine [1]", "f.yaml:1:4: unknown tag `!mine`"),
    ("a: {<<: 5}", "f.yaml:1:5: `<<` wants a map or a list of maps"),
    (
      "image: nginx: 1",
      "f.yaml:1:13: mapping values are not allowed in this context "
        + "(quote a text that holds `: `, or check the indentation)"
    ),
    (
      "a: @b",
      "f.yaml:1:4: while scanning for the next token: found character that cannot start any token "
        + "(quote a text that starts with this character)"
    ),
    (
      "a: [1,\nb: 2",
      "f.yaml:3:1: while parsing a flow sequence begun in line 1: did not find expected ',' or ']'"
    ),
  ])
  func `a text that cannot be read says where and why`(text: String, expected: String) {
    #expect(Self.problems(text) == [expected])
  }

  @Test func `what was read before a problem is kept`() {
    let yaml = YAMLText("a: 1\n---\nb: *x")
    #expect(yaml.documents == [.mapping([.init("a", .integer(1))])])
    #expect(yaml.problems.count == 1)
  }

  @Test func `bytes that are no UTF-8 are refused where they stand`() {
    let bytes = Array("a: 1\nbä: ".utf8) + [0xff, 0x0a]
    let problems = YAMLText(bytes, file: "f.yaml").problems.map(\.description)
    #expect(problems == ["f.yaml:2:5: not UTF-8 text: save the file as UTF-8"])
  }

  @Test func `byte order marks of UTF-8 and UTF-16 are understood`() {
    let expected = [Node.mapping([.init("a", .string("ä"))])]
    let text = "a: ä\n"
    let little = text.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
    #expect(YAMLText([0xef, 0xbb, 0xbf] + Array(text.utf8)).documents == expected)
    #expect(YAMLText([0xff, 0xfe] + little).documents == expected)
    #expect(YAMLText([0xfe, 0xff] + big).documents == expected)
  }
}

extension Node {
  func sequence(_ key: String) -> [Node]? {
    guard case .sequence(let items)? = self[key]?.content else { return nil }
    return items
  }
}
