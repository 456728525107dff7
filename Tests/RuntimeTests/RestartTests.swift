import PodModel
import Testing

@testable import PodShim

/// One pass through the kubelet's pauses on a real clock; `fixtures/lives` has the rest.
extension Lives {
  @Suite("Containers are started again as restartPolicy says")
  struct RestartTests {
    /// Ends with 1 the first time, with 0 the second time, and goes on the third time.
    static let third = """
      echo x >> /data/runs
      case $(wc -l < /data/runs) in
      1) echo first; exit 1;;
      2) echo second; exit 0;;
      esac
      \(Spec.idle)
      """

    static func spec(_ policy: String) -> String {
      Spec.shell(
        third, pod: "restartPolicy: \(policy)\nvolumes: [{name: data, emptyDir: {}}]",
        container: "volumeMounts: [{name: data, mountPath: /data}]")
    }

    @Test("Always: at once, then after a pause that get shows", arguments: RuntimeKind.all)
    func always(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Self.spec("Always"))
        let waiting = try world.wait(untilWaiting: "CrashLoopBackOff")
        let uid = try world.uid()
        #expect(
          waiting.message
            == "back-off 10s restarting failed container=main pod=pod_default(\(uid))")
        let container = try world.container("main")
        #expect(container.restartCount == 1)
        #expect(container.lastState?.terminated?.exitCode == 0)
        #expect(try world.cell("STATUS") == "CrashLoopBackOff")
        #expect(try world.cell("RESTARTS").hasPrefix("1 ("))
        #expect(try world.status().phase == .running)
        #expect(try world.logs(of: "main") == "second\n")
        #expect(try world.podshim("logs", "pod", "--previous") == "second\n")
      }
    }

    /// The kubelet's first pause is ten seconds, whatever it waits for: all of it at once here.
    @Test("What has to wait is tried again ten seconds later", arguments: RuntimeKind.all)
    func pauses(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        // A store of this world's own, without an image.
        try world.beginWithoutImages()
        world.pull = .missing
        let spec = Spec.shell(Spec.idle).replacing("busybox", with: "localhost:1/busybox")
        try world.create(spec, named: "image")
        _ = try world.wait(untilWaiting: "ErrImagePull", of: "image")
        let busybox = world.host.archive("busybox")
        try world.podshim("load", "-i", busybox)
        try world.podshim("load", "-i", busybox, "--name", "localhost:1/busybox")
        try world.create(Self.spec("Always"), named: "crash")
        let volume = "{name: late, hostPath: {path: \(world.folder)/late, type: Directory}}"
        try world.create(Spec.shell(Spec.idle, pod: "volumes: [\(volume)]"), named: "volume")
        try world.wait(for: "an event that says why `volume` waits") {
          try world.events(of: "volume").contains { $0.contains("is not a directory") }
        }
        try Files.makeDirectories("\(world.folder)/late")
        _ = try world.wait(untilWaiting: "CrashLoopBackOff", of: "crash")
        for pod in ["image", "crash", "volume"] { try world.waitUntilRunning(pod) }
        #expect(try world.container("main", of: "crash").restartCount == 2)
        #expect(try world.podshim("images").contains("docker.io/library/busybox"))
        try world.podshim("delete", "pods", "--all")
        try world.podshim("rmi", "busybox")
      }
    }

    @Test("The next run does not come into the way of the last one", arguments: RuntimeKind.all)
    func sideBySide(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let containers = (0..<10).map {
          "- {name: c\($0), image: busybox, command: [sh, -c, \"exit 3\"]}"
        }
        try world.create(
          "terminationGracePeriodSeconds: 2\ncontainers:\n" + containers.joined(separator: "\n"))
        for number in 0..<10 {
          _ = try world.wait(untilWaiting: "CrashLoopBackOff", "c\(number)")
        }
        let ends = try world.status().containerStatuses.map(\.lastState?.terminated)
        #expect(ends.map { $0?.exitCode } == Array(repeating: 3, count: 10))
        #expect(ends.compactMap { $0?.message } == [])
      }
    }

    @Test("OnFailure: until it ends well", arguments: RuntimeKind.all)
    func onFailure(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Self.spec("OnFailure"))
        try world.wait(until: .succeeded)
        let container = try world.container("main")
        #expect(container.restartCount == 1)
        #expect(container.state?.terminated?.exitCode == 0)
        #expect(container.lastState?.terminated?.exitCode == 1)
        #expect(try world.logs(of: "main") == "second\n")
        #expect(try world.podshim("logs", "pod", "-p") == "first\n")
      }
    }

    @Test("Never: not at all", arguments: RuntimeKind.all)
    func never(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Self.spec("Never"))
        try world.wait(until: .failed)
        let container = try world.container("main")
        #expect(container.restartCount == 0)
        #expect(container.state?.terminated?.exitCode == 1)
      }
    }

    @Test("A container that ends does not disturb the others", arguments: RuntimeKind.all)
    func others(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          """
          restartPolicy: OnFailure
          containers:
          - {name: short, image: busybox, command: [sh, -c, "sleep 0.2"]}
          - {name: long, image: busybox, command: [sh, -c, "\(Spec.idle)"]}
          """)
        #expect(try world.end(of: "short").exitCode == 0)
        let long = try world.process(of: "long")
        #expect(try world.status().phase == .running)
        #expect(try world.cell("READY") == "1/2")
        #expect(try world.cell("STATUS") == "NotReady")
        #expect(long.isThere)
      }
    }

    @Test("A finished pod is shown until it is deleted", arguments: RuntimeKind.all)
    func finished(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell("echo done", pod: "restartPolicy: Never"))
        try world.wait(until: .succeeded)
        try world.wait(for: "everything of it to end") { try world.processes().isEmpty }
        #expect(try world.traces().mounts.isEmpty)
        #expect(try world.traces().cgroups.isEmpty)
        #expect(try world.logs(of: "main") == "done\n")
        #expect(try world.cell("READY") == "0/1")
        #expect(try world.podshim("delete", "pod", "pod") == "pod \"pod\" deleted\n")
        try world.expectNoTraces()
      }
    }
  }
}
