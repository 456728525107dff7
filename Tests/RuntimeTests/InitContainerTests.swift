import PodModel
import Testing

@testable import PodShim

/// What comes before the apps of a pod, and does not come again.
extension Lives {
  @Suite("Init containers run once in a sandbox, and before all others")
  struct InitContainerTests {
    @Test("A restart of an app is no reason to run them again", arguments: RuntimeKind.all)
    func once(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let load = Spec.container("load", "echo load >> /out/log")
        let script = "echo main >> /out/log; [ $(grep -c main /out/log) -gt 1 ]"
        try world.create(
          Spec.pod(
            "restartPolicy: OnFailure", initial: [load], [Spec.container("main", script)],
            out: world.out()))
        try world.create(
          "initContainers: [{name: load, image: localhost:1/absent}]\n"
            + "containers: [{name: main, image: busybox, command: [\"true\"]}]", named: "absent")
        try world.wait(until: .succeeded)
        #expect(world.words() == ["load", "main", "main"])
        #expect(try world.restarts(of: "load") == 0)
        #expect(try !world.events().contains { $0.contains("SandboxChanged") })
        let initialized = try world.status().conditions.first { $0.type == "Initialized" }
        #expect(initialized?.status == .true)
        #expect(initialized?.reason == "PodCompleted")
        _ = try world.wait(untilWaiting: "ErrImagePull", "load", of: "absent")
        let status = try world.status("absent")
        #expect(status.phase == .pending)
        #expect(status.container("main")?.state?.waiting?.reason == "PodInitializing")
        #expect(
          status.conditions.first { $0.type == "Initialized" }?.message
            == "containers with incomplete status: [load]")
      }
    }

    @Test(
      "One that fails and is deleted at any instant lets no app begin",
      arguments: RuntimeKind.all)
    func deleted(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let load = Spec.container("load", "exit 1")
        let main = Spec.container("main", "echo main >> /out/log")
        let pods = (0..<6).map { "pod-\($0)" }
        for pod in pods {
          try world.create(
            Spec.pod("", initial: [load], [main], out: world.out(), grace: 1), named: pod)
        }
        try world.delete(pods)
        #expect(world.words() == [])
        try world.expectNoTraces()
      }
    }
  }
}
