import Glibc
import PodModel
import Testing

@testable import PodShim

/// What lies in a container's file system that no image has put there.
extension Pods {
  @Suite("A pod finds the files that its manifest promises")
  struct FileTests {
    @Test("Host name, hosts and resolv.conf are the pod's", arguments: RuntimeKind.all)
    func etc(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "etc-files")
        try world.waitUntilRunning()
        for container in ["one", "two"] {
          #expect(try world.exec(in: container, "hostname") == "web\n")
          #expect(try world.exec(in: container, "cat", "/etc/hostname") == "web\n")
          let hosts = try world.exec(in: container, "cat", "/etc/hosts")
          #expect(hosts.hasPrefix("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n"))
          #expect(hosts.contains("\n10.1.2.3\tfoo.remote\tbar.remote\n"))
          #expect(
            try world.exec(in: container, "cat", "/etc/resolv.conf")
              == "search svc.example\nnameserver 10.9.8.7\noptions ndots:2\n")
        }
        #expect(
          try world.exec(in: "one", "ping", "-c", "1", "-w", "5", "me.local").contains("127.0.0.1"))
      }
    }

    @Test("Without a word about DNS the host's servers are asked", arguments: RuntimeKind.all)
    func hostServers(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell("cat /etc/resolv.conf; echo end; \(Spec.idle)"))
        try world.wait(untilLogged: "end\n")
        let seen = try world.logs(of: "main").split(separator: "\n")
        let plan = try Files.readText("/etc/resolv.conf").split(separator: "\n")
        let servers = plan.filter { $0.hasPrefix("nameserver") && !$0.contains("127.0.0.53") }
        for server in servers { #expect(seen.contains(server)) }
      }
    }

    @Test("An emptyDir is for every user, and outlives a run", arguments: RuntimeKind.all)
    func emptyDir(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            "date >> /data/runs; stat -c %a /data; [ $(wc -l < /data/runs) -gt 1 ]",
            pod: "restartPolicy: OnFailure\nvolumes: [{name: data, emptyDir: {}}]",
            container: """
              securityContext: {runAsUser: 1234}
              volumeMounts: [{name: data, mountPath: /data}]
              """))
        try world.wait(until: .succeeded)
        #expect(try world.container("main").restartCount == 1)
        #expect(try world.logs(of: "main") == "777\n")
      }
    }

    @Test("hostPath of every type takes what is there, or makes it", arguments: RuntimeKind.all)
    func hostPaths(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let folder = world.folder + "/host"
        try Files.makeDirectories(folder + "/directory")
        try Files.writeText("content\n", to: folder + "/file")
        let socket = try UnixSocket.listen(at: folder + "/socket", kind: .stream)
        defer { withExtendedLifetime(socket.raw) {} }
        #expect(mknod(folder + "/char", S_IFCHR | 0o666, dev_t(0x0103)) == 0)
        #expect(mknod(folder + "/block", S_IFBLK | 0o666, dev_t(0x0700)) == 0)
        try world.create(fixture: "host-paths", ["DIR": folder])
        let end = try world.end()
        let printed = try world.logs(of: "main")
        #expect(end.exitCode == 0, "\(printed)")
        #expect(try Files.readText(folder + "/made/below/written") == "written\n")
        #expect(try Files.readText(folder + "/made-file") == "written\n")
        #expect(Files.isDirectory(folder + "/unset"))
      }
    }

    @Test(
      "A hostPath that is not what it should be keeps the pod waiting, and says so",
      arguments: RuntimeKind.all)
    func refusedHostPaths(runtime: RuntimeKind) throws {
      let nouns = [
        "Directory": "directory", "File": "file", "Socket": "socket file",
        "CharDevice": "character device", "BlockDevice": "block device",
      ]
      try PodFixture.with(runtime) { world in
        // A directory is no file, a file is no directory.
        let file = world.folder + "/file"
        try Files.writeText("", to: file)
        func path(_ type: String) -> String { type == "Directory" ? file : world.folder }
        for type in nouns.keys {
          let volume = "{name: data, hostPath: {path: \(path(type)), type: \(type)}}"
          try world.create(
            Spec.shell("echo never", pod: "volumes: [\(volume)]"), named: type.lowercased())
        }
        for (type, noun) in nouns {
          let pod = type.lowercased()
          let message = "hostPath type check failed: \(path(type)) is not a \(noun)"
          try world.wait(for: "an event that says why `\(pod)` waits") {
            try world.events(of: pod).contains { $0.contains(message) }
          }
          #expect(try world.cell("STATUS", of: pod) == "ContainerCreating")
          #expect(try world.status(pod).phase == .pending)
        }
        try world.podshim("delete", "pods", "--all")
        try world.expectNoTraces()
      }
    }
  }
}
