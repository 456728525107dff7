import PodModel
import Testing

@testable import PodShim

/// What a manifest asks for and limits, as the kernel has it.
extension Pods {
  @Suite("Requests and limits are the kernel's")
  struct ResourceTests {
    /// The limits of a group: CPU time in each 100 ms, and bytes.
    private func limits(of group: String) throws -> [String] {
      let mode = CgroupMode.ofHost()
      let names =
        mode == .unified
        ? [("cpu", "cpu.max"), ("memory", "memory.max")]
        : [("cpu", "cpu.cfs_quota_us"), ("memory", "memory.limit_in_bytes")]
      return try names.map { controller, name in
        let text = try Files.readText("\(mode.tree(controller))\(group)/\(name)")
        return text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
      }
    }

    private func container(_ name: String, _ resources: String, _ more: String = "") -> String {
      Spec.container(name, Spec.idle, "resources: \(resources)\n\(more)")
    }

    @Test(
      "The containers' groups have their limits, the pod's has the sums", arguments: RuntimeKind.all
    )
    func groups(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.pod(
            "",
            [
              container("one", "{limits: {cpu: 500m, memory: 64Mi}}"),
              container("two", "{limits: {cpu: 250m, memory: 32Mi}}"),
            ]))
        try world.waitUntilRunning()
        let pod = try world.cgroup()
        #expect(try limits(of: "\(pod)/one") == ["50000", "\(64 << 20)"])
        #expect(try limits(of: "\(pod)/two") == ["25000", "\(32 << 20)"])
        #expect(try limits(of: pod) == ["75000", "\(96 << 20)"])
        #expect(try world.status().qosClass == .guaranteed)
      }
    }

    @Test("Running containers take other limits and go on", arguments: RuntimeKind.all)
    func resize(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        func apply(_ cpu: String, _ memory: String) throws {
          let spec = Spec.pod("", [container("main", "{limits: {cpu: \(cpu), memory: \(memory)}}")])
          try world.podshim(["apply", "-f", "-"], input: PodFixture.manifest(spec))
        }
        try apply("500m", "64Mi")
        try world.waitUntilRunning()
        let pod = try world.cgroup()
        for (cpu, memory, limits) in [
          ("1", "128Mi", ["100000", "\(128 << 20)"]), ("250m", "48Mi", ["25000", "\(48 << 20)"]),
        ] {
          try apply(cpu, memory)
          try world.wait(for: "the resize") {
            try self.limits(of: "\(pod)/main") == limits && self.limits(of: pod) == limits
          }
        }
        #expect(try world.container("main").restartCount == 0)
        try apply("250m", "64Ki")
        let refusal = try world.wait(until: "a refusal") {
          try world.status().conditions.first { $0.type == "PodResizeInProgress" }?.message
        }
        #expect(refusal.contains("below current usage"))
        #expect(try limits(of: "\(pod)/main") == ["25000", "\(48 << 20)"])
      }
    }

    @Test("A child that lacks memory gives its container the reason", arguments: RuntimeKind.all)
    func child(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(
          Spec.shell(
            "tail /dev/zero; exit 3", pod: "restartPolicy: Never",
            container: "resources: {limits: {memory: 32Mi}}"))
        #expect(try world.end().reason == "OOMKilled")
      }
    }
  }
}
