import PodModel
import Testing

@Suite struct JSONTextTests {
  @Test func `json is read with its lines`() throws {
    let text = "{\n  \"a\": [1, -2.5, true, null],\n  \"ä\": {\"b\": \"c\"}\n}"
    let root = try #require(YAMLText(text).documents.first)
    let float = Node(.scalar(Scalar(.float(-2.5), text: "-2.5")))
    #expect(root["a"] == .sequence([.integer(1), float, .bool(true), .null]))
    #expect(root["ä"]?["b"]?.mark == Mark(line: 3, column: 14))
  }

  @Test func `escapes are understood, pairs of them, too`() {
    let text = #"{"a": "\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00"}"#
    #expect(
      YAMLText(text).documents == [
        .mapping([.init("a", .string("\"\\/\u{8}\u{c}\n\r\tä\u{1f600}"))])
      ])
  }

  @Test func `a key may be longer than yaml allows`() {
    let key = String(repeating: "k", count: 5000)
    #expect(YAMLText("{\"\(key)\": 1}").documents == [.mapping([.init(key, .integer(1))])])
  }

  @Test func `objects may follow one another`() {
    #expect(YAMLText("{\"a\": 1}\n{\"a\": 2}\n").documents.count == 2)
  }

  @Test func `words that are strings in json stay strings`() {
    #expect(
      YAMLText(#"{"a": "yes", "b": "1"}"#).documents == [
        .mapping([.init("a", .string("yes")), .init("b", .string("1"))])
      ])
  }

  @Test func `a key given twice is refused with both places`() {
    let problems = YAMLText("{\"a\": 1,\n \"a\": 2}", file: "f").problems
    #expect(problems.map(\.description) == ["f:2:2: key `a` already set in line 1, column 2"])
  }

  @Test(arguments: ["{a: yes, b: [1,]}", "{\"a\": 1,}", "{'a': 0x10}"])
  func `what only looks like json is yaml`(text: String) {
    let yaml = YAMLText(text)
    #expect(yaml.problems.isEmpty)
    #expect(yaml.documents.count == 1)
  }

  @Test(arguments: ["{\"a\": ", "{\"a\" 1}", "{", "{\"a\": \"b}"])
  func `text that is neither is refused`(text: String) {
    #expect(YAMLText(text).problems.count == 1)
  }
}
