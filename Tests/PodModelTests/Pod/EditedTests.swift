import PodModel
import Testing

/// What an editor makes of an object that others change while it is open.
@Suite("Edited, and changed meanwhile")
struct EditedTests {
  private func object<Object: NamedObject>(_ text: String, _ type: Object.Type) throws -> Object {
    let manifest = Manifest.read(text: text, file: "f.yaml")
    try #require(manifest.errors.isEmpty, "\(manifest.errors)")
    return try #require(manifest.objects.first as? Object)
  }

  private func map(_ data: String, version: String? = nil) throws -> ConfigMap {
    let text = "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: \(data)}"
    return try object(text, ConfigMap.self).with { $0.metadata.resourceVersion = version }
  }

  private func pod(_ metadata: String, _ containers: String) throws -> Pod {
    try object(
      """
      {apiVersion: v1, kind: Pod, metadata: {name: p, \(metadata)},
       spec: {containers: [\(containers)]}}
      """, Pod.self)
  }

  @Test(arguments: [
    // Nobody else was there.
    ("{a: '1', b: '1'}", "{a: '2'}", "{a: '1', b: '1'}", "{a: '2'}"),
    // Others changed something else, added, took away.
    ("{a: '1', b: '1'}", "{a: '2', b: '1'}", "{a: '1', b: '9'}", "{a: '2', b: '9'}"),
    ("{a: '1'}", "{a: '2'}", "{a: '1', x: z}", "{a: '2', x: z}"),
    ("{a: '1', b: '1'}", "{a: '2', b: '1'}", "{a: '1'}", "{a: '2'}"),
    // Both changed the same.
    ("{a: '1'}", "{a: '2'}", "{a: '3'}", "{a: '2'}"),
    ("{a: '1'}", "{a: '2'}", "{}", "{a: '2'}"),
    ("{a: '1', b: '1'}", "{b: '1'}", "{a: '3', b: '1'}", "{b: '1'}"),
    // The editor touched nothing.
    ("{a: '1'}", "{a: '1'}", "{a: '3', x: z}", "{a: '3', x: z}"),
  ])
  func `the changes of both are there`(
    original: String, edited: String, live: String, then: String
  ) throws {
    let edit = try Edited(map(edited), from: map(original))
    #expect(try edit.merged(into: map(live)).data == map(then).data)
  }

  @Test func `containers are merged by their names`() throws {
    let original = try pod("labels: {a: '1'}", "{name: x, image: 'i:1'}, {name: z, image: 'i:1'}")
    let edited = try pod("labels: {a: '1'}", "{name: x, image: 'i:2'}, {name: z, image: 'i:1'}")
    let live = try pod("labels: {b: '2'}", "{name: x, image: 'i:1'}, {name: z, image: 'i:3'}")
    let merged = try Edited(edited, from: original).merged(
      into: live.with { $0.spec.ephemeralContainers = [EphemeralContainer()] })
    #expect(merged.spec.containers.map(\.image) == ["i:2", "i:3"])
    #expect(merged.metadata.labels == ["b": "2"])
    #expect(merged.spec.ephemeralContainers.count == 1)
  }

  @Test func `a version counts when somebody wrote another one`() throws {
    let original = try map("{a: '1'}", version: "3")
    #expect(try Edited(map("{a: '2'}", version: "3"), from: original).version == nil)
    #expect(try Edited(map("{a: '2'}", version: "2"), from: original).version == "2")
  }
}
