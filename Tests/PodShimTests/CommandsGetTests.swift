import Glibc
import Testing

@testable import PodShim

/// `get` in all its forms, on objects that need no runtime.
@Suite("Get, from outside")
struct CommandsGetTests {
  private let scratch: LinuxScratch

  init() throws {
    scratch = try LinuxScratch(creating: Self.objects)
  }

  private static let objects = """
    {apiVersion: v1, kind: ConfigMap, metadata: {name: b10, labels: {app: web, tier: front}},
     data: {size: 2Gi}}
    ---
    {apiVersion: v1, kind: ConfigMap, metadata: {name: b9, labels: {app: web, example.com/n: "1"}},
     data: {size: 500Mi}}
    ---
    {apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {app: db}}}
    ---
    {apiVersion: v1, kind: Secret, metadata: {name: keys, labels: {app: db}}, stringData: {b: bb}}
    ---
    {apiVersion: v1, kind: Secret, metadata: {name: far, namespace: other}, type: example.com/x}

    """

  private func get(_ words: String...) throws -> ProgramResult {
    try scratch.podshim(["get"] + words)
  }

  /// What it prints, blanks between the words of a line made one, and no ages.
  private func lines(_ words: [String]) throws -> [String] {
    let result = try scratch.podshim(["get"] + words)
    #expect(result.succeeded, "\(result.errorText)")
    return result.outputText.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { line in
        line.split(separator: " ").filter { $0.last != "s" || Int($0.dropLast()) == nil }
          .joined(separator: " ")
      }
  }

  @Test(
    "What is chosen, and which columns it has",
    arguments: [
      ("cm -l app=web", ["NAME DATA AGE", "b10 1", "b9 1"]),
      ("cm -l app!=web --no-headers", ["a 0"]),
      ("cm -l 'tier in (front),app'", ["NAME DATA AGE", "b10 1"]),
      ("cm --field-selector metadata.name!=a --no-headers", ["b10 1", "b9 1"]),
      (
        "secrets -A --field-selector type=example.com/x",
        ["NAMESPACE NAME TYPE DATA AGE", "other far example.com/x 0"]
      ),
      ("cm --sort-by=.metadata.name --no-headers", ["a 0", "b9 1", "b10 1"]),
      ("cm --sort-by={.data.size} --no-headers", ["a 0", "b9 1", "b10 1"]),
      ("cm b9 -L app,example.com/n", ["NAME DATA AGE APP N", "b9 1 web 1"]),
      (
        "cm b9 a --show-labels",
        ["NAME DATA AGE LABELS", "b9 1 app=web,example.com/n=1", "a 0 app=db"]
      ),
      ("cm a --show-kind", ["NAME DATA AGE", "configmap/a 0"]),
      (
        "cm,secret -l app=db",
        ["NAME DATA AGE", "configmap/a 0", "", "NAME TYPE DATA AGE", "secret/keys Opaque 1"]
      ),
      ("cm/a secret/keys --no-headers", ["configmap/a 0", "", "secret/keys Opaque 1"]),
      ("cm -o name", ["configmap/a", "configmap/b10", "configmap/b9"]),
      ("cm a -o jsonpath={.metadata.name}{\"\\n\"}", ["a"]),
      ("cm -o jsonpath={range .items[*]}{.metadata.name};{end}{\"\\n\"}", ["a;b10;b9;"]),
      (
        "cm -o jsonpath-as-json={.items[0].metadata.labels}",
        ["[", "{", "\"app\": \"db\"", "}", "]"]
      ),
      (
        "cm -o custom-columns=NAME:.metadata.name,SIZE:.data.size",
        ["NAME SIZE", "a <none>", "b10 2Gi", "b9 500Mi"]
      ),
      ("cm b9 --no-headers -o custom-columns=NAME:metadata.name", ["b9"]),
      ("cm nothing a --ignore-not-found --no-headers", ["a 0"]),
      ("cm -l app=nothing -o custom-columns=A:.a", ["A"]),
    ])
  func table(_ line: String, _ expected: [String]) throws {
    #expect(try lines(Self.words(line)) == expected)
  }

  @Test(
    "What goes wrong is said as kubectl says it",
    arguments: [
      ("cm nothing", 1, "Error: configmaps \"nothing\" not found\n"),
      ("cm -l app=nothing", 0, "No resources found in default namespace.\n"),
      ("cm -A -l app=nothing", 0, "No resources found\n"),
      ("cm nothing --ignore-not-found", 0, ""),
      (
        "cm --field-selector spec.x=1", 1,
        "Error: Unable to find \"/v1, Resource=configmaps\" that match label selector \"\", "
          + "field selector \"spec.x=1\": field label not supported: spec.x\n"
      ),
      (
        "cm --sort-by=.x", 1,
        "error: couldn't find any field with path \"{.x}\" in the list of objects\n"
      ),
      ("cm -o jsonpath={.a", 1, "error: error parsing jsonpath {.a, unclosed action\n"),
      (
        "cm -o custom-columns=A", 1,
        "error: unexpected custom-columns spec: A, expected <header>:<json-path-expr>\n"
      ),
    ])
  func complaints(_ line: String, _ status: CInt, _ message: String) throws {
    let result = try scratch.podshim(["get"] + Self.words(line))
    #expect(result.errorText == message)
    #expect(result.status == .exited(status))
    #expect(result.outputText.isEmpty)
  }

  @Test(
    "A line that makes no sense is status 2",
    arguments: [
      ("cm a -l app=web", "name cannot be provided when a selector is specified"),
      (
        "cm/a -l app=web",
        "selectors and the all flag cannot be used when passing resource/name arguments"
      ),
      ("cm -l 'a in'", "unable to parse requirement: found '', expected: '('"),
      ("cm a -A", "a resource cannot be retrieved by name across all namespaces"),
      ("cm -o yml", "unable to match a printer suitable for the output format \"yml\""),
      ("cm -o jsonpath", "template format specified but no template given"),
      ("cm -o go-template={{.}}", "podshim knows no templates of Go"),
      ("cm,pods -w", "you may only specify a single resource type"),
    ])
  func usage(_ line: String, _ message: String) throws {
    let result = try scratch.podshim(["get"] + Self.words(line))
    #expect(result.errorText.hasPrefix("error: \(message)"), "\(result.errorText)")
    #expect(result.status == .exited(2))
  }

  @Test("A manifest says what is meant")
  func files() throws {
    let manifest = "{apiVersion: v1, kind: ConfigMap, metadata: {name: b9}}"
    let found = try scratch.podshim(["get", "-f", "-", "-o", "name"], input: manifest)
    #expect(found.outputText == "configmap/b9\n")
    #expect(try get("-f", "-", "cm").status == .exited(2))
  }

  @Test("A watch tells what comes, changes and goes, each as it is then")
  func watch() throws {
    let log = scratch["watched"]
    let words = ["get", "cm", "-l", "app=web", "-w", "-o", "jsonpath={.metadata.name}={.data.x};"]
    let world = ["--root", scratch["root"], "--state", scratch["state"]]
    var program = Program(try LinuxScratch.program(), ["podshim"] + words + world)
    let output = try FileDescriptor.open(log, O_WRONLY | O_CREAT)
    program.descriptors = [-1, output.raw, 2]
    let child = try program.spawn()
    defer { stop(child) }
    func shows(_ text: String) throws -> Bool {
      try eventually { try Files.readText(log) == text }
    }
    #expect(try shows("b10=;b9=;"))
    let manifest = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, labels: {app: web}}}"
    _ = try scratch.podshim(["create", "-f", "-"], input: manifest)
    #expect(try shows("b10=;b9=;c=;"))
    let changed = manifest.replacing("}}}", with: "}}, data: {x: '1'}}")
    _ = try scratch.podshim(["apply", "-f", "-"], input: changed)
    #expect(try shows("b10=;b9=;c=;c=1;"))
    _ = try scratch.podshim(["delete", "cm", "a"])
    _ = try scratch.podshim(["delete", "cm", "c"])
    #expect(try shows("b10=;b9=;c=;c=1;c=1;"))
  }

  @Test("What is chosen by labels is deleted, or would be")
  func deletion() throws {
    let dry = try scratch.podshim(["delete", "cm", "-l", "app=web", "--dry-run=client"])
    #expect(
      dry.outputText
        == "configmap \"b10\" deleted (dry run)\nconfigmap \"b9\" deleted (dry run)\n")
    let deleted = try scratch.podshim(["delete", "cm", "-l", "app=web", "-o", "name"])
    #expect(deleted.outputText == "configmap/b10\nconfigmap/b9\n")
    #expect(try get("cm", "-o", "name").outputText == "configmap/a\n")
    #expect(
      try scratch.podshim(["delete", "cm", "-l", "app=web"]).errorText == "No resources found\n")
    #expect(try scratch.podshim(["delete", "cm"]).status == .exited(2))
    #expect(try scratch.podshim(["delete", "secrets", "--all", "-A"]).succeeded)
    #expect(try get("secrets", "-A").outputText.isEmpty)
  }

  /// Words at blanks, those between apostrophes and braces together.
  private static func words(_ line: String) -> [String] {
    var words = [""]
    var depth = 0
    var isQuoted = false
    for character in line {
      if character == "'" {
        isQuoted.toggle()
      } else if character == " ", depth == 0, !isQuoted {
        words.append("")
      } else {
        if character == "{" { depth += 1 }
        if character == "}" { depth -= 1 }
        words[words.count - 1].append(character)
      }
    }
    return words
  }
}
