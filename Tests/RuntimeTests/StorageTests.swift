import PodModel
import Testing

@testable import PodShim

/// What a pod may keep on the disk of its host.
extension Lives {
  @Suite("A pod that keeps more on disk than it may is evicted")
  struct StorageTests {
    /// It fills a place and waits, beside one that has written nothing.
    private static func pod(
      _ work: String, limits: (main: String, other: String), sizeLimit: String = "1Gi"
    ) -> String {
      """
      volumes: [{name: data, emptyDir: {sizeLimit: \(sizeLimit)}}]
      containers:
      - name: main
        image: busybox
        command: [sh, -c, "\(work); trap exit TERM; while :; do sleep 1; done"]
        resources: {limits: {ephemeral-storage: \(limits.main)}}
        volumeMounts: [{name: data, mountPath: /data}]
      - name: other
        image: busybox
        command: [sh, -c, "trap exit TERM; while :; do sleep 1; done"]
        resources: {limits: {ephemeral-storage: \(limits.other)}}
      """
    }

    private static func fill(_ path: String) -> String {
      "dd if=/dev/zero of=\(path) bs=1M count=3 2>/dev/null"
    }

    @Test("Who keeps more on disk than it may has to go", arguments: RuntimeKind.all)
    func eviction(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let print = "head -c 3000000 /dev/zero | tr '\\\\0' x | fold -w 100"
        let ofMain = "Container main exceeded its local ephemeral storage limit \"2Mi\". "
        let pods = [
          (
            "volume", Self.pod(Self.fill("/data/file"), limits: ("1Gi", "1Gi"), sizeLimit: "2Mi"),
            "Usage of EmptyDir volume \"data\" exceeds the limit \"2Mi\". "
          ),
          ("layer", Self.pod(Self.fill("/file"), limits: ("2Mi", "1Gi")), ofMain),
          ("logs", Self.pod(print, limits: ("2Mi", "1Gi")), ofMain),
          (
            "sum", Self.pod(Self.fill("/data/file"), limits: ("1Mi", "1Mi")),
            "Pod ephemeral local storage usage exceeds the total limit of containers 2Mi. "
          ),
        ]
        try world.create(Self.pod(Self.fill("/file"), limits: ("1Gi", "2Mi")), named: "within")
        for (name, spec, _) in pods { try world.create(spec, named: name) }
        for (name, _, message) in pods {
          try world.wait(until: .failed, name, within: .seconds(40))
          let status = try world.status(name)
          #expect(status.reason == "Evicted", "\(name)")
          #expect(status.message == message, "\(name)")
          #expect(status.containerStatuses.allSatisfy { $0.restartCount == 0 }, "\(name)")
        }
        #expect(try world.status("within").phase == .running)
        try world.podshim("delete", "pod", "--all")
        try world.expectNoTraces()
      }
    }
  }
}
