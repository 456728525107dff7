import Testing

/// How large a thing may be, so that it can be read at one sitting.
@Suite("Sizes")
struct SizeTests {
  private static let code = ["Sources/", "Tests/", "Package.swift", "Makefile", ".ci/"]
    .flatMap { Checkout.here.files(below: $0) }

  @Test("No file has more than 300 lines")
  func files() {
    let found = Self.code.map { (place: $0.path, number: $0.lines.count - 1) }
    Exceptions().judge(
      .fileLines, found, limit: 300, advice: "too many lines: move one topic to a file of its own")
  }

  @Test("No function has more than 50 lines")
  func functions() {
    var found: [(place: String, number: Int)] = []
    for file in Self.code {
      switch file.ending {
      case "swift":
        found += Code.of(file).functions.map { ("\(file.path):\($0.name)", $0.length) }
      case "c":
        found += Code.of(file).functionsOfC.map { ("\(file.path):\($0.name)", $0.length) }
      default:
        break
      }
    }
    Exceptions().judge(
      .functionLines, found, limit: 50,
      advice: "too many lines: give a part of it a name of its own")
  }

  @Test("No line has more than 100 columns")
  func lines() {
    for file in Self.code where file.ending != "txt" {
      // What a program prints is as long as it is: lines that lie in a string.
      let said = file.ending == "swift" ? Set(Code.of(file).tokens.map(\.line)) : []
      for (index, line) in file.lines.enumerated() where line.count > 100 {
        // Nor can a row of a table be broken.
        if file.ending == "md", line.hasPrefix("|") { continue }
        let isComment = line.drop { $0 == " " }.hasPrefix("//")
        if file.ending == "swift", !isComment, !said.contains(index + 1) { continue }
        Issue.record(
          "\(file.path):\(index + 1) has \(line.count) columns: break it, 100 are allowed")
      }
    }
  }
}
