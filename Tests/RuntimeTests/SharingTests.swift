import Glibc
import PodModel
import Testing

@testable import PodShim

/// What makes several containers one pod.
extension Pods {
  @Suite("The containers of a pod share what Kubernetes says they share")
  struct SharingTests {
    @Test(
      "A page that one container writes is served by the other on localhost",
      arguments: RuntimeKind.all)
    func volumeAndLocalhost(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        try world.wait(for: "the page") {
          let fetch = ["exec", "pod", "-c", "writer", "--"]
          let result = try world.run(fetch + ["wget", "-qO-", "http://127.0.0.1:8080/"])
          return result.outputText == "Hello\n"
        }
      }
    }

    @Test(
      "Network, IPC and host name are the pod's, mounts and processes each container's own",
      arguments: RuntimeKind.all)
    func namespaces(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        let pause = try world.pause()
        let writer = try world.process(of: "writer")
        let server = try world.process(of: "server")
        let host = try #require(HostProcess(getpid()))
        for kind in [Namespace.Kind.net, .ipc, .uts] {
          #expect(writer.namespace(kind) == pause.namespace(kind))
          #expect(server.namespace(kind) == pause.namespace(kind))
          #expect(pause.namespace(kind) != host.namespace(kind))
        }
        for kind in [Namespace.Kind.mnt, .pid] {
          let all = [pause, writer, server, host].map { $0.namespace(kind) }
          #expect(Set(all).count == all.count, "\(kind): \(all)")
        }
      }
    }

    @Test("A container is the first process of its own PID namespace", arguments: RuntimeKind.all)
    func ownProcesses(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        let seen = try world.exec(in: "writer", "ps", "-o", "pid,args")
        #expect(seen.contains("    1 sh -c trap"))
        #expect(!seen.contains("/pause"))
        #expect(!seen.contains("httpd"))
      }
    }

    @Test("With shareProcessNamespace, /pause is PID 1 for all", arguments: RuntimeKind.all)
    func sharedProcesses(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared-processes")
        try world.waitUntilRunning()
        for container in ["one", "two"] {
          let seen = try world.exec(in: container, "ps", "-o", "pid,args")
          #expect(seen.contains("    1 /pause\n"), "\(seen)")
          #expect(seen.contains("echo I am one"))
          #expect(seen.contains("echo I am two"))
        }
      }
    }

    @Test("In a shared PID namespace, /pause buries orphans", arguments: RuntimeKind.all)
    func orphans(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared-processes")
        try world.waitUntilRunning()
        _ = try world.exec(in: "one", "sh", "-c", "(sleep 0.1 &) ; (sleep 0.1 &)")
        try world.wait(for: "the orphans to be gone") {
          try !world.exec(in: "one", "ps", "-o", "stat,args").contains("sleep 0.1")
        }
        #expect(try !world.exec(in: "two", "ps", "-o", "stat,args").contains("Z "))
      }
    }

    @Test("Init containers run one after the other, before all others", arguments: RuntimeKind.all)
    func initContainers(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "init-order")
        try world.waitUntilRunning()
        try world.wait(untilLogged: "end\n")
        let order = "one begins\none ends\ntwo begins\ntwo ends\nend\n"
        #expect(try world.logs(of: "main") == order)
        #expect(try world.logs(of: "one") == "I was one\n")
        let status = try world.status()
        #expect(status.initContainerStatuses.map(\.ready) == [true, true])
        #expect(status.initContainerStatuses.map(\.restartCount) == [0, 0])
        #expect(status.initContainerStatuses.compactMap(\.state?.terminated?.reason).count == 2)
      }
    }

    @Test(
      "An init container that fails ends a pod that may not restart", arguments: RuntimeKind.all)
    func failingInit(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          """
          restartPolicy: Never
          initContainers:
          - {name: one, image: busybox, command: [sh, -c, "exit 4"]}
          containers:
          - {name: main, image: busybox, command: [sh, -c, "echo never"]}
          """)
        try world.wait(until: .failed)
        #expect(try world.cell("STATUS") == "Init:Error")
        #expect(try world.container("one").state?.terminated?.exitCode == 4)
        #expect(try world.container("main").state?.waiting?.reason == "PodInitializing")
      }
    }

    @Test("Ten containers come up and go away together", arguments: RuntimeKind.all)
    func tenContainers(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        // Any name is free for them, that of the pod's own container too.
        let names = ["pause"] + (1..<10).map { "c\($0)" }
        let containers = names.map {
          "- {name: \($0), image: busybox, command: [sh, -c, \"echo I am \($0); \(Spec.idle)\"]}"
        }
        try world.create(
          "terminationGracePeriodSeconds: 2\ncontainers:\n" + containers.joined(separator: "\n"))
        try world.waitUntilRunning()
        #expect(try world.cell("READY") == "10/10")
        for name in names { try world.wait(untilLogged: "I am \(name)\n", by: name) }
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }
  }
}
