import PodModel
import Testing

@testable import PodShim

/// What a status says while a pod comes and when it is over.
extension Lives {
  @Suite("A status tells how far a pod has come")
  struct StatusTests {
    /// In the order in which they come true.
    static let conditions = [
      "PodScheduled", "PodReadyToStartContainers", "Initialized", "ContainersReady", "Ready",
    ]

    @Test("Conditions come true in their order, and stay", arguments: RuntimeKind.all)
    func conditions(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let load = Spec.container("load", "sleep 1.5")
        let probe = "{exec: {command: [\"true\"]}, initialDelaySeconds: 2, periodSeconds: 1}"
        let main = Spec.container("main", Spec.idle, "readinessProbe: \(probe)")
        try world.create(Spec.pod(initial: [load], [main]))
        var seen: [Int] = []
        try world.wait(for: "it to be ready") {
          let status = try world.status()
          let holds = Self.conditions.map { type in
            status.conditions.first { $0.type == type }?.status == .true
          }
          // Those that hold come before those that do not.
          let count = holds.prefix { $0 }.count
          #expect(!holds.dropFirst(count).contains(true), "\(holds)")
          if count != seen.last { seen.append(count) }
          return count == holds.count
        }
        #expect(seen == seen.sorted() && seen.contains(2) && seen.contains(3), "\(seen)")
        let all = try world.status().conditions
        let times = Self.conditions.compactMap { type in
          all.first { $0.type == type }?.lastTransitionTime
        }
        #expect(times.count == Self.conditions.count && times == times.sorted(), "\(times)")
        #expect(Set(times).count >= 3, "\(times)")
      }
    }

    @Test("A pod keeps its addresses when it is over", arguments: RuntimeKind.all)
    func addresses(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        let go = "while [ ! -e /tmp/go ]; do sleep 0.1; done"
        try world.create(Spec.shell(go, pod: "restartPolicy: Never\nhostNetwork: true"))
        try world.waitUntilRunning()
        let before = try world.status()
        #expect(before.podIP == HostAddress.find())
        #expect(before.podIPs.map(\.ip) == [before.podIP].compactMap { $0 })
        _ = try world.exec(in: "main", "touch", "/tmp/go")
        try world.wait(until: .succeeded)
        let after = try world.status()
        #expect(after.podIP == before.podIP && after.podIPs == before.podIPs)
      }
    }
  }
}
