import Glibc
import PodModel
import Testing

@testable import PodShim

/// Ends that are seen in the status, and signals that are heard.
extension Lives {
  @Suite("A pod ends in its time, and tells how")
  struct TerminationTests {
    @Test("One that is too old has failed, its containers with it", arguments: RuntimeKind.all)
    func deadline(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.pod("activeDeadlineSeconds: 2", [Spec.container("main", Spec.deaf)], grace: 1))
        try world.wait(until: .failed)
        let status = try world.status()
        #expect(status.reason == "DeadlineExceeded")
        #expect(status.message == "Pod was active on the node longer than the specified deadline")
        let end = try #require(status.container("main")?.state?.terminated)
        #expect(end.exitCode == 137)
        #expect(end.reason == "Error")
        #expect(try world.restarts(of: "main") == 0)
      }
    }

    @Test("One whose app outlives its grace has failed", arguments: RuntimeKind.all)
    func exceedsGrace(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let probe = "{exec: {command: [\"false\"]}, periodSeconds: 1, failureThreshold: 1}"
        let hook = "lifecycle: {preStop: {exec: {command: [sleep, \"60\"]}}}"
        let proxy = Spec.sidecar("proxy", Spec.idle)
        for (name, more) in [("alone", ""), ("hooked", hook)] {
          let main = Spec.container("main", Spec.deaf, "livenessProbe: \(probe)\n\(more)")
          try world.create(
            Spec.pod("restartPolicy: Never", initial: [proxy], [main], grace: 2), named: name)
        }
        for pod in ["alone", "hooked"] {
          try world.wait(until: .failed, pod)
          #expect(try world.end(of: "main", of: pod).exitCode == 137)
          #expect(try world.end(of: "proxy", of: pod).exitCode == 0)
        }
      }
    }

    @Test("A volume that never comes holds up no deletion", arguments: RuntimeKind.all)
    func missingVolume(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let volume = "{name: never, hostPath: {path: \(world.folder)/never, type: Directory}}"
        try world.create(Spec.shell(Spec.idle, pod: "volumes: [\(volume)]", grace: 20))
        try world.wait(untilReported: ["is not a directory"])
        let time = try world.delete(["pod"])
        #expect(time < .seconds(8), "\(time)")
        try world.expectNoTraces()
      }
    }

    @Test("The signal is the one that the container asks for", arguments: RuntimeKind.all)
    func stopSignal(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script = """
          trap 'echo usr1 >> /out/log; exit 0' USR1; trap '' TERM
          echo ready; sleep 1000 & wait
          """
        try world.create(
          Spec.pod(
            "os: {name: linux}",
            [Spec.container("main", script, "lifecycle: {stopSignal: SIGUSR1}")],
            out: world.out(), grace: 20))
        try world.wait(untilLogged: "ready")
        let time = try world.delete(["pod"])
        #expect(world.words() == ["usr1"])
        #expect(time < .seconds(8), "\(time)")
      }
    }

    @Test(
      "Else it is that of the image, also when another supervisor sends it",
      arguments: RuntimeKind.all)
    func imageSignal(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["nginx"]) { world in
        let script = """
          trap 'echo quit >> /out/log; exit 0' QUIT; trap '' TERM
          echo ready; sleep 1000 & wait
          """
        let main = Spec.container("main", script)
          .replacing("image: busybox", with: "image: nginx")
        try world.create(Spec.pod("", [main], out: world.out(), grace: 20))
        try world.wait(untilLogged: "ready")
        let supervisor = try world.supervisor()
        try supervisor.signal(SIGKILL)
        try world.wait(for: "the next supervisor") { try world.supervisor() != supervisor }
        let time = try world.delete(["pod"])
        #expect(world.words() == ["quit"])
        #expect(time < .seconds(8), "\(time)")
      }
    }

    /// Upstream waits for minutes; what is observed is the same.
    @Test(
      "Who ends is asked whether it is ready, not whether it lives",
      arguments: RuntimeKind.all)
    func probes(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let script = """
          trap 'rm /tmp/well; sleep 4; exit 0' TERM; touch /tmp/well; sleep 1000 & wait
          """
        let often = "initialDelaySeconds: 1, periodSeconds: 1, failureThreshold: 1"
        let probe = "{exec: {command: [cat, /tmp/well]}, \(often)}"
        let both = "readinessProbe: \(probe)\nlivenessProbe: \(probe)"
        try world.create(
          Spec.pod("", [Spec.container("main", script, both)], grace: 20), named: "app")
        try world.create(
          Spec.pod(
            initial: [Spec.sidecar("proxy", script, both)], [Spec.container("main", Spec.idle)],
            grace: 20), named: "sidecar")
        for pod in ["app", "sidecar"] {
          try world.wait(for: "`\(pod)` to be ready") { try world.isReady(pod) }
          try world.podshim("delete", "pod", pod, "--wait=false")
        }
        for pod in ["app", "sidecar"] {
          try world.wait(for: "`\(pod)` to be no longer ready") { try !world.isReady(pod) }
          #expect(try world.status(pod).phase == .running)
          #expect(try !world.events(of: pod).contains { $0.contains("iveness probe failed") })
        }
      }
    }

    @Test("In one that ends nothing begins any more", arguments: RuntimeKind.all)
    func nothingBegins(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["busybox", "alpine"]) { world in
        let proxy = Spec.sidecar(
          "proxy", "echo proxy >> /out/log; touch /tmp/well; \(Spec.idle)",
          """
          livenessProbe:
            {exec: {command: [cat, /tmp/well]}, periodSeconds: 1, failureThreshold: 1, \
          initialDelaySeconds: 1}
          lifecycle: {preStop: {exec: {command: [rm, /tmp/well]}}}
          """)
        let main = Spec.container(
          "main", "echo main >> /out/log; \(Spec.idle)",
          "lifecycle: {preStop: {sleep: {seconds: 3}}}")
        try world.create(Spec.pod("", initial: [proxy], [main], out: world.out(), grace: 20))
        try world.waitUntilRunning()
        try world.podshim("delete", "pod", "pod", "--wait=false")
        // Refused or not: it must change nothing.
        _ = try world.run(["set", "image", "pod/pod", "main=alpine", "proxy=alpine"])
        var reports: [String] = []
        try world.wait(for: "the pod to go") {
          reports = (try? world.events()) ?? reports
          return try world.run(["get", "pods"]).errorText.hasPrefix("No resources found")
        }
        #expect(world.words() == ["proxy", "main"])
        #expect(!reports.contains { $0.contains("iveness") || $0.contains("will be restarted") })
        try world.expectNoTraces()
      }
    }

    @Test(
      "A read-only root stays as it is; a word for the end wins over the log",
      arguments: RuntimeKind.all)
    func words(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.pod(
            "restartPolicy: Never",
            [
              Spec.container(
                "root", "echo test > /file", "securityContext: {readOnlyRootFilesystem: true}"),
              Spec.container(
                "words", "echo -n OK > /dev/termination-log; echo DONE",
                "terminationMessagePolicy: FallbackToLogsOnError"),
            ]))
        #expect(try world.end(of: "words").message == "OK")
        #expect(try world.end(of: "root").exitCode != 0)
        let printed = try world.logs(of: "root")
        #expect(printed.contains("can't create /file: Read-only file system"), "\(printed)")
      }
    }
  }
}
