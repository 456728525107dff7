import PodModel
import Testing

/// What `apply` makes of an object that was applied before, and that others have changed since.
@Suite("Apply, again")
struct LastAppliedTests {
  private func applied<Object: NamedObject>(_ text: String, _ type: Object.Type) throws -> Object {
    let manifest = Manifest.read(text: text, file: "f.yaml")
    try #require(manifest.errors.isEmpty, "\(manifest.errors)")
    let object = try #require(manifest.objects.first as? Object)
    return LastApplied.note(try #require(manifest.sources.first), on: object)
  }

  private func map(_ data: String) throws -> ConfigMap {
    try applied(
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: \(data)}", ConfigMap.self)
  }

  private func pod(_ metadata: String, _ spec: String) throws -> Pod {
    try applied(
      """
      {apiVersion: v1, kind: Pod, metadata: {name: p, \(metadata)},
       spec: {\(spec), containers: [{name: c, image: 'busybox:1'}]}}
      """, Pod.self)
  }

  @Test func `the note is the manifest, on one line, without an earlier note`() throws {
    let first = try map("{a: b}")
    #expect(
      first.metadata.annotations[LastApplied.annotation]
        == #"{"apiVersion":"v1","data":{"a":"b"},"kind":"ConfigMap","metadata":{"name":"m"}}"#
        + "\n")
    let written = first.node.jsonText()
    let second = try applied(written, ConfigMap.self)
    let note = try #require(second.metadata.annotations[LastApplied.annotation])
    #expect(!note.contains("last-applied"))
  }

  @Test(arguments: [
    ("{a: '1'}", "{a: '1'}", "{a: '1'}", "{a: '1'}"),
    ("{a: '1'}", "{a: '1', x: z}", "{a: '2'}", "{a: '2', x: z}"),
    ("{a: '1', b: '1'}", "{a: '1', b: '1', x: z}", "{a: '1'}", "{a: '1', x: z}"),
    ("{a: '1'}", "{a: changed}", "{a: '1'}", "{a: '1'}"),
    ("{a: '1'}", "{}", "{a: '1', b: '2'}", "{a: '1', b: '2'}"),
  ])
  func `what others added stays, what the manifest no longer says goes`(
    last: String, live: String, new: String, then: String
  ) throws {
    let stored = try map(last).with { $0.data = try map(live).data }
    #expect(try LastApplied.merge(map(new), into: stored).data == map(then).data)
  }

  @Test func `without a note nothing goes`() throws {
    let stored = try map("{a: '1', b: '1'}").with { $0.metadata.annotations = [:] }
    #expect(try LastApplied.merge(map("{a: '2'}"), into: stored).data == ["a": "2", "b": "1"])
  }

  @Test func `labels, images and what a preset brought stay when others made them`() throws {
    let stored = try pod("labels: {app: web, old: x}", "hostname: h").with {
      $0.metadata.labels["by"] = "hand"
      $0.spec.volumes.append(Volume().with { $0.name = "preset" })
      $0.spec.containers[0].env.append(EnvVar().with { $0.name = "PRESET" })
    }
    let merged = try LastApplied.merge(pod("labels: {app: shop}", "hostname: h"), into: stored)
    #expect(merged.metadata.labels == ["app": "shop", "by": "hand"])
    #expect(merged.spec == stored.spec)
    let update = PodUpdate(of: stored, to: merged)
    #expect(update.errors.isEmpty && update.isChange)
  }

  @Test func `what may not change is forbidden, also when the manifest leaves it out`() throws {
    let stored = try pod("labels: {}", "hostname: h")
    let merged = try LastApplied.merge(pod("labels: {}", "subdomain: s"), into: stored)
    #expect(merged.spec.hostname == nil && merged.spec.subdomain == "s")
    #expect(!PodUpdate(of: stored, to: merged).errors.isEmpty)
  }

  @Test func `a note that cannot be read is an error`() throws {
    let stored = try map("{}").with { $0.metadata.annotations[LastApplied.annotation] = "{" }
    #expect(throws: PodError.self) { try LastApplied.merge(map("{}"), into: stored) }
  }
}
