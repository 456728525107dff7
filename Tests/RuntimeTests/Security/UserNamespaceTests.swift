import Glibc
import PodModel
import Testing

@testable import PodShim

/// Pods whose root is nobody on the host.
extension Pods {
  @Suite("A pod with hostUsers: false has user IDs of its own")
  struct UserNamespaceTests {
    private static func range(_ world: PodFixture, _ pod: String) throws -> [String] {
      try world.exec(pod, in: "main", "cat", "/proc/self/uid_map")
        .split(whereSeparator: \.isWhitespace).map(String.init)
    }

    @Test(
      "Each pod has a range of its own, all its containers the same", arguments: RuntimeKind.all)
    func ranges(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let containers = ["main", "other"].map { Spec.container($0, Spec.idle) }
        for pod in ["one", "two"] {
          try world.create(Spec.pod("hostUsers: false", containers), named: pod)
        }
        try world.create(Spec.pod("hostUsers: true", containers), named: "host")
        for pod in ["one", "two", "host"] { try world.waitUntilRunning(pod) }
        let ranges = try ["one", "two"].map { try Self.range(world, $0) }
        #expect(ranges[0][1] != ranges[1][1])
        for (pod, range) in zip(["one", "two"], ranges) {
          let first = try #require(uid_t(range[1]))
          #expect(range[0] == "0" && range[2] == "65536")
          #expect(first >= 65536 && first % 65536 == 0)
          #expect(
            try world.exec(pod, in: "other", "cat", "/proc/self/uid_map")
              .split(whereSeparator: \.isWhitespace).map(String.init) == range)
        }
        #expect(try Self.range(world, "host") == ["0", "0", "4294967295"])
        try world.podshim("delete", "pods", "--all", "--now")
        try world.expectNoTraces()
      }
    }

    @Test("Root there owns the image, its volumes and what it writes", arguments: RuntimeKind.all)
    func files(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let folder = world.folder + "/host"
        try Files.makeDirectories(folder)
        try Files.writeText("secret\n", to: folder + "/mine", mode: 0o600)
        try world.create(
          Spec.pod(
            "hostUsers: false\nrestartPolicy: Never",
            [
              Spec.container(
                "main",
                """
                id -u; whoami; cat /out/mine
                touch /out/new /file && chown 7:8 /file
                stat -c '%n %u %g' / /bin/busybox /etc/hosts /etc/resolv.conf /out/mine /file
                cat /proc/1/oom_score_adj > /dev/null && echo -n bye > /dev/termination-log
                """)
            ], out: folder))
        let end = try world.end()
        #expect(end.exitCode == 0)
        #expect(end.message == "bye")
        #expect(
          try world.logs(of: "main") == """
            0
            root
            secret
            / 0 0
            /bin/busybox 0 0
            /etc/hosts 0 0
            /etc/resolv.conf 0 0
            /out/mine 0 0
            /file 7 8

            """)
        var status = stat()
        #expect(stat(folder + "/new", &status) == 0 && status.st_uid == 0)
      }
    }

    @Test("Nothing of the host is in its reach", arguments: RuntimeKind.all)
    func reach(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            Spec.idle,
            pod: """
              hostUsers: false
              securityContext: {runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
              """,
            container: """
              securityContext:
                allowPrivilegeEscalation: false
                capabilities: {drop: [ALL]}
              """))
        try world.waitUntilRunning()
        let main = try world.process()
        let status = try Files.readText("/proc/\(main.pid)/status")
        let uid = try #require(status.split(separator: "\n").first { $0.hasPrefix("Uid:") })
        let range = try Self.range(world, "pod")
        let first = try #require(Int(range[1]))
        #expect(
          uid.split(whereSeparator: \.isWhitespace).dropFirst().allSatisfy {
            Int($0) == first + 1000
          })
        for kind in [Namespace.Kind.net, .ipc, .uts] {
          #expect(main.namespace(kind) == (try world.pause().namespace(kind)))
        }
        #expect(try world.exec(in: "main", "hostname") == "pod\n")
      }
    }

    @Test("Only there may all of /proc be seen", arguments: RuntimeKind.all)
    func unmasked(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let mounts = "grep -c ' /proc' /proc/self/mounts; grep -c ' /proc.* ro,' /proc/self/mounts"
        try world.create(
          Spec.pod(
            "hostUsers: false\nrestartPolicy: Never",
            [
              Spec.container("main", mounts),
              Spec.container("unmasked", mounts, "securityContext: {procMount: Unmasked}"),
            ]))
        for name in ["main", "unmasked"] { _ = try world.end(of: name) }
        let usual = try world.logs(of: "main").split(separator: "\n").compactMap { Int($0) }
        #expect(usual.count == 2 && usual[0] > 1 && usual[1] >= 1, "\(usual)")
        #expect(try world.logs(of: "unmasked") == "1\n0\n")
      }
    }

    @Test("A run that follows has the same range", arguments: RuntimeKind.all)
    func outlives(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            "cat /proc/self/uid_map; [ -e /out/again ] || { touch /out/again; false; }",
            pod: """
              hostUsers: false
              restartPolicy: OnFailure
              volumes: [{name: out, emptyDir: {}}]
              """, container: "volumeMounts: [{name: out, mountPath: /out}]"))
        try world.wait(until: .succeeded)
        let second = try world.logs(of: "main")
        let first = try world.podshim("logs", "pod", "--previous")
        #expect(first == second)
      }
    }
  }
}
