import Testing

@testable import PodModel

@Suite("The files of a volume")
struct VolumeFilesTests {
  private static let objects = ReferencedObjects(
    configMaps: [
      "settings": ConfigMap(["data-1": "value-1", "data-2": "value-2"]).with {
        $0.binaryData = ["dump.bin": Base64([0xde, 0xca, 0xfe])]
      },
      "hostile": ConfigMap(["../up": "x"]),
      "long": ConfigMap([String(repeating: "k", count: 256): "x"]),
    ],
    secrets: ["keys": Secret(["data-1": "secret-1"])])

  /// - Parameter source: the lines of the one volume.
  private static func files(
    _ source: String, spec: String = ""
  ) throws -> [String: VolumeFile]? {
    let metadata = """
      name: demo
      labels: {key2: value2, key1: value1}
      annotations: {builder: "b\\u00e4r\\n\\"\\u0007"}
      """
    let volume = source.split(separator: "\n").map { "\n  \($0)" }.joined()
    let plan = try PlannedPod.plan(
      metadata: metadata,
      spec: "containers: [{name: main}]\nvolumes:\n- name: data\(volume)\n\(spec)",
      objects: objects)
    return try plan.files(of: plan.pod.spec.volumes[0])
  }

  /// As `path mode text`, sorted.
  private static func lines(_ source: String) throws -> [String]? {
    try files(source)?.map { path, file in
      guard case .bytes(let bytes) = file.content else { return path }
      let mode = String(file.mode, radix: 8)
      return "\(path) \(mode) \(String(decoding: bytes, as: UTF8.self))"
    }.sorted()
  }

  private static let keys: [(String, [String])] = [
    ("secret: {secretName: keys}", ["data-1 644 secret-1"]),
    ("secret: {secretName: keys, defaultMode: 0400}", ["data-1 400 secret-1"]),
    (
      "configMap: {name: settings, items: [{key: data-2, path: path/to/data-2}]}",
      ["path/to/data-2 644 value-2"]
    ),
    (
      "configMap: {name: settings, items: [{key: data-2, path: ./a//b, mode: 0400}]}",
      ["a/b 400 value-2"]
    ),
    (
      """
      configMap:
        name: settings
        items: [{key: data-1, path: a}, {key: data-2, path: a}, {key: data-1, path: b}]
      """, ["a 644 value-2", "b 644 value-1"]
    ),
    ("configMap: {name: none, optional: true}", []),
    ("secret: {secretName: none, optional: true, items: [{key: a, path: b}]}", []),
    (
      """
      configMap:
        name: settings
        optional: true
        items: [{key: none, path: a}, {key: data-1, path: b}]
      """, ["b 644 value-1"]
    ),
  ]

  @Test("are the keys of an object, or those that `items` names", arguments: keys)
  func objects(_ source: String, _ expected: [String]) throws {
    #expect(try Self.lines(source) == expected)
  }

  @Test("are bytes, also those that are no text")
  func binary() throws {
    let files = try #require(try Self.files("configMap: {name: settings}"))
    #expect(files.keys.sorted() == ["data-1", "data-2", "dump.bin"])
    #expect(files["dump.bin"]?.content == .bytes([0xde, 0xca, 0xfe]))
  }

  @Test("are fields of the pod, maps as Go would print them")
  func fields() throws {
    let found = try Self.lines(
      """
      downwardAPI:
        defaultMode: 0440
        items:
        - {path: name, fieldRef: {fieldPath: metadata.name}}
        - {path: labels, fieldRef: {fieldPath: metadata.labels}, mode: 0400}
        - {path: annotations, fieldRef: {fieldPath: metadata.annotations}}
        - {path: one, fieldRef: {fieldPath: "metadata.labels['key1']"}}
      """)
    #expect(
      found == [
        #"annotations 440 builder="bär\n\"\a""#, "labels 400 key1=\"value1\"\nkey2=\"value2\"",
        "name 440 demo", "one 440 value1",
      ])
  }

  @Test("come from several sources, of which the later ones win")
  func projected() throws {
    let found = try Self.lines(
      """
      projected:
        defaultMode: 0440
        sources:
        - configMap: {name: settings, items: [{key: data-1, path: a}, {key: data-2, path: b}]}
        - secret: {name: keys, items: [{key: data-1, path: b, mode: 0400}]}
        - downwardAPI: {items: [{path: c/name, fieldRef: {fieldPath: metadata.name}}]}
        - configMap: {name: none, optional: true}
      """)
    #expect(found == ["a 440 value-1", "b 400 secret-1", "c/name 440 demo"])
  }

  private static let problems: [(String, String)] = [
    ("configMap: {name: none}", "configmap \"none\" not found"),
    ("secret: {secretName: none}", "secret \"none\" not found"),
    (
      "configMap: {name: settings, items: [{key: k, path: p}]}",
      "configmap references non-existent config key: k"
    ),
    (
      "secret: {secretName: keys, items: [{key: k, path: p}]}",
      "references non-existent secret key: k"
    ),
    (
      "projected: {sources: [{configMap: {name: none}}, {secret: {name: no1}}]}",
      "[configmap \"none\" not found, secret \"no1\" not found]"
    ),
    ("projected: {sources: [{configMap: {name: none}}]}", "configmap \"none\" not found"),
    (
      "downwardAPI: {items: [{path: ip, fieldRef: {fieldPath: status.podIP}}]}",
      "unsupported fieldPath: status.podIP"
    ),
    ("configMap: {name: hostile}", "invalid path: must not contain '..': ../up"),
    (
      "configMap: {name: long}",
      "invalid path: filenames must be less than or equal to 255 characters"
    ),
    (
      "configMap: {name: settings, items: [{key: data-1, path: ..data}]}",
      "invalid path: must not start with '..': ..data"
    ),
    (
      "configMap: {name: settings, items: [{key: data-1, path: /etc/passwd}]}",
      "invalid path: must be relative path: /etc/passwd"
    ),
    (
      "configMap: {name: settings, items: [{key: data-1, path: \"a/../../b\"}]}",
      "invalid path: must not contain '..': a/../../b"
    ),
  ]

  @Test("that cannot be had are an error in the kubelet's words", arguments: problems)
  func missing(_ source: String, _ message: String) throws {
    let error = #expect(throws: PlanError.self) { try Self.files(source) }
    #expect(error == .mount(message))
  }

  @Test("of another kind of volume are not podshim's business")
  func others() throws {
    #expect(try Self.files("emptyDir: {}") == nil)
    #expect(try Self.files("hostPath: {path: /data}") == nil)
  }

  private static let readers: [(String, UInt32, UInt32?)] = [
    ("", 0o644, nil), ("securityContext: {runAsUser: 1000}", 0o600, 1000),
    ("securityContext: {fsGroup: 1001}", 0o600, nil),
    (
      """
      securityContext: {runAsUser: 1000}
      initContainers: [{name: other, securityContext: {runAsUser: 1001}}]
      """, 0o644, nil
    ),
    ("initContainers: [{name: other, securityContext: {runAsUser: 1001}}]", 0o644, nil),
  ]

  @Test(
    "that are tokens are for the one who runs all containers, or for the volume's group",
    arguments: readers)
  func tokens(_ spec: String, _ mode: UInt32, _ owner: UInt32?) throws {
    let source = "projected: {sources: [{serviceAccountToken: {path: token, audience: vault}}]}"
    let file = try #require(try Self.files(source, spec: spec)?["token"])
    #expect(file.mode == mode)
    #expect(file.owner == owner)
    #expect(file.content == .token(TokenRequest(audience: "vault", expirationSeconds: 3600)))
  }
}
