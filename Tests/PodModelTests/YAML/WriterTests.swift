import PodModel
import Testing

@Suite struct WriterTests {
  static func yaml(_ text: String) -> String {
    Node.mapping([.init("x", .string(text))]).yamlText()
  }

  @Test(arguments: [
    ("plain", "x: plain\n"), ("two words", "x: two words\n"), ("", "x: \"\"\n"),
    ("yes", "x: \"yes\"\n"), ("n", "x: \"n\"\n"), ("null", "x: \"null\"\n"), ("~", "x: \"~\"\n"),
    ("6379", "x: \"6379\"\n"), ("1e3", "x: \"1e3\"\n"), ("0x1f", "x: \"0x1f\"\n"),
    ("1.5", "x: \"1.5\"\n"), (".inf", "x: \".inf\"\n"), ("<<", "x: \"<<\"\n"),
    ("2024-01-02T03:04:05Z", "x: \"2024-01-02T03:04:05Z\"\n"), ("2024-1-2", "x: \"2024-1-2\"\n"),
    ("12:30", "x: \"12:30\"\n"), ("8080:80", "x: 8080:80\n"), ("1:2:3.5", "x: \"1:2:3.5\"\n"),
    ("=", "x: =\n"), ("10.0.0.1", "x: 10.0.0.1\n"), ("nginx:1.27", "x: nginx:1.27\n"),
    ("*", "x: '*'\n"), ("a: b", "x: 'a: b'\n"), ("# no", "x: '# no'\n"), ("it's", "x: it's\n"),
    ("- a", "x: '- a'\n"), (" lead", "x: ' lead'\n"), ("a\tb", "x: \"a\\tb\"\n"),
    ("a\nb\n", "x: |\n  a\n  b\n"), ("a\nb", "x: |-\n  a\n  b\n"), ("ä €", "x: ä €\n"),
    ("bell\u{7}", "x: \"bell\\a\"\n"),
  ])
  func `a string is quoted only where it would be read as something else`(
    text: String, expected: String
  ) {
    #expect(Self.yaml(text) == expected)
  }

  @Test func `a long line stays one line`() {
    let text = String(repeating: "word ", count: 60) + "end"
    #expect(Self.yaml(text) == "x: \(text)\n")
  }

  @Test func `lists stand below their key without indentation, keys are sorted`() {
    let node = Node.mapping([
      .init("b", .sequence([.mapping([.init("z", .integer(1)), .init("a", .bool(true))])])),
      .init("a", .sequence([])), .init("c", .mapping([])), .init("d", .null),
    ])
    #expect(node.yamlText() == "a: []\nb:\n- a: true\n  z: 1\nc: {}\nd: null\n")
    #expect(node.yamlText(sortedKeys: false) == "b:\n- z: 1\n  a: true\na: []\nc: {}\nd: null\n")
  }

  @Test func `numbers are written as what they say`() throws {
    let root = try #require(YAMLText("[0644, 0x10, 1e3, 1.50, +1, .inf, TRUE]").documents.first)
    #expect(root.yamlText() == "- 420\n- 16\n- 1000\n- 1.5\n- 1\n- .inf\n- true\n")
  }

  @Test func `json stands as kubectl prints it`() {
    let node = Node.mapping([
      .init("b", .sequence([.string("a<b && \"c\"\n\u{1}"), .integer(1), .null, .sequence([])])),
      .init("a", .mapping([])),
    ])
    #expect(
      node.jsonText() == """
        {
            "a": {},
            "b": [
                "a\\u003cb \\u0026\\u0026 \\"c\\"\\n\\u0001",
                1,
                null,
                []
            ]
        }

        """)
  }

  /// Trees out of words that are easily mistaken; the seed makes every run the same.
  struct Trees {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }

    static let words = [
      "", "a", "yes", "No", "null", "~", "1", "-1", "0x1", "1_0", "1e5", ".5", ".nan", "<<", "=",
      " a", "a ", "a: b", "a #b", "#", "- a", "-", "?", ": ", "'", "\"", "\\", "{a}", "[b]", "*c",
      "&d", "!e", "%f", "@g", "`h", "|", ">", "a\nb", "a\n", "\na", "a\n\nb\n", " \n a", "\t",
      "a\tb", "ä", "\u{1f600}", "\u{85}", "\u{2028}", "\u{feff}", "\u{7}", "---", "...", "a\r\nb",
      "2001-01-01", "1:20", "key with spaces", "a,b", "\u{a0}", "\r",
    ]

    mutating func word() -> String {
      (0...next(3)).map { _ in Self.words[next(Self.words.count)] }.joined()
    }

    mutating func tree(_ depth: Int) -> Node {
      switch next(depth > 4 ? 5 : 8) {
      case 0: return .integer(Int64(next(1000)) - 500)
      case 1: return .bool(next(2) == 0)
      case 2: return .null
      case 3, 4: return .string(word())
      case 5: return .sequence((0..<next(4)).map { _ in tree(depth + 1) })
      default:
        var entries: [String: Node] = [:]
        for _ in 0..<next(5) { entries[word()] = tree(depth + 1) }
        return .mapping(entries.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
      }
    }
  }

  @Test func `any tree is read back as it was written`() {
    var trees = Trees(state: 42)
    for _ in 0..<2000 {
      let node = Node.mapping([.init("root", trees.tree(0))])
      let yaml = YAMLText(node.yamlText())
      #expect(yaml.problems.isEmpty && yaml.documents == [node], "\(node.yamlText())")
      let json = YAMLText(node.jsonText())
      #expect(json.problems.isEmpty && json.documents == [node], "\(node.jsonText())")
    }
  }
}
