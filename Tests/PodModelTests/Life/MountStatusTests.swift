import PodModel
import Testing

/// The volumes of a container in its status.
@Suite struct MountStatusTests {
  @Test(arguments: [true, false])
  func `mounts are shown as they are made on this host`(reachesBelow: Bool) throws {
    let pod = try PlannedPod.plan(
      spec: """
        volumes: [{name: data, emptyDir: {}}]
        containers:
        - name: main
          image: image
          volumeMounts:
          - {name: data, mountPath: /a}
          - {name: data, mountPath: /b, readOnly: true}
          - {name: data, mountPath: /c, readOnly: true, recursiveReadOnly: IfPossible}
        """
    ).pod
    let host = HostFacts(hostname: "node", kernel: "6.1.0", recursiveReadOnly: reachesBelow)
    var life = PodLife(LifeSpec(pod, on: host))
    _ = life.handle(.begun, at: .zero)
    let mounts = life.status(bootedAt: .zero).containerStatuses.flatMap(\.volumeMounts)
    #expect(mounts.map(\.name) == ["data", "data", "data"])
    #expect(mounts.map(\.mountPath) == ["/a", "/b", "/c"])
    #expect(mounts.map(\.readOnly) == [nil, true, true])
    #expect(
      mounts.map(\.recursiveReadOnly) == [nil, .disabled, reachesBelow ? .enabled : .disabled])
  }
}
