import PodModel
import Testing

@testable import PodShim

/// New images of pods that live. `alpine` is busybox under another name.
extension Lives {
  @Suite("A new image restarts the one container that it is for")
  struct ImageUpdateTests {
    @Test("Under every policy, and the rest of the pod stays", arguments: RuntimeKind.all)
    func policies(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["busybox", "alpine"]) { world in
        let policies = ["Always", "OnFailure", "Never"]
        let proxy = Spec.sidecar("proxy", Spec.idle)
        let apps = [Spec.container("main", Spec.idle), Spec.container("other", Spec.idle)]
        for policy in policies {
          try world.create(
            Spec.pod("restartPolicy: \(policy)", initial: [proxy], apps),
            named: policy.lowercased())
        }
        for pod in policies.map({ $0.lowercased() }) {
          try world.waitUntilRunning(pod)
          let others = try [world.pause(of: pod), world.process(of: "other", of: pod)]
          try world.podshim("set", "image", "pod/\(pod)", "main=alpine")
          try world.wait(untilRestarted: ["main"], of: pod)
          try world.waitUntilRunning(pod)
          #expect(try world.container("main", of: pod).image.contains("alpine"))
          #expect(try world.restarts(of: "other", of: pod) == 0)
          #expect(try world.restarts(of: "proxy", of: pod) == 0)
          #expect(others.allSatisfy { $0.isThere })
          try world.wait(untilReported: ["definition changed, will be restarted"], of: pod)
        }
        try world.podshim("set", "image", "pod/never", "proxy=alpine")
        try world.wait(untilRestarted: ["proxy"], of: "never")
        #expect(try world.restarts(of: "main", of: "never") == 1)
      }
    }

    @Test("It is tried at once by who waits for another", arguments: RuntimeKind.all)
    func waiting(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["busybox", "alpine"]) { world in
        let probe =
          "livenessProbe: {exec: {command: [\"false\"]}, periodSeconds: 1, "
          + "failureThreshold: 1}"
        try world.create(
          Spec.pod("", [Spec.container("main", Spec.idle, probe)]), named: "probed")
        try world.create(Spec.pod("", [Spec.container("main", "exit 1")]), named: "crash")
        let load = Spec.container("load", "sleep 2")
        let main = Spec.container("main", Spec.idle)
        try world.create(Spec.pod(initial: [load], [main]), named: "init")
        try world.podshim("set", "image", "pod/init", "main=alpine")
        #expect(try world.container("main", of: "init").state?.waiting != nil)
        for pod in ["crash", "probed"] {
          _ = try world.wait(untilWaiting: "CrashLoopBackOff", of: pod)
          try world.podshim("set", "image", "pod/\(pod)", "main=alpine")
          try world.wait(for: "the next run of `\(pod)`", within: .seconds(6)) {
            try world.restarts(of: "main", of: pod) > 1
          }
          #expect(try world.container("main", of: pod).image.contains("alpine"))
        }
        try world.waitUntilRunning("init")
        #expect(try world.container("main", of: "init").image.contains("alpine"))
        #expect(try world.restarts(of: "main", of: "init") == 0)
        #expect(try world.restarts(of: "load", of: "init") == 0)
      }
    }

    @Test("Containers may be added to look inside, and run once", arguments: RuntimeKind.all)
    func ephemeral(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.pod("", [Spec.container("main", Spec.idle)]))
        try world.waitUntilRunning()
        let add = ["debug", "pod", "--image", "busybox", "-c"]
        try world.podshim(add + ["once", "--", "sh", "-c", "echo here; exit 3"])
        try world.podshim(
          add + ["look", "--target", "main", "--", "sh", "-c", "echo there; \(Spec.idle)"])
        #expect(try world.end(of: "once").exitCode == 3)
        #expect(try world.logs(of: "once") == "here\n")
        try world.wait(untilLogged: "there", by: "look")
        #expect(try world.exec(in: "look", "ps", "-o", "args").contains("sleep 1000"))
        let pod = try world.process(of: "main").namespace(.pid)
        #expect(try world.process(of: "look").namespace(.pid) == pod)
        #expect(try world.restarts(of: "once") == 0)
        #expect(try world.restarts(of: "main") == 0)
        #expect(try world.status().phase == .running)
        try world.delete(["pod"])
        try world.expectNoTraces()
      }
    }

    @Test("Who is done is not run again for one; the others count on", arguments: RuntimeKind.all)
    func counts(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["busybox", "alpine"]) { world in
        let load = Spec.container("load", "echo load >> /out/log")
        try world.create(
          Spec.pod(initial: [load], [Spec.container("main", Spec.idle)], out: world.out()))
        try world.waitUntilRunning()
        #expect(try world.pod().metadata.generation == 1)
        try world.podshim("set", "image", "pod/pod", "load=alpine")
        for (run, image) in ["alpine", "busybox", "alpine"].enumerated() {
          try world.podshim("set", "image", "pod/pod", "main=\(image)")
          try world.wait(for: "run \(run + 1)") { try world.restarts(of: "main") == run + 1 }
          try world.waitUntilRunning()
        }
        #expect(try world.pod().metadata.generation == 5)
        #expect(world.words() == ["load"])
        #expect(try world.restarts(of: "load") == 0)
        // The logs of the last two runs, as the kubelet keeps them.
        #expect(try Files.list(world.logFolder()) == ["2.log", "3.log"])
      }
    }

    @Test("Restarts are counted upwards, however many there are", arguments: RuntimeKind.all)
    func manyRestarts(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["busybox", "alpine"]) { world in
        let probe = "{exec: {command: [\"false\"]}, periodSeconds: 1, failureThreshold: 1}"
        try world.create(
          Spec.pod("", [Spec.container("main", Spec.idle, "livenessProbe: \(probe)")]))
        var last = 0
        while last < 5 {
          try world.wait(for: "one restart more than \(last)") {
            let restarts = try world.restarts(of: "main")
            #expect(restarts >= last)
            defer { last = restarts }
            return restarts > last
          }
          // Another image has no back-off, so that this takes seconds.
          _ = try world.wait(untilWaiting: "CrashLoopBackOff")
          let image = last.isMultiple(of: 2) ? "busybox" : "alpine"
          try world.podshim("set", "image", "pod/pod", "main=\(image)")
        }
      }
    }

    @Test("Labels change and nothing is restarted", arguments: RuntimeKind.all)
    func labels(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.pod("", [Spec.container("main", Spec.idle)]))
        try world.waitUntilRunning()
        let main = try world.process()
        try world.podshim("label", "pod", "pod", "time=now")
        #expect(try world.pod().metadata.labels["time"] == "now")
        #expect(try world.pod().metadata.generation == 1)
        #expect(try world.status().phase == .running)
        #expect(try world.restarts(of: "main") == 0)
        #expect(main.isThere)
      }
    }
  }
}
