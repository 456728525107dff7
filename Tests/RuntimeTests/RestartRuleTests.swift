import PodModel
import Testing

@testable import PodShim

/// A container's own policy, and its rules for some exit codes.
extension Lives {
  @Suite("A container may have its own policy, and rules for its exit codes")
  struct RestartRuleTests {
    static func rule(_ action: String, _ code: Int) -> String {
      """
      restartPolicy: Never
      restartPolicyRules:
      - {action: \(action), exitCodes: {operator: In, values: [\(code)]}}
      """
    }

    @Test(
      "The first rule that matches wins, then the container, then the pod",
      arguments: RuntimeKind.all)
    func policies(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let rule = Self.rule("Restart", 42)
        try world.create(
          Spec.pod("restartPolicy: Never", [Spec.container("main", "exit 42", rule)]),
          named: "matches")
        try world.create(
          Spec.pod("restartPolicy: Always", [Spec.container("main", "exit 1", rule)]),
          named: "differs")
        try world.create(
          Spec.pod(
            "restartPolicy: Always",
            [
              Spec.container("main", Spec.idle),
              Spec.container("never", "exit 1", "restartPolicy: Never"),
            ]), named: "own-never")
        try world.create(
          Spec.pod(
            "restartPolicy: Never", [Spec.container("main", "true", "restartPolicy: Always")]),
          named: "own-always")
        try world.wait(untilRestarted: ["main"], of: "matches")
        try world.wait(untilRestarted: ["main"], of: "own-always")
        try world.wait(until: .failed, "differs")
        #expect(try world.restarts(of: "main", of: "differs") == 0)
        #expect(try world.end(of: "never", of: "own-never").exitCode == 1)
        #expect(try world.restarts(of: "never", of: "own-never") == 0)
        #expect(try world.status("own-never").phase == .running)
        #expect(try world.status("matches").phase == .running)
      }
    }

    /// Ends with 42 the first time it is run.
    static func once(_ then: String) -> String {
      "[ -e /out/been ] || { touch /out/been; sleep 0.5; exit 42; }; \(then)"
    }

    @Test("One container may have all of the pod begin again", arguments: RuntimeKind.all)
    func all(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let rule = Self.rule("RestartAllContainers", 42)
        let load = Spec.container("load", "true")
        let proxy = Spec.sidecar("proxy", Spec.idle)
        let main = Spec.container("main", Spec.idle)
        let source = Spec.container("source", Self.once(Spec.idle), rule)
        try world.create(
          Spec.pod("restartPolicy: Never", initial: [load, proxy], [source, main]), named: "app")
        let poor = Spec.sidecar(
          "source", Self.once(Spec.idle),
          rule.split(separator: "\n").dropFirst()
            .joined(separator: "\n"))
        try world.create(
          Spec.pod("restartPolicy: Never", initial: [load, proxy, poor], [main]), named: "sidecar")
        let start = Spec.container("source", Self.once("true"), rule)
        try world.create(
          Spec.pod("restartPolicy: Never", initial: [load, proxy, start], [main]), named: "init")
        for pod in ["app", "sidecar", "init"] {
          try world.wait(untilRestarted: ["source", "load", "proxy"], of: pod)
          try world.waitUntilRunning(pod)
          for container in ["load", "proxy", "source"] {
            let status = try world.container(container, of: pod)
            #expect(status.restartCount == 1, "\(container) of \(pod)")
            #expect(status.lastState?.terminated != nil)
          }
          #expect(try !world.events(of: pod).contains { $0.contains("SandboxChanged") })
        }
        #expect(try world.restarts(of: "main", of: "app") == 1)
        #expect(try world.restarts(of: "main", of: "sidecar") == 1)
        #expect(try world.restarts(of: "main", of: "init") == 0)
      }
    }

    @Test("Who has it begin again and again waits for it", arguments: RuntimeKind.all)
    func again(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let source = Spec.container("source", "exit 42", Self.rule("RestartAllContainers", 42))
        let hook = "lifecycle: {preStop: {exec: {command: [sh, -c, \"echo hook > /out/log\"]}}}"
        let main = Spec.container("main", Spec.idle, hook)
        try world.create(Spec.pod("restartPolicy: Never", [main, source], out: world.out()))
        let waiting = try world.wait(untilWaiting: "CrashLoopBackOff", "source")
        #expect(waiting.message?.hasPrefix("back-off 10s restarting failed") ?? false)
        #expect(try world.restarts(of: "source") == 1)
        try world.wait(for: "the other to run again") {
          let main = try world.container("main")
          return main.restartCount == 2 && main.state?.running != nil
        }
        #expect(world.words() == [])
      }
    }
  }
}
