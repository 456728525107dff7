import PodModel
import Testing

@testable import PodShim

/// Init containers, sidecars and apps in one row, on the real thing.
extension Lives {
  @Suite("Sidecars begin in their turn, go on, and end last")
  struct SidecarTests {
    static func noted(_ name: String) -> String {
      "echo \(name) begins >> /out/log; \(Spec.ends(name))"
    }

    static func passing(_ name: String) -> String {
      "echo \(name) begins >> /out/log; sleep 0.3; echo \(name) ends >> /out/log"
    }

    @Test("All begin in one row; the sidecars end in reverse", arguments: RuntimeKind.all)
    func order(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let row = [
          Spec.container("init1", Self.passing("init1")),
          Spec.sidecar("sidecar1", Self.noted("sidecar1")),
          Spec.container("init2", Self.passing("init2")),
          Spec.sidecar("sidecar2", Self.noted("sidecar2")),
          Spec.container("init3", Self.passing("init3")),
        ]
        try world.create(
          Spec.pod(
            "restartPolicy: Never", initial: row, [Spec.container("main", Self.passing("main"))],
            out: world.out(), grace: 20))
        try world.wait(until: .succeeded)
        func place(_ word: String) throws -> Int {
          try #require(world.words().firstIndex(of: word), "\(word) in \(world.words())")
        }
        let inOrder = [
          "init1 begins", "init1 ends", "init2 begins", "init2 ends", "init3 begins", "init3 ends",
          "main begins", "main ends", "sidecar2 ends", "sidecar1 ends",
        ]
        let places = try inOrder.map(place)
        #expect(places == places.sorted(), "\(world.words())")
        #expect(try place("init1 ends") < place("sidecar1 begins"))
        #expect(try place("sidecar1 begins") < place("init2 ends"))
        #expect(try place("init2 ends") < place("sidecar2 begins"))
        #expect(try place("sidecar2 begins") < place("init3 ends"))
        #expect(try world.restarts(of: "sidecar1") == 0)
      }
    }

    @Test("One that keeps ending is restarted and counts for nothing", arguments: RuntimeKind.all)
    func keepsEnding(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let row = [
          Spec.sidecar("well", "sleep 0.2"), Spec.sidecar("badly", "sleep 0.2; exit 1"),
          Spec.container("load", "sleep 1.5"),
        ]
        let main = [Spec.container("main", "sleep 0.5")]
        for policy in ["Never", "OnFailure"] {
          try world.create(
            Spec.pod("restartPolicy: \(policy)", initial: row, main), named: policy.lowercased())
        }
        for pod in ["never", "onfailure"] {
          try world.wait(untilRestarted: ["well", "badly"], of: pod)
          try world.wait(until: .succeeded, pod)
          #expect(try world.container("badly", of: pod).state?.terminated?.exitCode == 1)
        }
      }
    }

    @Test("An init container before or behind one may fail", arguments: RuntimeKind.all)
    func failingInit(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let load = Spec.container("load", "exit 3")
        let proxy = Spec.sidecar("proxy", Spec.idle)
        let main = [Spec.container("main", Spec.idle)]
        for (policy, name) in [("Never", "never"), ("OnFailure", "again")] {
          let more = "restartPolicy: \(policy)"
          try world.create(Spec.pod(more, initial: [load, proxy], main), named: "\(name)-before")
          try world.create(Spec.pod(more, initial: [proxy, load], main), named: "\(name)-behind")
        }
        for pod in ["never-before", "never-behind"] { try world.wait(until: .failed, pod) }
        #expect(try world.container("proxy", of: "never-before").state?.waiting != nil)
        #expect(try world.container("proxy", of: "never-behind").state?.terminated != nil)
        for pod in ["again-before", "again-behind"] {
          try world.wait(untilRestarted: ["load"], of: pod)
          #expect(try world.status(pod).phase == .pending)
          #expect(try world.container("main", of: pod).state?.waiting?.reason == "PodInitializing")
        }
        #expect(try world.container("proxy", of: "again-before").state?.waiting != nil)
        #expect(try world.container("proxy", of: "again-behind").state?.running != nil)
      }
    }

    @Test("Its startup probe holds up what comes after it", arguments: RuntimeKind.all)
    func startup(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let probe = "periodSeconds: 1, failureThreshold: 30"
        let slow = Spec.sidecar(
          "proxy", "sleep 2; echo up >> /out/log; touch /tmp/up; \(Spec.idle)",
          "startupProbe: {exec: {command: [cat, /tmp/up]}, \(probe)}")
        let main = [Spec.container("main", "echo main >> /out/log; \(Spec.idle)")]
        try world.create(Spec.pod(initial: [slow], main, out: world.out("slow")), named: "slow")
        let poor = Spec.sidecar(
          "proxy", Spec.ends("proxy"),
          """
          startupProbe: {exec: {command: ["false"]}, periodSeconds: 1, failureThreshold: 1}
          lifecycle: {preStop: {exec: {command: [sh, -c, "echo hook >> /out/log"]}}}
          """)
        try world.create(Spec.pod(initial: [poor], main, out: world.out("poor")), named: "poor")
        try world.wait(for: "both words") { world.words("slow").count == 2 }
        #expect(world.words("slow") == ["up", "main"])
        #expect(try world.restarts(of: "proxy", of: "slow") == 0)
        try world.wait(untilRestarted: ["proxy"], of: "poor")
        #expect(world.words("poor").prefix(2) == ["hook", "proxy ends"])
        #expect(!world.words("poor").contains("main"))
        #expect(try world.status("poor").phase == .pending)
      }
    }

    @Test("Its liveness probe holds nobody up", arguments: RuntimeKind.all)
    func liveness(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let poor = Spec.sidecar(
          "proxy", Spec.ends("proxy"),
          """
          livenessProbe: {exec: {command: ["false"]}, periodSeconds: 1, failureThreshold: 1}
          lifecycle: {preStop: {exec: {command: [sh, -c, "echo hook >> /out/log"]}}}
          """)
        let load = Spec.container("load", "sleep 3; echo load >> /out/log")
        let main = Spec.container("main", "echo main >> /out/log; \(Spec.idle)")
        try world.create(Spec.pod(initial: [poor, load], [main], out: world.out()))
        try world.wait(untilRestarted: ["proxy"])
        try world.wait(for: "the word of the last one") { world.words().contains("main") }
        let words = world.words()
        #expect(words.prefix(2) == ["hook", "proxy ends"], "\(words)")
        #expect(words.suffix(2) == ["load", "main"], "\(words)")
        #expect(try world.restarts(of: "load") == 0)
      }
    }

    @Test("How one ends does not change the phase", arguments: RuntimeKind.all)
    func exitCodes(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let row = [
          Spec.sidecar("poor", "trap 'exit 3' TERM; sleep 1000 & wait"),
          Spec.sidecar("deaf", Spec.deaf),
        ]
        let main = Spec.container("main", "sleep 0.5")
        try world.create(Spec.pod("restartPolicy: Never", initial: row, [main], grace: 1))
        try world.wait(until: .succeeded)
        #expect(try world.container("poor").state?.terminated?.exitCode == 3)
        #expect(try world.container("deaf").state?.terminated?.exitCode == 137)
      }
    }

    @Test("A deletion does not wait for those that have not begun", arguments: RuntimeKind.all)
    func deletion(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let main = [Spec.container("main", Spec.idle)]
        let one = Spec.sidecar("one", Spec.idle)
        let wait = Spec.container("load", Spec.idle)
        try world.create(
          Spec.pod(initial: [one, wait, Spec.sidecar("two", Spec.idle)], main, grace: 20),
          named: "init")
        let never = Spec.sidecar(
          "one", Spec.idle,
          "startupProbe: {exec: {command: [\"false\"]}, periodSeconds: 1, failureThreshold: 60}")
        try world.create(Spec.pod(initial: [never], main, grace: 20), named: "startup")
        let absent = "- {name: absent, image: localhost:1/absent, restartPolicy: Always}\n"
        try world.create(Spec.pod(initial: [absent], main, grace: 20), named: "absent")
        for (pod, container) in [("init", "load"), ("startup", "one")] {
          try world.wait(for: "`\(container)` to run") {
            try world.container(container, of: pod).state?.running != nil
          }
        }
        _ = try world.wait(untilWaiting: "ErrImagePull", "absent", of: "absent")
        #expect(try world.status("absent").phase == .pending)
        let time = try world.delete(["init", "startup", "absent"])
        #expect(time < .seconds(8), "\(time)")
        try world.expectNoTraces()
      }
    }
  }
}
