import Glibc
import Testing

@testable import PodShim

/// `wait`, and what changes labels of stored objects, as far as it needs no runtime.
@Suite("Waiting and changing, from outside")
struct CommandsWaitTests {
  private let scratch: LinuxScratch

  init() throws {
    scratch = try LinuxScratch(creating: Self.objects)
  }

  private static let objects = """
    {apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: {app: web}}, data: {x: "1"}}
    ---
    {apiVersion: v1, kind: ConfigMap, metadata: {name: b, labels: {app: web}}}
    ---
    {apiVersion: v1, kind: Secret, metadata: {name: keys}}

    """

  private func run(_ words: String..., input: String = "") throws -> ProgramResult {
    try scratch.podshim(words, input: input)
  }

  /// A command that goes on while others are run, and what it says on standard output.
  private func begin(_ words: [String], _ log: String) throws -> Child {
    let world = ["--root", scratch["root"], "--state", scratch["state"]]
    var program = Program(try LinuxScratch.program(), ["podshim"] + words + world)
    let output = try FileDescriptor.open(log, O_WRONLY | O_CREAT)
    program.descriptors = [-1, output.raw, output.raw]
    return try program.spawn()
  }

  @Test("What is so already is said at once")
  func atOnce() throws {
    let found = try run("wait", "cm/a", "--for=jsonpath={.data.x}=1", "--timeout=0")
    #expect(found.outputText == "configmap/a condition met\n", "\(found.errorText)")
    #expect(try run("wait", "cm", "-l", "app=web", "--for=create").outputText.count > 30)
    #expect(try run("wait", "cm/none", "--for=delete").succeeded)
    let name = try run("wait", "cm", "a", "b", "--for=jsonpath={.metadata.name}", "-o", "name")
    #expect(name.outputText == "configmap/a\nconfigmap/b\n")
  }

  @Test(
    "What does not come to be is an error",
    arguments: [
      (
        ["cm/b", "--for=jsonpath={.data.x}=1"],
        "error: timed out waiting for the condition on configmaps/b\n"
      ),
      (
        ["cm/a", "--for=condition=Ready"],
        "error: timed out waiting for the condition on configmaps/a\n"
      ),
      (["cm/a", "--for=delete"], "error: timed out waiting for the condition on configmaps/a\n"),
      (["cm/none", "--for=condition=Ready"], "Error: configmaps \"none\" not found\n"),
      (
        ["cm/none", "--for=create"],
        "error: timed out waiting for the condition on configmaps/none\n"
      ),
      (["cm", "-l", "app=none", "--for=condition=Ready"], "error: no matching resources found\n"),
      (
        ["cm/a", "--for=jsonpath={.data}=1"],
        "error: jsonpath leads to a nested object or list which is not supported\n"
      ),
    ])
  func inVain(_ words: [String], _ message: String) throws {
    let result = try scratch.podshim(["wait", "--timeout=10ms"] + words)
    #expect(result.errorText == message)
    #expect(result.status == .exited(1))
  }

  @Test(
    "A line that makes no sense is status 2",
    arguments: ["", "ready", "jsonpath=", "jsonpath={.a}="])
  func nonsense(_ goal: String) throws {
    #expect(try run("wait", "cm/a", "--for=\(goal)").status == .exited(2))
    #expect(try run("wait", "cm", "--for=delete").status == .exited(2))
  }

  @Test("It ends when the last of several is as it is wanted")
  func change() throws {
    let log = scratch["said"]
    let child = try begin(
      ["wait", "cm", "a", "b", "--for=jsonpath={.data.x}=2", "--timeout=20s"], log)
    defer { stop(child) }
    _ = try run("apply", "-f", "-", input: Self.objects.replacing("x: \"1\"", with: "x: \"2\""))
    #expect(try eventually { try Files.readText(log).contains("configmap/a condition met\n") })
    #expect(try child.reap() == nil)
    let second = "{apiVersion: v1, kind: ConfigMap, metadata: {name: b}, data: {x: '2'}}"
    _ = try run("apply", "-f", "-", input: second)
    #expect(try child.wait() == .exited(0))
    #expect(try Files.readText(log).hasSuffix("configmap/b condition met\n"))
  }

  @Test("For what comes, and for what goes")
  func comingAndGoing() throws {
    let coming = try begin(["wait", "sa/new", "--for=create", "--timeout=20s"], scratch["coming"])
    defer { stop(coming) }
    let going = try begin(["wait", "secret", "--all", "--for=delete"], scratch["going"])
    defer { stop(going) }
    _ = try run(
      "create", "-f", "-", input: "{apiVersion: v1, kind: ServiceAccount, metadata: {name: new}}")
    #expect(try coming.wait() == .exited(0))
    #expect(try Files.readText(scratch["coming"]) == "serviceaccount/new condition met\n")
    // It has to have seen the secret first.
    usleep(200_000)
    _ = try run("delete", "secret", "keys")
    #expect(try going.wait() == .exited(0))
    #expect(try Files.readText(scratch["going"]) == "secret/keys condition met\n")
  }

  @Test("Labels and annotations of what is stored")
  func labels() throws {
    #expect(
      try run("label", "cm", "a", "b", "x=1").outputText
        == "configmap/a labeled\nconfigmap/b labeled\n")
    let again = try run("label", "cm/a", "x=2")
    #expect(again.errorText == "error: 'x' already has a value (1), and --overwrite is false\n")
    #expect(again.status == .exited(1))
    #expect(try run("label", "cm/a", "x=1").outputText == "configmap/a not labeled\n")
    let dry = try run("label", "cm", "-l", "app=web", "x-", "--dry-run=client")
    #expect(dry.outputText == "configmap/a unlabeled (dry run)\nconfigmap/b unlabeled (dry run)\n")
    #expect(try run("label", "cm/a", "--list").outputText == "app=web\nx=1\n")
    #expect(
      try run("annotate", "secrets", "--all", "n=hi there").outputText == "secret/keys annotated\n")
    let shown = try run("get", "secret/keys", "-o", "jsonpath={.metadata.annotations.n}")
    #expect(shown.outputText == "hi there")
    #expect(try run("annotate", "node", "n=1").succeeded)
    let node = try run("get", "nodes", "-o", "jsonpath={.items[0].metadata.annotations}")
    #expect(node.outputText == "{\"n\":\"1\"}")
    #expect(try run("label", "cm", "x=1").status == .exited(2))
    #expect(
      try run("label", "cm/none", "x=1").errorText == "Error: configmaps \"none\" not found\n")
  }

  @Test("Creating and applying show what they make, and a dry run makes nothing")
  func creation() throws {
    let one = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {k: v}}"
    let text =
      "apiVersion: v1\ndata:\n  k: v\nkind: ConfigMap\nmetadata:\n  name: c\n  namespace: default\n"
    #expect(
      try run("create", "-f", "-", "--dry-run=client", "-o", "yaml", input: one).outputText == text)
    #expect(
      try run("apply", "-f", "-", "--dry-run=client", input: one).outputText
        == "configmap/c created (dry run)\n")
    #expect(try run("get", "cm/c").status == .exited(1))
    let made = try run(
      "create", "-f", "-", "--save-config", "-o", "jsonpath={.metadata.name}", input: one)
    #expect(made.outputText == "c", "\(made.errorText)")
    // With the note, what the next manifest leaves out goes, without a warning.
    let next = one.replacing("k: v", with: "l: w")
    let dry = try run("apply", "-f", "-", "--dry-run=client", input: next)
    #expect(dry.outputText == "configmap/c configured (dry run)\n")
    #expect(dry.errorText.isEmpty)
    #expect(try run("get", "cm/c", "-o", "jsonpath={.data}").outputText == "{\"k\":\"v\"}")
    let applied = try run("apply", "-f", "-", "-o", "jsonpath={.data}", input: next)
    #expect(applied.outputText == "{\"l\":\"w\"}")
    #expect(try run("apply", "-f", "-", input: next).outputText == "configmap/c unchanged\n")
    #expect(try run("create", "-f", "-", "--timeout=1s", input: one).status == .exited(2))
  }
}
