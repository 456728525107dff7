import Glibc
import PodModel
import Testing

@testable import PodShim

/// Changes of a pod that runs.
extension Pods {
  @Suite("A pod is changed in place")
  struct UpdateTests {
    static let idle = "[sh, -c, \"\(Spec.idle)\"]"

    static func manifest(main: String, side: String = "busybox", extra: String = "") -> String {
      PodFixture.manifest(
        """
        terminationGracePeriodSeconds: 2
        containers:
        - {name: main, image: \(main), command: \(idle)}
        - {name: side, image: \(side), command: \(idle)}
        \(extra)
        """)
    }

    @Test("apply creates, changes one container, and leaves alone", arguments: RuntimeKind.all)
    func apply(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["busybox", "alpine"]) { world in
        func apply(_ manifest: String) throws -> ProgramResult {
          try world.run(["apply", "-f", "-"], input: Array(manifest.utf8))
        }
        #expect(try apply(Self.manifest(main: "busybox")).outputText == "pod/pod created\n")
        try world.waitUntilRunning()
        #expect(try apply(Self.manifest(main: "busybox")).outputText == "pod/pod unchanged\n")
        let before = try world.pod()
        let side = try world.container("side")
        #expect(try apply(Self.manifest(main: "alpine")).outputText == "pod/pod configured\n")
        try Self.waitForRestart(of: "main", world)
        #expect(try world.container("main").imageID.hasPrefix("docker.io/library/alpine@"))
        #expect(try world.container("side") == side)
        let after = try world.pod()
        #expect(after.metadata.uid == before.metadata.uid)
        #expect(after.metadata.generation == 2)
        let refused = try apply(Self.manifest(main: "alpine", extra: "hostname: other"))
        #expect(refused.status == .exited(1))
        #expect(refused.errorText.hasPrefix("The Pod \"pod\" is invalid: spec: Forbidden: "))
        #expect(try world.pod().spec == after.spec)
      }
    }

    @Test("set image changes one container, under Never too", arguments: RuntimeKind.all)
    func image(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["busybox", "alpine"]) { world in
        let manifest = Self.manifest(main: "busybox", extra: "restartPolicy: Never")
        try world.podshim(["create", "-f", "-"], input: manifest)
        try world.waitUntilRunning()
        #expect(
          try world.podshim("set", "image", "pod/pod", "main=alpine") == "pod/pod image updated\n")
        #expect(try world.podshim("set", "image", "pod/pod", "main=alpine") == "")
        try Self.waitForRestart(of: "main", world)
        #expect(try world.container("main").imageID.hasPrefix("docker.io/library/alpine@"))
        #expect(try world.container("side").restartCount == 0)
        let unknown = try world.run(["set", "image", "pod/pod", "mian=alpine"])
        #expect(unknown.errorText == "error: unable to find container named \"mian\"\n")
      }
    }

    @Test("No change is lost when the supervisor is killed around it", arguments: RuntimeKind.all)
    func killed(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["busybox", "alpine"]) { world in
        try world.podshim(["create", "-f", "-"], input: Self.manifest(main: "busybox"))
        try world.waitUntilRunning()
        for (index, image) in ["alpine", "busybox", "alpine"].enumerated() {
          // Dead while the change is made, then just after.
          let supervisor = try world.supervisor()
          if index == 0 { try supervisor.signal(SIGKILL) }
          try world.podshim("set", "image", "pod/pod", "main=\(image)")
          if index > 0 { try supervisor.signal(SIGKILL) }
          try Self.waitForRestart(of: "main", number: index + 1, world)
          #expect(try world.container("main").image == image)
        }
        #expect(try world.container("side").restartCount == 0)
      }
    }

    @Test("debug looks inside a container, and stays in the pod", arguments: RuntimeKind.all)
    func debug(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.podshim(["create", "-f", "-"], input: Self.manifest(main: "busybox"))
        try world.waitUntilRunning()
        let session = try Dialogue(
          world.program([
            "debug", "-it", "pod", "--image", "busybox", "--target", "main", "-c", "look", "--",
            "sh",
          ]), onTerminal: true)
        try session.expect("Targeting container \"main\".")
        try session.expect("# ")
        try session.type("ps\n")
        try session.expect("sleep 1000")
        try session.type("exit\n")
        #expect(try session.end() == .exited(0))
        let status = try world.status()
        #expect(status.ephemeralContainerStatuses.map(\.name) == ["look"])
        #expect(status.phase == .running)
        try world.wait(for: "the container to be described") {
          try world.podshim("describe", "pod", "pod").contains(
            "Ephemeral Containers:\n  look:\n")
        }
        // A name is for one container, for as long as the pod lives.
        let again = try world.run(["debug", "pod", "--image", "busybox", "-c", "look"])
        #expect(again.errorText.contains("Duplicate value: \"look\""))
      }
    }

    static func waitForRestart(
      of container: String, number: Int = 1, _ world: PodFixture
    ) throws {
      try world.wait(for: "`\(container)` to run again") {
        let status = try world.container(container)
        return status.restartCount == number && status.state?.running != nil
      }
    }
  }

  @Suite("A pod waits for a host with its labels")
  struct PlacementTests {
    @Test("It starts when the label comes, and says until then why not", arguments: RuntimeKind.all)
    func label(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell(Spec.idle, pod: "nodeSelector: {disktype: ssd}"))
        let condition = try world.wait(until: "the pod to be refused a place") {
          try world.status().conditions.first { $0.type == "PodScheduled" && $0.status == .false }
        }
        #expect(condition.reason == "Unschedulable")
        #expect(condition.message?.hasPrefix("0/1 nodes are available: ") == true)
        #expect(try world.pod().spec.nodeName == nil)
        let description = try world.podshim("describe", "pod", "pod").split(separator: "\n")
        #expect(description.contains { $0.hasPrefix("Node: ") && $0.hasSuffix(" <none>") })
        #expect(description.contains { $0.contains("  Warning  FailedScheduling  ") })
        #expect(try world.cell("STATUS") == "Pending")
        let node = NodeRecord.hostname()
        #expect(try world.podshim("label", "node", "rack=7") == "node/\(node) labeled\n")
        #expect(try world.podshim("label", "node", "disktype=ssd") == "node/\(node) labeled\n")
        try world.waitUntilRunning()
        #expect(try world.pod().spec.nodeName == node)
        // What runs stays where it is.
        #expect(try world.podshim("label", "node", "disktype-") == "node/\(node) unlabeled\n")
        #expect(try world.status().phase == .running)
      }
    }
  }
}
