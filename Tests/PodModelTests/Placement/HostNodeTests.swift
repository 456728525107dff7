import Testing

@testable import PodModel

/// Which pods this host takes, and what it says to the others.
@Suite struct HostNodeTests {
  static let host = HostNode(
    name: "here", machine: "x86_64", added: ["disk": "ssd", "cores": "8", "empty": ""])

  static func spec(_ text: String) throws -> PodSpec {
    let manifest = Manifest.read(
      text: """
        apiVersion: v1
        kind: Pod
        metadata: {name: x}
        spec:
          containers: [{name: x, image: x}]
          \(text)
        """, file: "f")
    #expect(manifest.errors.isEmpty, "\(text)")
    guard let pod = manifest.pods.first else { throw NoPod() }
    return pod.spec
  }

  struct NoPod: Error {}

  @Test(arguments: [
    ("x86_64", "amd64"), ("aarch64", "arm64"), ("armv7l", "arm"), ("i686", "386"),
    ("riscv64", "riscv64"),
  ])
  func `the host's own labels are a node's`(machine: String, architecture: String) {
    #expect(
      HostNode(name: "a.b", machine: machine).labels == [
        "kubernetes.io/hostname": "a.b", "kubernetes.io/os": "linux",
        "kubernetes.io/arch": architecture,
      ])
  }

  @Test(arguments: [
    ("{}", true), ("{kubernetes.io/os: linux}", true), ("{kubernetes.io/os: windows}", false),
    ("{kubernetes.io/hostname: here, disk: ssd}", true), ("{kubernetes.io/arch: amd64}", true),
    ("{kubernetes.io/hostname: here, disk: hdd}", false), ("{zone: a}", false),
    ("{empty: \"\"}", true), ("{zone: \"\"}", false),
  ])
  func `a node selector names labels that must be equal`(text: String, fits: Bool) throws {
    let objection = try Self.host.objection(to: Self.spec("nodeSelector: \(text)"))
    #expect((objection == nil) == fits)
  }

  static func affinity(_ terms: String) throws -> PodSpec {
    try spec(
      "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: "
        + "{nodeSelectorTerms: \(terms)}}}")
  }

  @Test(arguments: [
    ("disk, operator: In, values: [hdd, ssd]", true), ("disk, operator: In, values: [hdd]", false),
    ("zone, operator: In, values: [\"\"]", false),
    ("disk, operator: NotIn, values: [hdd]", true), ("disk, operator: NotIn, values: [ssd]", false),
    ("zone, operator: NotIn, values: [a]", true),
    ("empty, operator: Exists", true), ("zone, operator: Exists", false),
    ("zone, operator: DoesNotExist", true), ("disk, operator: DoesNotExist", false),
    ("cores, operator: Gt, values: [\"7\"]", true), ("cores, operator: Gt, values: [\"8\"]", false),
    ("cores, operator: Lt, values: [\"10\"]", true),
    ("cores, operator: Lt, values: [\"8\"]", false),
    ("disk, operator: Gt, values: [\"1\"]", false), ("zone, operator: Lt, values: [\"1\"]", false),
  ])
  func `each operator compares as the scheduler's`(text: String, fits: Bool) throws {
    let spec = try Self.affinity("[{matchExpressions: [{key: \(text)}]}]")
    #expect((Self.host.objection(to: spec) == nil) == fits)
  }

  @Test(arguments: [
    ("[{matchFields: [{key: metadata.name, operator: In, values: [here]}]}]", true),
    ("[{matchFields: [{key: metadata.name, operator: In, values: [there]}]}]", false),
    ("[{matchFields: [{key: metadata.name, operator: NotIn, values: [there]}]}]", true),
    ("[{}]", false),
    ("[{}, {matchExpressions: [{key: disk, operator: Exists}]}]", true),
    (
      "[{matchExpressions: [{key: zone, operator: Exists}, {key: disk, operator: Exists}]}]", false
    ),
    (
      "[{matchExpressions: [{key: disk, operator: Exists}], matchFields: "
        + "[{key: metadata.name, operator: NotIn, values: [here]}]}]", false
    ),
    (
      "[{matchExpressions: [{key: zone, operator: Exists}]}, "
        + "{matchExpressions: [{key: disk, operator: Exists}]}]", true
    ),
  ])
  func `one term is enough, and needs all of itself`(terms: String, fits: Bool) throws {
    #expect((try Self.host.objection(to: Self.affinity(terms)) == nil) == fits)
  }

  @Test func `selector and affinity must both be met`() throws {
    var spec = try Self.affinity("[{matchExpressions: [{key: disk, operator: Exists}]}]")
    spec.nodeSelector = ["disk": "ssd"]
    #expect(Self.host.objection(to: spec) == nil)
    spec.nodeSelector = ["disk": "hdd"]
    #expect(
      Self.host.objection(to: spec)
        == "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. "
        + "preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.")
    var relabeled = Self.host
    relabeled.labels["disk"] = "hdd"
    #expect(relabeled.objection(to: spec) == nil)
  }

  @Test func `wishes do not hold a pod back`() throws {
    let spec = try Self.spec(
      """
      affinity:
          nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1}]}
          podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: x}]}
      """)
    #expect(Self.host.objection(to: spec) == nil)
  }

  @Test func `a pod for another node says so`() throws {
    #expect(Self.host.objection(to: try Self.spec("nodeName: here")) == nil)
    #expect(
      Self.host.objection(to: try Self.spec("nodeName: there"))
        == "the pod is for the node `there`, and this host is `here`: leave out `nodeName`, or "
        + "create the pod there")
  }
}
