import Testing

/// Words that the sources do without.
@Suite("Words")
struct WordTests {
  private static let sources = Checkout.here.files(below: "Sources/", "swift")
  private static let everySwift = Checkout.here.files(below: "", "swift")

  @Test("The program has one thread: no async, no actor, no Dispatch, no Thread")
  func hasOneThread() {
    let words: Set = ["async", "await", "actor", "Task", "TaskGroup", "Thread", "MainActor"]
    for file in Self.sources {
      for token in Code.of(file).tokens {
        let text = token.text
        guard words.contains(text) || text.hasPrefix("Dispatch") || text.hasPrefix("pthread_")
        else { continue }
        Issue.record(
          """
          \(file.path):\(token.line) says `\(text)`: the program has one thread; what takes time \
          is a child process that the loop watches
          """)
      }
    }
  }

  @Test("Nothing is forced: no `try!`, no `as!`, no `x!`")
  func forcesNothing() {
    for file in Self.everySwift {
      let tokens = Code.of(file).tokens
      for (place, token) in tokens.enumerated() where token.text == "!" && token.isGlued {
        let before = tokens[place - 1].text
        let isOperand = before == ")" || before == "]" || before == "?" || Self.isName(before)
        let isCompared = place + 1 < tokens.count && tokens[place + 1].isGlued
        guard isOperand, !(isCompared && tokens[place + 1].text == "=") else { continue }
        Issue.record(
          """
          \(file.path):\(token.line) forces with `\(before)!`: say with `guard` what is to happen \
          otherwise (in a test: `try #require`)
          """)
      }
    }
  }

  private static func isName(_ text: String) -> Bool {
    text.first.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
  }

  @Test("No work is left as a note in the text")
  func leavesNoNotes() {
    // In two parts, so that this file keeps the rule.
    let words = Set([("FIX", "ME"), ("TO", "DO"), ("XX", "X"), ("HA", "CK")].map { $0 + $1 })
    for file in Checkout.here.files where !file.path.hasPrefix("fixtures/seeds/") {
      for (index, line) in file.lines.enumerated() {
        let names = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        guard let word = names.first(where: words.contains) else { continue }
        Issue.record(
          "\(file.path):\(index + 1) says \(word): do it now, or open an issue and link it")
      }
    }
  }

  @Test("No name ends in a word that says nothing")
  func namesSaySomething() {
    let empty = ["Manager", "Helper", "Util", "Utils", "Utility", "Handler", "Extras", "Base"]
    let advice = "the name says nothing: call it for what it is or does"
    func isEmpty(_ name: String) -> Bool {
      empty.contains { name.hasSuffix($0) || name.hasSuffix($0 + "s") }
    }
    var found: [(place: String, number: Int)] = []
    for file in Checkout.here.files {
      if isEmpty(file.stem.prefix(1).uppercased() + file.stem.dropFirst()), file.stem != "bases" {
        found.append(("\(file.path)", 1))
      }
      guard file.ending == "swift" else { continue }
      let types = Code.of(file).types.map(\.name).filter(isEmpty)
      found += types.map { ("\(file.path):\($0)", 1) }
    }
    Exceptions().judge(.name, found, limit: 0, advice: advice)
  }
}
