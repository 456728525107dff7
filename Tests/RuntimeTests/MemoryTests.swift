import PodModel
import Testing

@testable import PodShim

/// The kernel ends a container that wants more memory than it may have.
extension Pods {
  @Suite("The end of a container for want of memory has its name")
  struct MemoryTests {
    @Test("It is OOMKilled, and only it", arguments: RuntimeKind.all)
    func outOfMemory(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let wait = "while [ ! -e /tmp/go ]; do sleep 0.1; done"
        try world.create(
          Spec.shell("\(wait); exec tail /dev/zero", pod: "restartPolicy: Never"))
        // `$$` is one `$` to Kubernetes.
        try world.create(Spec.shell("\(wait); kill -9 $$$$", pod: "hostPID: true"), named: "other")
        try world.waitUntilRunning()
        try limit("main", in: world)
        _ = try world.exec(in: "main", "touch", "/tmp/go")
        let end = try world.end()
        #expect(end.reason == "OOMKilled")
        #expect(end.exitCode == 137)
        try world.waitUntilRunning("other")
        _ = try world.exec("other", in: "main", "touch", "/tmp/go")
        let killed = try world.wait(until: "the other's end") {
          try world.container("main", of: "other").lastState?.terminated
        }
        #expect(killed.reason == "Error")
        #expect(killed.exitCode == 137)
      }
    }

    @Test("An init container's, too, and it has failed", arguments: RuntimeKind.all)
    func initial(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let load = Spec.container(
          "load", "while [ ! -e /tmp/go ]; do sleep 0.1; done; exec tail /dev/zero")
        let main = Spec.container("main", Spec.idle)
        try world.create(Spec.pod("restartPolicy: Never", initial: [load], [main]))
        try world.wait(for: "it to run") { try world.container("load").state?.running != nil }
        try limit("load", in: world)
        _ = try world.exec(in: "load", "touch", "/tmp/go")
        try world.wait(until: .failed)
        let end = try world.end(of: "load")
        #expect(end.reason == "OOMKilled")
        #expect(end.exitCode == 137)
        #expect(try world.container("main").state?.running == nil)
      }
    }

    /// Without a limit in the manifest.
    private func limit(_ container: String, in world: PodFixture) throws {
      let group = "\(try world.cgroup())/\(container)"
      let limit =
        CgroupMode.ofHost() == .unified
        ? "/sys/fs/cgroup\(group)/memory.max"
        : "/sys/fs/cgroup/memory\(group)/memory.limit_in_bytes"
      try Files.writeText("\(32 << 20)", to: limit)
    }
  }
}
