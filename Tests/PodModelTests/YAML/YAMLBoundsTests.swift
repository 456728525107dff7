import PodModel
import Testing

/// A small file must not become a large one, nor exhaust the stack.
@Suite struct YAMLBoundsTests {
  /// Each line holds nine aliases to the line before.
  static func laughs(_ lines: Int, _ open: String, _ close: String, key: String) -> String {
    var text = "a0: &a0 \(open)\(key)1\(close)\n"
    for line in 1...lines {
      let items = (0..<9).map { "\(key.isEmpty ? "" : "k\($0): ")*a\(line - 1)" }
      text += "a\(line): &a\(line) \(open)\(items.joined(separator: ", "))\(close)\n"
    }
    return text
  }

  @Test(arguments: [("[", "]", ""), ("{", "}", "k: ")])
  func `a billion laughs get an error`(open: String, close: String, key: String) {
    let yaml = YAMLText(Self.laughs(40, open, close, key: key), file: "f")
    #expect(yaml.documents.isEmpty)
    #expect(
      yaml.problems.first?.message
        == "more than 1000000 values, counting each alias as often as it is used")
  }

  @Test func `merge keys cannot grow without bound either`() {
    var text = "a0: &a0 {" + (0..<100).map { "k\($0): 1" }.joined(separator: ", ") + "}\n"
    for line in 1...20 {
      let maps = Array(repeating: "*a\(line - 1)", count: 9).joined(separator: ", ")
      text += "a\(line): &a\(line) {<<: [\(maps)]}\n"
    }
    #expect(YAMLText(text).problems.count == 1)
  }

  @Test func `a hundred levels are read, one more is refused`() {
    let good = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(YAMLText("- " + good.dropFirst().dropLast()).problems.isEmpty)
    let yaml = YAMLText(String(repeating: "[", count: 500_000), file: "f")
    #expect(yaml.problems.map(\.description) == ["f:1:101: nested more than 100 levels deep"])
  }

  @Test func `aliases cannot hide depth`() {
    var text = "a0: &a0 [1]\n"
    for line in 1...120 { text += "a\(line): &a\(line) [*a\(line - 1)]\n" }
    let problem = YAMLText(text).problems.first
    #expect(problem?.message == "nested more than 100 levels deep")
  }

  @Test func `a large honest file is read`() {
    let text = (0..<20_000).map { "key\($0): [a, b, {c: d}]" }.joined(separator: "\n")
    let yaml = YAMLText(text)
    #expect(yaml.problems.isEmpty)
    #expect(yaml.documents.first?["key19999"] != nil)
  }
}
