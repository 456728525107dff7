import Glibc
import PodModel
import Testing

@testable import PodShim

/// What the first process of a container is, and what is said of its end.
extension Pods {
  @Suite("A container's process is what the manifest says, and its end is told as it was")
  struct ProcessTests {
    @Test("Variables are expanded as Kubernetes does", arguments: RuntimeKind.all)
    func variables(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          """
          restartPolicy: Never
          containers:
          - name: main
            image: busybox
            env:
            - {name: ONE, value: "1"}
            - {name: TWO, value: "$(ONE)2 $$(ONE) $(MISSING) $(LATER)"}
            - {name: LATER, value: later}
            command: [sh, -c, 'echo "$TWO|$0|$1|$PATH|$HOSTNAME"', "$(LATER)"]
            args: ["$(TWO)"]
          """)
        #expect(try world.end().exitCode == 0)
        let two = "12 $(ONE) $(MISSING) $(LATER)"
        let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        #expect(try world.logs(of: "main") == "\(two)|later|\(two)|\(path)|pod\n")
      }
    }

    @Test(
      "A user who is not root may write to /dev/stdout and /dev/stderr", arguments: RuntimeKind.all)
    func devStdout(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            "echo out > /dev/stdout; echo err > /dev/stderr; id -u; id -g; pwd",
            pod: "restartPolicy: Never",
            container: "workingDir: /tmp\nsecurityContext: {runAsUser: 1234, runAsGroup: 2345}"))
        #expect(try world.end().exitCode == 0)
        let lines = try world.logs(of: "main").split(separator: "\n").sorted()
        #expect(lines == ["/tmp", "1234", "2345", "err", "out"])
      }
    }

    @Test("The exit status of a container is its own", arguments: RuntimeKind.all)
    func exitStatus(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell("exit 3", pod: "restartPolicy: Never"))
        let end = try world.end()
        #expect(end.exitCode == 3)
        #expect(end.reason == "Error")
        #expect(end.containerID?.hasPrefix("\(runtime)://") == true)
        #expect(end.startedAt != nil && end.finishedAt != nil)
        #expect(try world.status().phase == .failed)
        #expect(try world.cell("STATUS") == "Error")
      }
    }

    @Test("A container that ends well is Completed", arguments: RuntimeKind.all)
    func success(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell("true", pod: "restartPolicy: Never"))
        let end = try world.end()
        #expect(end.exitCode == 0)
        #expect(end.reason == "Completed")
        try world.wait(until: .succeeded)
        #expect(try world.cell("STATUS") == "Completed")
      }
    }

    @Test("A killed container has 128 and the signal", arguments: RuntimeKind.all)
    func killed(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell(Spec.idle, pod: "restartPolicy: Never"))
        try world.waitUntilRunning()
        try world.process().signal(SIGKILL)
        let end = try world.end()
        #expect(end.exitCode == 137)
        #expect(end.reason == "Error")
      }
    }

    @Test("A program that is not there is a StartError", arguments: RuntimeKind.all)
    func missingProgram(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          """
          restartPolicy: Never
          containers:
          - {name: main, image: busybox, command: [/bin/nowhere]}
          """)
        let end = try world.end()
        #expect(end.exitCode == 128)
        #expect(end.reason == "StartError")
        #expect(end.message?.contains("/bin/nowhere") == true, "\(end.message ?? "")")
        #expect(try world.status().phase == .failed)
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test("The image's command runs where the manifest names none", arguments: RuntimeKind.all)
    func imageCommand(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime, images: ["busybox", "kubia"]) { world in
        try world.create(
          "containers: [{name: main, image: wanstack/kubia, ports: [{containerPort: 8080}]}]")
        try world.wait(for: "the answer") {
          let fetch = ["exec", "pod", "--", "wget", "-qO-", "http://localhost:8080/"]
          return try world.run(fetch).outputText.contains("You've hit pod")
        }
      }
    }

    @Test("The last words are what the container wrote for that", arguments: RuntimeKind.all)
    func terminationMessage(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "termination-messages")
        func message(_ name: String) throws -> String? { try world.end(of: name).message }
        #expect(try message("file") == "DONE")
        #expect(try message("other-file") == "DONE")
        #expect(try message("log-of-failure") == "last line\n")
        #expect(try message("log-of-success") == nil)
      }
    }
  }
}
