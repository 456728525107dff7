import Testing

@testable import PodShim

/// `replace`, `diff`, `edit` and `api-resources`, on objects that need no runtime.
@Suite("Replacing, comparing and editing, from outside")
struct CommandsEditTests {
  private let scratch: LinuxScratch

  init() throws {
    scratch = try LinuxScratch()
    let created = try scratch.podshim(["apply", "-f", "-"], input: Self.map)
    try #require(created.succeeded, "\(created.errorText)")
  }

  private static let map = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: a, labels: {app: web}}
    data: {x: "1"}

    """

  private func run(_ words: String..., input: String = "") throws -> ProgramResult {
    try scratch.podshim(words, input: input)
  }

  private func data() throws -> String {
    try run("get", "cm/a", "-o", "jsonpath={.data}{.metadata.labels}").outputText
  }

  /// `podshim edit` with an editor that is a line of shell; the file is `$1`.
  private func edit(_ words: String..., editor: String) throws -> ProgramResult {
    try Files.writeText("#!/bin/sh\n\(editor)\n", to: scratch["editor"], mode: 0o755)
    let world = ["--root", scratch["root"], "--state", scratch["state"]]
    var program = Program(try LinuxScratch.program(), ["podshim", "edit"] + words + world)
    program.environment = [
      "PATH=/usr/bin:/bin", "KUBE_EDITOR=\(scratch["editor"])", "TMPDIR=\(scratch.path)",
    ]
    return try program.run(timeout: .seconds(20))
  }

  @Test("What is replaced loses what the new manifest does not say")
  func replace() throws {
    _ = try run("label", "cm/a", "extra=1")
    let next = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {z: '2'}}"
    let dry = try run("replace", "-f", "-", "--dry-run=client", input: next)
    #expect(dry.outputText == "configmap/a replaced (dry run)\n", "\(dry.errorText)")
    #expect(try data() == "{\"x\":\"1\"}{\"app\":\"web\",\"extra\":\"1\"}")
    #expect(try run("replace", "-f", "-", input: next).outputText == "configmap/a replaced\n")
    #expect(try data() == "{\"z\":\"2\"}")
    let other = next.replacing("name: a", with: "name: b")
    let missing = try run("replace", "-f", "-", input: other)
    #expect(missing.errorText == "Error: configmaps \"b\" not found\n")
    #expect(missing.status == .exited(1))
    let forced = try run("replace", "--force", "-f", "-", input: next)
    #expect(forced.outputText == "configmap \"a\" deleted\nconfigmap/a replaced\n")
    let made = try run("replace", "--force", "-f", "-", input: other)
    #expect(made.outputText == "configmap/b replaced\n")
    for flag in ["--grace-period=1", "--timeout=1s"] {
      let alone = try run("replace", "-f", "-", flag, input: next)
      #expect(alone.status == .exited(2))
      #expect(alone.errorText.contains("\(flag.prefix { $0 != "=" }) must have --force specified"))
    }
    let dryForced = try run("replace", "--force", "--dry-run=client", "-f", "-", input: next)
    #expect(dryForced.errorText.hasPrefix("error: --dry-run can not be used when --force is set\n"))
    #expect(try data() == "{\"z\":\"2\"}")
  }

  @Test("A comparison says by its status whether apply would change something")
  func diff() throws {
    let same = try run("diff", "-f", "-", input: Self.map)
    #expect(same.status == .exited(0), "\(same.errorText)")
    #expect(same.outputText.isEmpty)
    let changed = try run("diff", "-f", "-", input: Self.map.replacing("\"1\"", with: "\"2\""))
    #expect(changed.status == .exited(1))
    #expect(changed.outputText.contains("\n-  x: \"1\"\n+  x: \"2\"\n"), "\(changed.outputText)")
    // Also of an object that `apply` has never seen.
    let other = Self.map.replacing("name: a", with: "name: other")
    _ = try run("create", "-f", "-", input: other)
    let unchanged = try run("diff", "-f", "-", input: other)
    #expect(unchanged.status == .exited(0), "\(unchanged.outputText)")
    let new = try run("diff", "-f", "-", input: Self.map.replacing("name: a", with: "name: b"))
    #expect(new.status == .exited(1))
    #expect(new.outputText.contains("+  name: b\n"))
    #expect(try data().hasPrefix("{\"x\":\"1\"}"))
    let wrong = try run("diff", "-f", "-", input: "kind: Pot\n")
    #expect(wrong.status == .exited(2))
  }

  @Test("What a Secret holds is not shown")
  func secrets() throws {
    let secret = "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {a: x, b: same}}"
    _ = try run("apply", "-f", "-", input: secret)
    let diff = try run("diff", "-f", "-", input: secret.replacing("a: x", with: "a: z"))
    #expect(
      diff.outputText.contains("-  a: '*** (before)'\n+  a: '*** (after)'\n   b: '***'\n"),
      "\(diff.outputText)")
    #expect(!diff.outputText.contains("stringData"))
  }

  @Test("What an editor makes of an object is stored")
  func edits() throws {
    let edited = try edit("cm", "a", editor: "sed -i 's/x: \"1\"/x: \"9\"/' \"$1\"")
    #expect(edited.outputText == "configmap/a edited\n", "\(edited.errorText)")
    #expect(try data().hasPrefix("{\"x\":\"9\"}"))
  }

  @Test("What others have changed while the editor was open stays")
  func meanwhile() throws {
    let world = "--root \(scratch["root"]) --state \(scratch["state"])"
    let other = "\(try LinuxScratch.program()) label cm/a extra=1 app=db --overwrite \(world)"
    let edited = try edit("cm/a", editor: "\(other); sed -i 's/x: \"1\"/x: \"9\"/' \"$1\"")
    #expect(edited.outputText == "configmap/a labeled\nconfigmap/a edited\n", "\(edited.errorText)")
    #expect(try data() == "{\"x\":\"9\"}{\"app\":\"db\",\"extra\":\"1\"}")
  }

  private static let outdated =
    "Error: Operation cannot be fulfilled on configmaps \"a\": the object has been modified; "
    + "please apply your changes to the latest version and try again\n"

  @Test("What is for another version is refused", arguments: ["replace", "apply"])
  func versions(_ verb: String) throws {
    let shown = try run("get", "cm/a", "-o", "yaml").outputText
    let next = shown.replacing("x: \"1\"", with: "x: \"2\"")
    _ = try run("label", "cm/a", "extra=1")
    let late = try run(verb, "-f", "-", input: next)
    #expect(late.errorText.hasSuffix(Self.outdated), "\(late.errorText)")
    #expect(late.status == .exited(1))
    #expect(try data().hasPrefix("{\"x\":\"1\"}"))
    let current = next.replacing("resourceVersion: \"1\"", with: "resourceVersion: \"2\"")
    #expect(try run(verb, "-f", "-", input: current).succeeded)
    #expect(try data().hasPrefix("{\"x\":\"2\"}"))
  }

  @Test("Words about an object can be for one version of it", arguments: ["label", "annotate"])
  func wordsOfVersions(_ verb: String) throws {
    #expect(try run(verb, "cm/a", "k=1", "--resource-version=1").succeeded)
    let late = try run(verb, "cm/a", "k=2", "--overwrite", "--resource-version", "1")
    #expect(late.errorText == Self.outdated)
    #expect(late.status == .exited(1))
    #expect(try run(verb, "cm", "--all", "k=2", "--resource-version=2").status == .exited(2))
    #expect(try run(verb, "cm/a", "k=2", "--overwrite", "--resource-version=2").succeeded)
    #expect(try run(verb, "node", "k=2", "--resource-version=2").status == .exited(1))
  }

  @Test(
    "What changes nothing is no change",
    arguments: [
      ("true", "Edit cancelled, no changes made.\n"),
      (": > \"$1\"", "Edit cancelled, saved file was empty.\n"),
      ("sed -i '1i # a remark' \"$1\"", "Edit cancelled, no changes made.\n"),
    ])
  func nothing(_ editor: String, _ message: String) throws {
    let result = try edit("cm/a", editor: editor)
    #expect(result.errorText == message)
    #expect(result.succeeded)
    #expect(result.outputText.isEmpty)
  }

  @Test("What cannot be stored comes back with the reason, and is kept when it is given up")
  func invalid() throws {
    let editor = "cat \"$1\" >>\(scratch["seen"]); sed -i 's/^data:/dat:/' \"$1\""
    let result = try edit("cm/a", editor: editor)
    #expect(result.status == .exited(1))
    #expect(result.errorText.hasPrefix("error: Edit cancelled, no valid changes were saved: "))
    let seen = try Files.readText(scratch["seen"])
    #expect(seen.contains("# configmaps \"a\" was not valid:\n# * "), "\(seen)")
    #expect(seen.contains("did you mean \"data\"?"))
    let renamed = try edit("cm/a", editor: "sed -i 's/name: a$/name: b/' \"$1\"")
    #expect(renamed.status == .exited(1))
    #expect(
      try edit("cm/none", editor: "true").errorText == "Error: configmaps \"none\" not found\n")
    #expect(
      try edit("cm/a", editor: "exit 3").errorText.hasPrefix("error: there was a problem with"))
  }

  @Test("What cannot be changed is made anew when that is wanted")
  func anew() throws {
    func fixed(_ value: String) -> String {
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: f}, immutable: true, "
        + "data: {x: '\(value)'}}"
    }
    _ = try run("apply", "-f", "-", input: fixed("1"))
    let uid = try run("get", "cm/f", "-o", "jsonpath={.metadata.uid}").outputText
    #expect(try run("apply", "-f", "-", input: fixed("2")).status == .exited(1))
    let dry = try run("apply", "--force", "--dry-run=client", "-f", "-", input: fixed("2"))
    #expect(dry.outputText == "configmap/f configured (dry run)\n")
    let shown = "jsonpath={.data.x}{.metadata.uid}"
    #expect(try run("get", "cm/f", "-o", shown).outputText == "1" + uid)
    let forced = try run("apply", "--force", "-f", "-", input: fixed("2"))
    #expect(forced.outputText == "configmap/f configured\n", "\(forced.errorText)")
    let now = try run("get", "cm/f", "-o", shown).outputText
    #expect(now.hasPrefix("2") && !now.hasSuffix(uid))
    // What can be changed is.
    _ = try run("apply", "--force", "-f", "-", input: Self.map.replacing("\"1\"", with: "\"2\""))
    #expect(try run("get", "cm/a", "-o", "jsonpath={.metadata.resourceVersion}").outputText == "2")
    #expect(try run("apply", "--timeout=1s", "-f", "-", input: Self.map).status == .exited(2))
  }

  @Test("Nothing is deleted when the answer is no")
  func asking() throws {
    let question = """
      You are about to delete the following 1 resource(s):
      configmap/a
      Do you want to continue? (y/N):\(" ")
      """
    for answer in ["", "n\n", "yesterday\n"] {
      let kept = try run("delete", "-i", "cm/a", input: answer)
      #expect(kept.outputText == question + "deletion is cancelled\n")
      #expect(kept.succeeded)
      #expect(try run("get", "cm/a").succeeded)
    }
    let gone = try run("delete", "cm", "a", "--interactive", input: "Y\n")
    #expect(gone.outputText == question + "configmap \"a\" deleted\n")
    #expect(try run("get", "cm", "a").status == .exited(1))
  }

  @Test("A folder is read with those below it when that is wanted")
  func folders() throws {
    try Files.makeDirectories(scratch["all/below/deep"])
    let places = ["all/b.yaml", "all/below/c.json", "all/below/deep/d.yml", "all/below/e.txt"]
    for (place, name) in zip(places, ["b", "c", "d", "e"]) {
      try Files.writeText(Self.map.replacing("name: a", with: "name: \(name)"), to: scratch[place])
    }
    try Files.symlink("..", at: scratch["all/below/loop"])
    let flat = try run("apply", "-f", scratch["all"], "--dry-run=client", "-o", "name")
    #expect(flat.outputText == "configmap/b\n")
    let deep = try run("apply", "-R", "-f", scratch["all"], "-o", "name")
    #expect(deep.outputText == "configmap/b\nconfigmap/c\nconfigmap/d\n")
    let gone = try run("delete", "-R", "-f", scratch["all"], "-o", "name")
    #expect(gone.outputText == deep.outputText)
  }

  @Test("The types that there are, in kubectl's columns")
  func types() throws {
    #expect(
      try run("api-resources").outputText == """
        NAME              SHORTNAMES   APIVERSION                 NAMESPACED   KIND
        configmaps        cm           v1                         true         ConfigMap
        events            ev           v1                         true         Event
        nodes             no           v1                         false        Node
        pods              po           v1                         true         Pod
        secrets                        v1                         true         Secret
        serviceaccounts   sa           v1                         true         ServiceAccount
        podpresets                     settings.k8s.io/v1alpha1   true         PodPreset

        """)
    #expect(try run("api-resources", "--namespaced=false", "-o", "name").outputText == "nodes\n")
  }
}
