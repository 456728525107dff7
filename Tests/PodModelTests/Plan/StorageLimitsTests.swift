import PodModel
import Testing

/// What is said of a pod that keeps more on disk than it may.
@Suite struct StorageLimitsTests {
  private static let megabyte: Int64 = 1 << 20

  private static func limits(_ spec: String) throws -> StorageLimits {
    StorageLimits(of: try PlannedPod.plan(spec: spec).pod.spec)
  }

  private static let two = """
    volumes:
    - {name: limited, emptyDir: {sizeLimit: 2Mi}}
    - {name: free, emptyDir: {}}
    - {name: memory, emptyDir: {medium: Memory, sizeLimit: 1Mi}}
    - {name: map, configMap: {name: map}}
    - {name: secret, secret: {secretName: secret}}
    - {name: host, hostPath: {path: /srv}}
    containers:
    - {name: one, image: image, resources: {limits: {ephemeral-storage: 2Mi}}}
    - {name: two, image: image, resources: {limits: {ephemeral-storage: 3Mi}}}
    - {name: three, image: image}
    """

  @Test(
    arguments: [
      ([.volume("limited"): 2, .layer("two"): 3], nil),
      (
        [.volume("limited"): 3, .layer("one"): 9],
        "Usage of EmptyDir volume \"limited\" exceeds the limit \"2Mi\". "
      ),
      (
        [.volume("free"): 4, .layer("three"): 1, .logs("two"): 1],
        "Pod ephemeral local storage usage exceeds the total limit of containers 5Mi. "
      ),
      (
        [.layer("one"): 2, .logs("one"): 1],
        "Container one exceeded its local ephemeral storage limit \"2Mi\". "
      ),
      ([.layer("three"): 5], nil),
    ] as [([StorageLimits.Place: Int64], String?)])
  func `what a pod keeps on disk is held against each of its limits`(
    used: [StorageLimits.Place: Int64], message: String?
  ) throws {
    let bytes = used.mapValues { $0 * Self.megabyte }
    #expect(try Self.limits(Self.two).excess(bytes) == message)
  }

  @Test func `what lies on disk is measured, and of a pod without limits nothing`() throws {
    #expect(
      try Self.limits(Self.two).places == [
        .volume("limited"), .volume("free"), .volume("map"), .layer("one"), .layer("two"),
        .layer("three"), .logs("one"), .logs("two"), .logs("three"),
      ])
    let volume = "volumes: [{name: data, emptyDir: {sizeLimit: 1Mi}}, {name: free, emptyDir: {}}]\n"
    let container = "containers: [{name: one, image: image}]"
    #expect(try Self.limits(volume + container).places == [.volume("data")])
    #expect(try Self.limits(container).places.isEmpty)
  }

  @Test func `a single limit is named as it is written`() throws {
    let limits = try Self.limits(
      "containers: [{name: one, image: image, resources: {limits: {ephemeral-storage: 1M}}}]")
    #expect(
      limits.excess([.logs("one"): Self.megabyte])
        == "Pod ephemeral local storage usage exceeds the total limit of containers 1M. ")
  }
}
