import FoundationEssentials
import OCISpec
import Testing

/// What engines say to a runtime, and what the runtime beneath is then told: `fixtures/calls`.
@Suite("Calls of engines")
struct RuntimeCallTests {
  private static let folder: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/") + "/fixtures/calls"
  }()

  static let callers: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".calls") }.sorted()
  }()

  @Test("Each line of each caller becomes the words of the fixture", arguments: callers)
  func calls(of caller: String) throws {
    let path = Self.folder + "/" + caller
    let expected = try String(contentsOfFile: path, encoding: .utf8)
    let text = Self.translated(expected)
    if text != expected { Issue.record("\(path) differs; this is what came:\n\(text)") }
  }

  @Test("There is a file for each engine of the contract")
  func engines() {
    let engines = [
      "buildah.calls", "buildkit.calls", "conmon-rs.calls", "conmon.calls", "containerd.calls",
      "cri-o.calls", "people.calls", "podman.calls", "singularity.calls", "slurm.calls",
    ]
    #expect(Self.callers == engines)
  }

  @Test("What the help of a newer runtime names need not be made up for")
  func learning() throws {
    let line = try RuntimeCommandLine(["run", "--keep", "--pidfd-socket", "/s", "c1"])
    var dialect = RuntimeDialect(of: "crun")
    #expect(dialect.isUnsure(of: line))
    dialect.learn("      --keep       do not delete it\n  -b, --bundle=DIR  --x", of: "run")
    let translation = try RuntimeTranslation(line, for: dialect)
    #expect(translation.arguments == ["run", "--keep", "c1"])
    #expect(translation.left.map(\.flag.name) == ["pidfd-socket"])
  }

  @Test("What every runtime knows is nothing to ask for")
  func sure() throws {
    let line = try RuntimeCommandLine(["restore", "--no-pivot", "-no-subreaper", "-b", "/b", "c1"])
    #expect(!RuntimeDialect(of: "crun").isUnsure(of: line))
  }

  @Test("A runtime that nobody knows is spoken to as runc is")
  func unknown() throws {
    let line = try RuntimeCommandLine(["--rootless=true", "--log", "file:/l", "list"])
    let translation = try RuntimeTranslation(line, for: RuntimeDialect(of: "youki"))
    #expect(translation.arguments == ["--rootless=true", "--log=/l", "list"])
  }

  @Test("Of a line with a word that nobody knows, the rest is read")
  func partly() throws {
    let words = ["--runtime", "crun", "create", "--new-flag", "-b", "/b", "c1"]
    let error = #expect(throws: RuntimeCommandLine.NotUnderstood.self) {
      try RuntimeCommandLine(words)
    }
    #expect(error?.word == "--new-flag")
    #expect(error?.read.globals.value("runtime") == "crun")
    #expect(error?.read.value("bundle") == "/b")
  }

  @Test("What was not understood goes on without the words that are ours")
  func ours() {
    #expect(
      RuntimeCommandLine.withoutOurs(["--runtime", "runc", "--bogus", "list", "--runtime=x"])
        == ["--bogus", "list", "--runtime=x"])
  }

  /// The lines of the callers alone are read; what stands below each is made anew.
  private static func translated(_ text: String) -> String {
    text.split(separator: "\n").filter { $0.hasPrefix("#") || $0.hasPrefix("$") }
      .map { line in
        guard line.hasPrefix("$") else { return "\(line)\n" }
        let words = ShellWords.split(line.dropFirst(2))
        let answers = ["crun", "runc"].map { "  \(answer(words, of: $0))\n" }
        return "\(line)\n" + answers.joined()
      }.joined()
  }

  private static func answer(_ words: [String], of runtime: String) -> String {
    guard let line = try? RuntimeCommandLine(words) else {
      return ShellWords.join([runtime] + RuntimeCommandLine.withoutOurs(words))
    }
    do {
      let translation = try RuntimeTranslation(line, for: RuntimeDialect(of: runtime))
      let left = translation.left.map { "--\($0.flag.name)" + ($0.value.map { "=\($0)" } ?? "") }
      return ShellWords.join([runtime] + translation.arguments)
        + (left.isEmpty ? "" : "  podshim: " + ShellWords.join(left))
    } catch {
      return "\(runtime) refused: \(error)"
    }
  }
}

/// Words between blanks, or between single quotes.
private enum ShellWords {
  static func split(_ text: Substring) -> [String] {
    text.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap {
      index, part in
      index % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
    }
  }

  static func join(_ words: [String]) -> String {
    words.map { $0.contains(" ") || $0.contains("*") ? "'\($0)'" : $0 }.joined(separator: " ")
  }
}
