import Glibc
import Testing

@testable import PodShim

/// ConfigMaps, Secrets, ServiceAccounts and PodPresets on the command line, from outside.
@Suite("Objects that pods refer to")
struct CommandsObjectTests {
  private let scratch: LinuxScratch

  init() throws { scratch = try LinuxScratch() }

  private func run(_ arguments: String..., input: String = "") throws -> ProgramResult {
    try scratch.podshim(arguments, input: input)
  }

  private static let objects = """
    {apiVersion: v1, kind: ConfigMap, metadata: {name: site, labels: {app: web}},
     data: {port: "80", text: "one\\ntwo"}, binaryData: {dump: 3sr+ug==}}
    ---
    {apiVersion: v1, kind: Secret, metadata: {name: keys}, data: {a: YQ==}, stringData: {b: bb}}
    ---
    {apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}
    ---
    apiVersion: settings.k8s.io/v1alpha1
    kind: PodPreset
    metadata: {name: db}
    spec: {selector: {matchLabels: {role: front}}, env: [{name: DB_PORT, value: "6379"}]}

    """

  @Test func `they are created, shown and deleted as kubectl does it`() throws {
    let created = try run("create", "-f", "-", input: Self.objects)
    #expect(
      created.outputText == """
        configmap/site created
        secret/keys created
        serviceaccount/robot created
        podpreset.settings.k8s.io/db created

        """, "\(created.errorText)")
    let rows = try ["cm", "secrets", "sa"].map { kind in
      try run("get", kind).outputText.split(separator: "\n").map { line in
        line.split(separator: " ").dropLast().joined(separator: " ")
      }
    }
    #expect(
      rows == [
        ["NAME DATA", "site 3"], ["NAME TYPE DATA", "keys Opaque 2"],
        ["NAME SECRETS", "robot 0"],
      ])
    #expect(
      try run("get", "podpresets", "-o", "name").outputText == "podpreset.settings.k8s.io/db\n")
    let secret = try run("get", "secret", "keys", "-o", "yaml").outputText
    #expect(secret.contains("data:\n  a: YQ==\n  b: YmI=\n") && !secret.contains("stringData"))
    let again = try run("create", "-f", "-", input: Self.objects)
    #expect(again.errorText.hasPrefix("Error: configmaps \"site\" already exists\n"))
    #expect(again.status == .exited(1))
    #expect(try run("delete", "cm", "site").outputText == "configmap \"site\" deleted\n")
    #expect(try run("delete", "cm/site").errorText == "Error: configmaps \"site\" not found\n")
    #expect(try run("delete", "cm/site", "--ignore-not-found").succeeded)
    #expect(try run("delete", "secret", "--all").outputText == "secret \"keys\" deleted\n")
    #expect(try run("get", "cm").errorText == "No resources found in default namespace.\n")
  }

  @Test func `things of several kinds are deleted at once`() throws {
    _ = try run("create", "-f", "-", input: Self.objects)
    let deleted = try run("delete", "cm/site", "secret/keys", "pod/none")
    #expect(deleted.outputText == "configmap \"site\" deleted\nsecret \"keys\" deleted\n")
    #expect(deleted.errorText == "Error: pods \"none\" not found\n")
    #expect(
      try run("delete", "sa,podpresets", "--all").outputText
        == "serviceaccount \"robot\" deleted\npodpreset.settings.k8s.io \"db\" deleted\n")
  }

  @Test func `describe shows texts, and of a secret only how long it is`() throws {
    _ = try run("create", "-f", "-", input: Self.objects)
    #expect(
      try run("describe", "cm", "site").outputText == """
        Name:         site
        Namespace:    default
        Labels:       app=web
        Annotations:  <none>

        Data
        ====
        port:
        ----
        80

        text:
        ----
        one
        two


        BinaryData
        ====
        dump: 4 bytes

        Events:  <none>

        """)
    #expect(
      try run("describe", "secret/keys").outputText == """
        Name:         keys
        Namespace:    default
        Labels:       <none>
        Annotations:  <none>

        Type:  Opaque

        Data
        ====
        a:  1 bytes
        b:  2 bytes

        """)
  }

  @Test func `apply changes what is there, and says when nothing changes`() throws {
    func apply(_ text: String) throws -> ProgramResult {
      try run("apply", "-f", "-", input: "{apiVersion: v1, kind: ConfigMap, \(text)}")
    }
    let first = "metadata: {name: c}, data: {a: b}"
    #expect(try apply(first).outputText == "configmap/c created\n")
    #expect(try apply(first).outputText == "configmap/c unchanged\n")
    let second = "metadata: {name: c}, data: {a: c}, immutable: true"
    #expect(try apply(second).outputText == "configmap/c configured\n")
    let stored = try run("get", "cm", "c", "-o", "yaml").outputText
    #expect(stored.contains("resourceVersion: '2'") || stored.contains("resourceVersion: \"2\""))
    let refused = try apply("metadata: {name: c}, data: {a: d}")
    #expect(
      refused.errorText == """
        The ConfigMap "c" is invalid: \

        * immutable: Forbidden: field is immutable when `immutable` is set
        * data: Forbidden: field is immutable when `immutable` is set

        """)
    let labelled = "metadata: {name: c, labels: {app: web}}, data: {a: c}, immutable: true"
    #expect(try apply(labelled).outputText == "configmap/c configured\n")
  }

  @Test func `a type of a secret does not change`() throws {
    let text = "{apiVersion: v1, kind: Secret, metadata: {name: s}, type: x/a, data: {}}"
    _ = try run("apply", "-f", "-", input: text)
    let refused = try run("apply", "-f", "-", input: text.replacing("x/a", with: "x/b"))
    #expect(
      refused.errorText
        == "The Secret \"s\" is invalid: type: Invalid value: \"x/b\": field is immutable\n")
  }

  @Test func `namespaces keep them apart, and a name is no path`() throws {
    let text = "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {}}"
    for namespace in ["default", "other"] {
      #expect(try run("create", "-f", "-", "-n", namespace, input: text).succeeded)
    }
    let all = try run("get", "cm", "-A").outputText
    #expect(all.split(separator: "\n").map { $0.prefix(7) } == ["NAMESPA", "default", "other  "])
    for name in ["../../other/configmaps/c", "..", ".", "", "c/"] {
      #expect(try !run("delete", "cm", name).succeeded)
      #expect(try !run("get", "cm", name, "-n", "other").succeeded)
    }
    #expect(try run("get", "cm", "c", "-n", "../default").status == .exited(2))
    #expect(try run("get", "cm", "-A", "-o", "name").outputText == "configmap/c\nconfigmap/c\n")
  }

  @Test func `nobody else may read them`() throws {
    _ = try run("create", "-f", "-", input: Self.objects)
    for path in ["objects", "objects/default/secrets", "objects/default/secrets/keys"] {
      var status = stat()
      #expect(stat(scratch["root/" + path], &status) == 0)
      #expect(status.st_mode & 0o077 == 0, "\(path)")
    }
    var root = stat()
    #expect(stat(scratch["root"], &root) == 0)
    #expect(root.st_mode & 0o777 == 0o755)
  }
}
