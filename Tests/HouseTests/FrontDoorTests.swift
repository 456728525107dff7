import Testing

/// What a newcomer reads and types first.
@Suite("The front door")
struct FrontDoorTests {
  @Test("The package depends on no other package")
  func dependsOnNothing() {
    let text = Checkout.here["Package.swift"].text
    if !text.contains("dependencies: [],") || text.contains(".package(") {
      Issue.record("Package.swift: the package stands alone, write `dependencies: [],`")
    }
  }

  @Test("Every target of the Makefile says what it does")
  func targetsSayWhatTheyDo() {
    for (name, line, isStep, comment) in Self.targets where comment.isEmpty && !isStep {
      Issue.record(
        """
        Makefile:\(line): `make help` does not show `\(name)`: add `## what it does`, or move it \
        below "\(Self.steps)"
        """)
    }
  }

  @Test(
    "Every command of the documents exists",
    arguments: ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
  func commandsExist(_ path: String) throws {
    let targets = Set(Self.targets.map(\.name))
    let verbs = Set(Self.verbs)
    try #require(verbs.count > 5, "the verbs cannot be read any more: mend `verbs` in \(#fileID)")
    let document = Checkout.here[path]
    try #require(!document.text.isEmpty, "\(path) is missing")
    for (command, line) in Self.commands(in: document) {
      let words = command.split(separator: " ").map(String.init)
      guard words.count > 1 else { continue }
      switch words[0].split(separator: "/").last {
      case "make" where !targets.contains(words[1]):
        Issue.record("\(path):\(line): the Makefile has no target `\(words[1])`")
      case "podshim" where !words[1].hasPrefix("-") && !verbs.contains(words[1]):
        Issue.record("\(path):\(line): there is no command `podshim \(words[1])`")
      default:
        break
      }
    }
  }

  @Test("The README names every command of podshim, and the two of make")
  func readmeIsWhole() {
    let readme = Checkout.here["README.md"]
    let said = Set(
      Self.commands(in: readme).map { command, _ in
        command.split(separator: " ").prefix(2).joined(separator: " ")
      })
    let firsts = Set(said.map { String($0.prefix { $0 != " " }) })
    for verb in Self.verbs where !said.contains("podshim \(verb)") && !firsts.contains(verb) {
      Issue.record("README.md says nothing of `podshim \(verb)`: add it to the list of commands")
    }
    for target in ["make demo", "make test"] where !said.contains(target) {
      Issue.record("README.md says nothing of `\(target)`: add it")
    }
  }

  @Test("The README lists every field that is refused until it comes, and no other")
  func readmeTellsWhatIsMissing() throws {
    let lines = Checkout.here["README.md"].lines
    let start = try #require(lines.firstIndex { $0 == "## What it does not do yet" })
    let rows = lines[start...].drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }
    let said = Set(rows.flatMap(Self.quoted)).subtracting(["emptyDir"])
    let fields = Self.laterFields
    try #require(fields.count > 10, "the tables cannot be read any more: mend `laterFields`")
    for field in fields.subtracting(said).sorted() {
      Issue.record("README.md, \(lines[start]): `\(field)` is refused, add it to the table")
    }
    for field in said.subtracting(fields).sorted() {
      Issue.record(
        "README.md, \(lines[start]): `\(field)` is not refused, take it out of the table")
    }
  }
}

// MARK: What stands where

extension FrontDoorTests {
  /// Below this line of the Makefile stand parts of targets, which nobody types.
  private static let steps = "# Steps of the targets above"

  private static let targets: [(name: String, line: Int, isStep: Bool, comment: Substring)] = {
    let lines = Checkout.here["Makefile"].lines
    let first = lines.firstIndex { $0 == steps } ?? lines.count
    return lines.enumerated().compactMap { index, line in
      let name = line.prefix { $0.isLetter || $0 == "-" }
      let rest = line.dropFirst(name.count)
      let isVariable = rest.hasPrefix(":=") || rest.hasPrefix(": export ")
      guard !name.isEmpty, rest.hasPrefix(":"), !isVariable else { return nil }
      let words = line.split(separator: "##", maxSplits: 1)
      return (String(name), index + 1, index > first, words.count == 2 ? words[1] : "")
    }
  }()

  /// The verbs that `podshim help` shows: every `name:` of the tables but those of hidden commands.
  private static let verbs: [String] = {
    let files = Checkout.here.files(below: "Sources/PodShim/Commands/Usage/CommandTable", "swift")
    let table = files.map(\.text).joined()
    return table.split(separator: "name: \"").dropFirst()
      .filter { $0.prefix { $0 != "(" }.contains("group: .hidden") == false }
      .map { String($0.prefix { $0 != "\"" }) }
  }()

  /// The names of the fields that the tables say are refused: `.later("name", …`.
  private static let laterFields: Set<String> = {
    let files = Checkout.here.files(below: "Sources/PodModel/Pod/", "swift")
    let names = files.flatMap { file in
      file.text.split(separator: ".later(").dropFirst().compactMap { rest -> String? in
        let bare = rest.drop { " \n".contains($0) }
        return bare.first == "\"" ? String(bare.dropFirst().prefix { $0 != "\"" }) : nil
      }
    }
    return Set(names)
  }()

  /// What stands between backquotes.
  private static func quoted(_ line: Substring) -> [String] {
    let parts = line.split(separator: "`", omittingEmptySubsequences: false)
    return parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }
  }

  /// What stands between backquotes, and in blocks the lines that are commands.
  private static func commands(in document: TextFile) -> [(command: String, line: Int)] {
    var found: [(String, Int)] = []
    var isBlock = false
    for (index, line) in document.lines.enumerated() {
      if line.hasPrefix("```") {
        isBlock.toggle()
      } else if isBlock {
        let bare = line.drop { " $".contains($0) }
        let text = bare.hasPrefix("sudo ") ? bare.dropFirst(5) : bare
        if text.hasPrefix("make ") || text.hasPrefix("podshim ")
          || text.hasPrefix(".build/podshim ")
        {
          found.append((String(text), index + 1))
        }
      } else {
        found += quoted(line).map { ($0, index + 1) }
      }
    }
    return found
  }
}
