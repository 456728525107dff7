import Glibc
import PodModel
import Testing

@testable import PodShim

extension Pods {
  @Suite("Pods of a user who is not root")
  struct RootlessTests {
    private static let two = """
      terminationGracePeriodSeconds: 1
      containers:
      - name: main
        image: busybox
        command: [sh, -c, "id -u; echo mine > /data/file; \(Spec.idle)"]
        resources: {limits: {memory: 64Mi, cpu: 100m}}
        volumeMounts: [{name: data, mountPath: /data}]
      - name: other
        image: busybox
        securityContext: {runAsUser: 1000, runAsGroup: 1000}
        command: [sh, -c, "id -u; \(Spec.idle)"]
      volumes: [{name: data, emptyDir: {}}]
      """

    @Test("One is created, runs, is looked into, and leaves nothing", arguments: RuntimeKind.all)
    func life(runtime: RuntimeKind) throws {
      try PodFixture.withoutRoot(runtime) { world in
        try world.create(Self.two)
        try world.waitUntilRunning()
        try world.wait(untilLogged: "0\n", by: "main")
        try world.wait(untilLogged: "1000\n", by: "other")
        #expect(try world.exec(in: "main", "cat", "/data/file") == "mine\n")
        #expect(try world.exec(in: "other", "hostname") == "pod\n")
        // Every group that there is may ping.
        let range = "/proc/sys/net/ipv4/ping_group_range"
        #expect(try world.exec(in: "other", "cat", range) == "0\t65536\n")
        #expect(try world.process(of: "main").user == TestUser.id)
        let limits = "runs without its limits (cpu, memory): control groups need root"
        #expect(try world.events().contains { $0.contains(limits) })
        let file = "\(world.root)/pods/\(try world.uid())/volumes/data/file"
        var status = stat()
        #expect(stat(file, &status) == 0 && status.st_uid == TestUser.id)
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test("Two go on side by side, whoever of ours is killed", arguments: RuntimeKind.all)
    func killed(runtime: RuntimeKind) throws {
      try PodFixture.withoutRoot(runtime) { world in
        let names = ["one", "two"]
        for name in names { try world.create(Self.two, named: name) }
        for name in names { try world.waitUntilRunning(name) }
        let processes = try names.map { try world.process(of: "main", of: $0) }
        #expect(processes[0].namespace(.user) == processes[1].namespace(.user))
        let killed = try [world.supervisor(of: "one"), world.keeper(of: "two")]
        for process in killed { try process.signal(SIGKILL) }
        try world.wait(for: "those who take their places") {
          let now = try [world.supervisor(of: "one"), world.keeper(of: "two")]
          return now[0] != killed[0] && now[1] != killed[1]
        }
        for name in names {
          try world.wait(for: "an answer of `\(name)`") {
            try world.run(["exec", name, "-c", "main", "--", "true"]).succeeded
          }
        }
        #expect(processes.map(\.isThere) == [true, true])
        for name in names { try world.podshim("delete", "pod", name) }
        try world.expectNoTraces()
      }
    }

    @Test("One can be deleted when containers alone are left of it", arguments: RuntimeKind.all)
    func alone(runtime: RuntimeKind) throws {
      try PodFixture.withoutRoot(runtime) { world in
        try world.create(Self.two)
        try world.waitUntilRunning()
        let other = try world.process(of: "other")
        // Nobody is in the mount namespace any more.
        try world.killKeeperAndSupervisor()
        #expect(other.isThere)
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test("With one ID there is root alone, and an event says so", arguments: RuntimeKind.all)
    func oneID(runtime: RuntimeKind) throws {
      try PodFixture.withoutRoot(runtime, hasMore: false) { world in
        try world.create(Self.two)
        _ = try world.wait(untilWaiting: "CreateContainerConfigError", "other")
        try world.wait(untilLogged: "0\n", by: "main")
        #expect(try world.events().contains { $0.contains("There is one user ID alone") })
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }
  }
}
