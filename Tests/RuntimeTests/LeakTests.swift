import Glibc
import PodModel
import Testing

@testable import PodShim

/// Every manifest of these tests once more, now only to see what it leaves behind.
extension Pods {
  @Suite("After delete nothing of a pod is left on the host")
  struct LeakTests {
    /// A manifest, one of `fixtures/runtime/*.yaml`, whatever its pods do.
    struct Manifest: CustomTestStringConvertible, Sendable {
      var testDescription: String

      static let all: [Manifest] = {
        let names = (try? Files.list("\(TestHost.checkout)/fixtures/runtime")) ?? []
        return names.filter { $0.hasSuffix(".yaml") }
          .map { Manifest(testDescription: String($0.dropLast(5))) }
      }()
    }

    @Test("No process, mount, cgroup, namespace or file", arguments: RuntimeKind.all, Manifest.all)
    func manifests(runtime: RuntimeKind, manifest: Manifest) throws {
      try PodFixture.with(runtime) { world in
        let values = ["PORT": "\(try HostPortTests.freePort())", "DIR": world.folder + "/host"]
        try world.create(fixture: manifest.testDescription, values)
        try world.wait(for: "every container to be somewhere") {
          let containers = try world.status().containerStatuses
          let hasNews = try !world.events().isEmpty
          return hasNews
            || containers.allSatisfy { $0.state?.running != nil || $0.state?.terminated != nil }
        }
        try world.podshim("delete", "pod", "pod")
        try world.expectNoTraces()
      }
    }

    @Test("This test sees what is left while a pod runs", arguments: RuntimeKind.all)
    func seesAll(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(fixture: "shared")
        try world.waitUntilRunning()
        try world.noteNamespaces()
        let traces = try world.traces()
        // Keeper, supervisor, pause, and a shell and its child in each container.
        #expect(traces.processes.count >= 7, "\(traces)")
        for kind in ["net", "ipc", "uts", "pid", "mnt"] {
          #expect(traces.namespaces.contains { $0.hasPrefix("\(kind):[") }, "\(kind): \(traces)")
        }
        // Two root file systems and the shared memory.
        #expect(traces.mounts.count >= 3, "\(traces)")
        #expect(traces.cgroups.contains { $0.hasSuffix("/writer") }, "\(traces)")
        for name in ["/life.json", "/pod.json", "/0.log", "/control", "_writer_0"] {
          #expect(traces.files.contains { $0.hasSuffix(name) }, "\(name): \(traces)")
        }
      }
    }
  }
}
