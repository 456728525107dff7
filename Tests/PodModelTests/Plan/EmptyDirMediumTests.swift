import PodModel
import Testing

/// What an emptyDir is made of.
@Suite struct EmptyDirMediumTests {
  private static let memory: Int64 = 64 << 20

  private static func medium(_ source: String, containers: String) throws -> EmptyDirMedium {
    let spec = try PlannedPod.plan(
      spec: "volumes: [{name: data, emptyDir: \(source)}]\ncontainers: [\(containers)]"
    ).pod.spec
    return try EmptyDirMedium(
      of: spec.volumes[0].emptyDir ?? EmptyDirVolumeSource(), in: spec, memory: memory)
  }

  private static let limited =
    "{name: one, image: i, resources: {limits: {memory: 6Mi}}}, "
    + "{name: two, image: i, resources: {limits: {memory: 4Mi}}}"
  private static let free =
    "{name: one, image: i, resources: {limits: {memory: 6Mi}}}, {name: two, image: i}"

  @Test(arguments: [
    ("{medium: Memory}", limited, 10), ("{medium: Memory, sizeLimit: 3Mi}", limited, 3),
    ("{medium: Memory, sizeLimit: 30Mi}", limited, 10),
    ("{medium: Memory, sizeLimit: 30Mi}", free, 30), ("{medium: Memory}", free, 64),
    ("{medium: Memory, sizeLimit: 1Gi}", free, 64), ("{medium: Memory, sizeLimit: 0}", free, 64),
  ])
  func `what lies in memory is never more than the pod may take`(
    source: String, containers: String, megabytes: Int64
  ) throws {
    let size = megabytes << 20
    #expect(try Self.medium(source, containers: containers) == .memory(size: size))
  }

  private static func asking(for names: String...) -> String {
    let limits = names.map { "hugepages-\($0): 1Gi" }.joined(separator: ", ")
    return "{name: one, image: i, resources: {limits: {\(limits), memory: 1Gi}}}"
  }

  @Test func `huge pages are those that containers ask for`() throws {
    let one = Self.asking(for: "2Mi")
    let both = Self.asking(for: "2Mi", "1Gi")
    #expect(
      try Self.medium("{medium: HugePages}", containers: one)
        == .hugePages(page: 2 << 20, size: nil))
    #expect(
      try Self.medium("{medium: HugePages-1Gi, sizeLimit: 1Gi}", containers: both)
        == .hugePages(page: 1 << 30, size: 1 << 30))
    for (medium, containers, message) in [
      (
        "HugePages", both,
        "medium: HugePages can't be used if container requests multiple huge page sizes"
      ),
      (
        "HugePages-1Gi", one,
        "hugePages storage requested, but there is no resource request for huge pages"
      ),
      (
        "HugePages", "{name: one, image: i}",
        "hugePages storage requested, but there is no resource request for huge pages"
      ),
      ("Paper", one, "unknown storage medium \"Paper\""),
    ] {
      #expect(throws: EmptyDirMedium.Unknown(description: message)) {
        _ = try Self.medium("{medium: \(medium)}", containers: containers)
      }
    }
  }
}
