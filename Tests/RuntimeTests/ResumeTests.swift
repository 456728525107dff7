import PodModel
import Testing

@testable import PodShim

/// What becomes of pods when their host was started anew.
extension Lives {
  @Suite("After a restart of the host pods begin again")
  struct ResumeTests {
    @Test("In their order, each container counted once more", arguments: RuntimeKind.all)
    func resume(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        func noted(_ name: String, _ then: String) -> String {
          "echo \(name) >> /out/log; \(then)"
        }
        let row = [
          Spec.container("init1", noted("init1", "true")),
          Spec.sidecar("proxy", noted("proxy", Spec.idle)),
          Spec.container("init2", noted("init2", "sleep 0.5")),
        ]
        let main = [Spec.container("main", noted("main", Spec.idle))]
        try world.create(Spec.pod("", initial: row, main, out: world.out()))
        try world.create(Spec.pod("restartPolicy: Never", main), named: "never")
        try world.create(Spec.shell("true", pod: "restartPolicy: Never"), named: "over")
        for pod in ["pod", "never"] { try world.waitUntilRunning(pod) }
        try world.wait(until: .succeeded, "over")
        try world.wait(for: "four words") { world.words().count == 4 }
        let before = world.words()
        #expect(Set(before) == ["init1", "proxy", "init2", "main"])
        try world.loseHost()
        #expect(try world.status("over").phase == .succeeded)
        #expect(try world.podshim("resume") == "pod/never resumed\npod/pod resumed\n")
        try world.waitUntilRunning()
        try world.wait(for: "the same words") { world.words().count == 8 }
        let after = Array(world.words().dropFirst(4))
        #expect(after.first == "init1" && after.last == "main", "\(after)")
        for name in ["init1", "proxy", "init2", "main"] {
          #expect(try world.restarts(of: name) == 1, "\(name)")
        }
        try world.wait(until: .failed, "never")
        #expect(try world.restarts(of: "main", of: "never") == 0)
        try world.podshim("delete", "pods", "--all")
        try world.expectNoTraces()
      }
    }

    @Test(
      "What an earlier start of the host left behind is not believed", arguments: RuntimeKind.all)
    func staleState(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell(Spec.idle))
        try world.waitUntilRunning()
        let state = "\(world.state)/pods/\(try world.uid())"
        let before = try world.events().count
        try world.loseHost(keepsState: true)
        #expect(try world.status().phase == .pending)
        #expect(try world.podshim("resume") == "pod/pod resumed\n")
        try world.waitUntilRunning()
        #expect(try world.restarts(of: "main") == 1)
        #expect(try Files.list("\(state)/bundles/main") == ["1"])
        // Its history is that of this start.
        #expect(try world.events().count <= before)
      }
    }
  }
}
