import Glibc
import PodModel
import Testing

@testable import PodShim

extension Pods {
  /// One pod with a volume of every kind, which runs while what they show changes.
  @Suite("Volumes follow what they show, as a whole")
  struct VolumeUpdateTests {
    private static let sources = """
      volumes:
      - {name: map, configMap: {name: settings}}
      - {name: maybe-map, configMap: {name: maybe, optional: true}}
      - {name: maybe-secret, secret: {secretName: maybe, optional: true}}
      - name: fields
        downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}
      - name: all
        projected:
          sources:
          - configMap: {name: settings}
          - downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}
          - secret: {name: maybe, optional: true, items: [{key: a, path: secret}]}
          - configMap: {name: maybe, optional: true, items: [{key: a, path: map}]}
      """
    private static let mounts = """
      volumeMounts:
      - {name: map, mountPath: /v/map}
      - {name: maybe-map, mountPath: /v/maybe-map}
      - {name: maybe-secret, mountPath: /v/maybe-secret}
      - {name: fields, mountPath: /v/fields}
      - {name: all, mountPath: /v/all}
      """

    private static func begin(_ world: PodFixture) throws {
      try apply("ConfigMap", "settings", "data-1: value-1", world)
      try world.create(Spec.shell(Spec.idle, pod: sources, container: mounts))
      try world.waitUntilRunning()
    }

    private static func apply(
      _ kind: String, _ name: String, _ data: String, _ world: PodFixture
    ) throws {
      let field = kind == "Secret" ? "stringData" : "data"
      try world.podshim(
        ["apply", "-f", "-"],
        input: "{apiVersion: v1, kind: \(kind), metadata: {name: \(name)}, \(field): {\(data)}}")
    }

    /// Waits until the container reads `text` at each of these paths; nil is no file.
    private static func expect(
      _ text: String?, at paths: String..., in world: PodFixture
    ) throws {
      for path in paths {
        try world.wait(for: "`\(path)` to be \(text ?? "gone")") {
          let result = try world.run(["exec", "pod", "-c", "main", "--", "cat", "/v/\(path)"])
          return text == nil ? !result.succeeded : result.outputText == text
        }
      }
    }

    @Test("What changes, comes or goes is seen in a pod that runs", arguments: RuntimeKind.all)
    func changes(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try Self.begin(world)
        try Self.expect("value-1", at: "map/data-1", "all/data-1", in: world)
        try Self.expect("pod", at: "all/name", in: world)
        try Self.expect(nil, at: "maybe-map/a", "maybe-secret/a", in: world)
        try Self.apply("ConfigMap", "settings", "data-1: value-2", world)
        try Self.expect("value-2", at: "map/data-1", "all/data-1", in: world)
        try Self.apply("ConfigMap", "maybe", "a: one", world)
        try Self.apply("Secret", "maybe", "a: two", world)
        try Self.expect("one", at: "maybe-map/a", "all/map", in: world)
        try Self.expect("two", at: "maybe-secret/a", "all/secret", in: world)
        try world.podshim("delete", "configmap", "maybe")
        try world.podshim("delete", "secret", "maybe")
        try Self.expect(
          nil, at: "maybe-map/a", "all/map", "maybe-secret/a", "all/secret", in: world)
        try world.podshim("label", "pod", "pod", "key1=value1", "key2=value2")
        try Self.expect("key1=\"value1\"\nkey2=\"value2\"", at: "fields/labels", in: world)
      }
    }

    @Test("What is gone and should not be stays in sight, and is told", arguments: RuntimeKind.all)
    func gone(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try Self.begin(world)
        try world.podshim("delete", "configmap", "settings")
        try world.wait(untilReported: ["FailedMount"])
        try Self.expect("value-1", at: "map/data-1", in: world)
      }
    }

    @Test("A supervisor that was away reads what has changed", arguments: RuntimeKind.all)
    func away(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try Self.begin(world)
        try world.supervisor().signal(SIGKILL)
        try Self.apply("ConfigMap", "settings", "data-1: value-3", world)
        try Self.expect("value-3", at: "map/data-1", "all/data-1", in: world)
      }
    }
  }
}
