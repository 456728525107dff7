import PodModel
import Testing

/// What may change of the resources of a pod that runs.
@Suite struct ResizeTests {
  static func stored() throws -> Pod {
    let manifest = Manifest.read(
      text: """
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          initContainers:
          - {name: prepare, image: b, resources: {limits: {cpu: 1, memory: 32Mi}}}
          - name: proxy
            image: b
            restartPolicy: Always
            resources: {limits: {cpu: 1, memory: 32Mi}}
          containers:
          - name: web
            image: b
            resources:
              requests: {cpu: 1, memory: 32Mi, ephemeral-storage: 1Gi}
              limits: {cpu: 2, memory: 64Mi}
          - {name: free, image: b}
        """, file: "f")
    guard let pod = manifest.pods.first else { throw PodUpdateTests.NoPod() }
    return pod
  }

  static func errors(_ change: (inout Pod) -> Void) throws -> [String] {
    let old = try stored()
    let update = PodUpdate(of: old, to: old.with(change))
    if update.errors.isEmpty { #expect(update.isChange) }
    return update.errors.map { $0.description.split(separator: "\n").first.map(String.init) ?? "" }
  }

  @Test func `CPU and memory of what goes on may change`() throws {
    #expect(
      try Self.errors {
        $0.spec.containers[0].resources?.limits["cpu"] = Quantity(4)
        $0.spec.containers[0].resources?.requests["memory"] = Quantity(1 << 20)
        $0.spec.initContainers[1].resources?.limits["memory"] = Quantity(1 << 30)
        $0.spec.containers[1].resources?.requests["cpu"] = Quantity(1)
      }.isEmpty)
  }

  @Test func `what an init container had is over, and other resources do not change`() throws {
    #expect(
      try Self.errors { $0.spec.initContainers[0].resources?.limits["cpu"] = Quantity(4) }
        == [PodUpdateTests.onlyThese])
    #expect(
      try Self.errors {
        $0.spec.containers[0].resources?.requests["ephemeral-storage"] = Quantity(1)
      } == [PodUpdateTests.onlyThese])
  }

  @Test func `what was said once is not taken back`() throws {
    #expect(
      try Self.errors { $0.spec.containers[0].resources?.limits["cpu"] = nil } == [
        "spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed"
      ])
    #expect(
      try Self.errors { $0.spec.initContainers[1].resources?.requests["memory"] = nil } == [
        "spec.initContainers[1].resources.requests: Forbidden: resource requests cannot be removed"
      ])
  }

  @Test func `the class stays`() throws {
    let old = try Self.stored().with {
      $0.spec.initContainers = []
      $0.spec.containers.removeFirst()
    }
    let new = old.with { $0.spec.containers[0].resources?.requests["cpu"] = Quantity(1) }
    #expect(
      PodUpdate(of: old, to: new).errors.map(\.description) == [
        "spec: Invalid value: \"Burstable\": Pod QOS Class may not change as a result of resizing"
      ])
  }
}
