import Testing

/// A file says at its beginning what it is for.
@Suite("Comments")
struct CommentTests {
  @Test("The main type of every source file has a doc comment")
  func mainTypes() {
    for file in Checkout.here.files(below: "Sources/", "swift") {
      let lines = file.lines
      let declarations = lines.indices.filter { Self.declared(lines[$0]) != nil }
      let main = declarations.first { Self.declared(lines[$0]) == file.stem } ?? declarations.first
      guard let main else {
        if !lines.contains(where: { $0.hasPrefix("///") }) {
          Issue.record("\(file.path) says nowhere what it is: open it with a `///` comment")
        }
        continue
      }
      let before = lines[..<main].last { !$0.hasPrefix("@") && !$0.hasPrefix("#") } ?? ""
      // An extension may leave the word to the first thing in it.
      let inside = lines[main].contains("extension ") ? lines[main + 1].drop { $0 == " " } : ""
      if !before.hasPrefix("///"), !inside.hasPrefix("///") {
        let name = Self.declared(lines[main]) ?? ""
        Issue.record(
          """
          \(file.path):\(main + 1) has no doc comment: say before `\(name)` what it is, why it \
          exists, what it promises
          """)
      }
    }
  }

  @Test("Every suite and every source of C opens with words")
  func others() {
    for file in Checkout.here.files(below: "Sources/", "c", "h") {
      let opens = file.text.hasPrefix("/*") || file.text.hasPrefix("//")
      if !opens { Issue.record("\(file.path):1 opens with no comment: say what the file is for") }
    }
    for file in Checkout.here.files(below: "Tests/", "swift") {
      // Nothing but an import: it keeps a place.
      if Code.of(file).tokens.count < 3 { continue }
      let isSaid = file.lines.contains {
        $0.hasPrefix("///") || $0.drop { $0 == " " }.hasPrefix("@Suite")
      }
      if !isSaid {
        Issue.record("\(file.path) says nowhere what it is: make it a `@Suite`, or comment on it")
      }
    }
  }

  /// The name of the type that a line declares or extends at the outermost level.
  private static func declared(_ line: Substring) -> String? {
    guard let first = line.first, first.isLetter else { return nil }
    let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    let kinds: Set = ["struct", "class", "enum", "protocol", "extension", "typealias"]
    guard let kind = words.firstIndex(where: kinds.contains), kind + 1 < words.count else {
      return nil
    }
    let before: Set = ["public", "private", "fileprivate", "internal", "final", "indirect"]
    return words[..<kind].allSatisfy(before.contains) ? words[kind + 1] : nil
  }
}
