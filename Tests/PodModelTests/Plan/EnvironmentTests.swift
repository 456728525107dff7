import Testing

@testable import PodModel

@Suite("A container's variables")
struct EnvironmentTests {
  private static let objects = ReferencedObjects(
    configMaps: ["settings": ConfigMap(["data-1": "value-1", "b": "two", "dollar": "$(b)"])],
    secrets: [
      "keys": Secret(["data-1": "secret-1"]),
      "bytes": Secret().with { $0.data = ["bad": Base64([0xff]), "zero": Base64([0x61, 0])] },
    ],
    files: [
      FileReference(volume: "work", path: "env"): .bytes(Array("A='from a file'\nB=b\n".utf8)),
      FileReference(volume: "work", path: "pipe"): .unreadable(reason: "not a regular file"),
    ])

  /// - Parameter lines: `env` and `envFrom` of the one container.
  private static func variables(_ lines: String, spec: String = "") throws -> [String] {
    let metadata = """
      name: demo
      namespace: shop
      labels: {tier: web, "example.org/a.b": x}
      annotations: {note: "two\\nlines"}
      """
    let container = lines.split(separator: "\n").map { "\n  \($0)" }.joined()
    let plan = try PlannedPod.plan(
      metadata: metadata, spec: "\(spec)\ncontainers:\n- name: main\(container)",
      objects: objects)
    return try DeclaredVariables(of: plan.pod.spec.containers[0], in: plan).variables.entries
  }

  private static func source(_ text: String) -> String { "env:\n- {name: X, valueFrom: {\(text)}}" }

  @Test(
    "come from objects and from fields of the pod",
    arguments: [
      ("configMapKeyRef: {name: settings, key: data-1}", "value-1"),
      ("secretKeyRef: {name: keys, key: data-1}", "secret-1"),
      ("configMapKeyRef: {name: settings, key: dollar}", "$(b)"),
      ("fieldRef: {fieldPath: metadata.name}", "demo"),
      ("fieldRef: {fieldPath: metadata.namespace}", "shop"),
      ("fieldRef: {fieldPath: metadata.uid}", "6c2f0d0e-8a57-4b1e-9a4d-0f5f3c1e7a21"),
      ("fieldRef: {fieldPath: \"metadata.labels['tier']\"}", "web"),
      ("fieldRef: {fieldPath: \"metadata.labels['example.org/a.b']\"}", "x"),
      ("fieldRef: {fieldPath: \"metadata.annotations['note']\"}", "two\nlines"),
      ("fieldRef: {fieldPath: \"metadata.annotations['none']\"}", ""),
      ("fieldRef: {fieldPath: spec.nodeName}", "node-1"),
      ("fieldRef: {fieldPath: spec.serviceAccountName}", "default"),
      ("fieldRef: {fieldPath: status.hostIP}", "192.0.2.10"),
      ("fieldRef: {fieldPath: status.hostIPs}", "192.0.2.10,2001:db8::10"),
      ("fieldRef: {fieldPath: status.podIP}", "127.0.0.1"),
      ("fieldRef: {fieldPath: status.podIPs}", "127.0.0.1"),
      ("fileKeyRef: {volumeName: work, path: env, key: A}", "from a file"),
    ])
  func sources(_ text: String, _ value: String) throws {
    #expect(try Self.variables(Self.source(text)) == ["X=\(value)"])
  }

  @Test("have the host's addresses in a pod of its network")
  func hostNetwork() throws {
    let text = Self.source("fieldRef: {fieldPath: status.podIPs}")
    let found = try Self.variables(text, spec: "hostNetwork: true")
    #expect(found == ["X=192.0.2.10,2001:db8::10"])
  }

  @Test(
    "that are optional are left out when there is nothing to take them from",
    arguments: [
      "configMapKeyRef: {name: none, key: a, optional: true}",
      "configMapKeyRef: {name: settings, key: none, optional: true}",
      "secretKeyRef: {name: none, key: a, optional: true}",
      "secretKeyRef: {name: keys, key: none, optional: true}",
      "fileKeyRef: {volumeName: work, path: none, key: A, optional: true}",
      "fileKeyRef: {volumeName: work, path: env, key: none, optional: true}",
    ])
  func optional(_ text: String) throws {
    #expect(try Self.variables(Self.source(text)).isEmpty)
  }

  @Test(
    "that cannot be had keep the container waiting, in the kubelet's words",
    arguments: [
      ("configMapKeyRef: {name: none, key: a}", "configmap \"none\" not found"),
      ("secretKeyRef: {name: none, key: a}", "secret \"none\" not found"),
      (
        "configMapKeyRef: {name: settings, key: k}",
        "couldn't find key k in ConfigMap shop/settings"
      ),
      ("secretKeyRef: {name: keys, key: k}", "couldn't find key k in Secret shop/keys"),
      (
        "secretKeyRef: {name: keys, key: k, optional: false}",
        "couldn't find key k in Secret shop/keys"
      ),
      ("fieldRef: {fieldPath: spec.priority}", "unsupported fieldPath: spec.priority"),
      (
        "fileKeyRef: {volumeName: work, path: none, key: A}",
        "failed to open environment variable file \"none\": no such file in volume \"work\""
      ),
      (
        "fileKeyRef: {volumeName: work, path: env, key: K}",
        "environment variable key \"K\" not found in file \"env\""
      ),
      (
        "fileKeyRef: {volumeName: work, path: pipe, key: K, optional: true}",
        "failed to open environment variable file \"pipe\": not a regular file"
      ),
    ])
  func missing(_ text: String, _ message: String) throws {
    let error = #expect(throws: PlanError.self) { try Self.variables(Self.source(text)) }
    #expect(error == .configuration(message))
  }

  @Test("that no process can have are not cut short", arguments: ["bad", "zero"])
  func bytes(_ key: String) throws {
    let text = Self.source("secretKeyRef: {name: bytes, key: \(key)}")
    let error = #expect(throws: PlanError.self) { try Self.variables(text) }
    #expect(error?.reason == "CreateContainerError")
    #expect(
      error?.message.hasSuffix(": mount the \(key == "bad" ? "secret" : "object") instead") == true)
  }

  @Test(
    "of whole objects bear their prefix, whatever it is",
    arguments: ["", "p-", "1-", "$_-", "ABC_", "#@!"])
  func prefixes(_ prefix: String) throws {
    let found = try Self.variables(
      "envFrom:\n- prefix: '\(prefix)'\n  configMapRef: {name: settings}")
    #expect(found == ["\(prefix)b=two", "\(prefix)data-1=value-1", "\(prefix)dollar=$(b)"])
  }

  @Test("of a whole object that is missing are left out only when it may be")
  func missingObject() throws {
    for (kind, noun) in [("configMapRef", "configmap"), ("secretRef", "secret")] {
      #expect(try Self.variables("envFrom:\n- \(kind): {name: none, optional: true}").isEmpty)
      let error = #expect(throws: PlanError.self) {
        try Self.variables("envFrom:\n- \(kind): {name: none}")
      }
      #expect(error == .configuration("\(noun) \"none\" not found"))
    }
  }

  @Test("win over those before them, and `$(NAME)` knows all that came before")
  func order() throws {
    let found = try Self.variables(
      """
      env:
      - {name: early, value: "$(b) $(late) $(data-1)"}
      - {name: b, value: own}
      - {name: late, value: "$(b)"}
      - {name: taken, valueFrom: {configMapKeyRef: {name: settings, key: dollar}}}
      - {name: data-1, valueFrom: {secretKeyRef: {name: keys, key: none, optional: true}}}
      envFrom:
      - configMapRef: {name: settings}
      - secretRef: {name: keys}
      """)
    #expect(
      found == [
        "b=own", "data-1=secret-1", "dollar=$(b)", "early=two $(late) secret-1", "late=own",
        "taken=$(b)",
      ])
  }

  @Test("may be ten thousand, each made of the one before")
  func many() throws {
    let lines = (1...10_000).map { "- {name: V\($0), value: \"$(V\($0 - 1))\"}" }
    let found = try Self.variables(
      "env:\n- {name: V0, value: end}\n" + lines.joined(separator: "\n"))
    #expect(found.count == 10_001)
    #expect(found.last == "V10000=end")
  }
}
