import PodModel
import Testing

/// Which containers somebody can reach into, as their pod's life goes on.
@Suite struct ReachTests {
  private static let main = Instance("main", 0)

  private func life() throws -> PodLife {
    let pod = try PlannedPod.plan(spec: "containers: [{name: main, image: image}]").pod
    return PodLife(LifeSpec(pod, on: HostFacts(hostname: "node", kernel: "6.1.0")))
  }

  private static let untilRunning: [Event] = [
    .begun, .sandboxStarted(run: 0, addresses: []),
    .created(main, Identity(containerID: "c", imageID: "i")), .started(main),
  ]

  @Test func `a container is coming until it runs, and then is there until it ends`() throws {
    var life = try life()
    for event in Self.untilRunning {
      #expect(life.reach(into: "main") == .coming)
      _ = life.handle(event, at: .zero)
    }
    #expect(life.reach(into: "main") == .running(run: 0))
    #expect(life.reach(into: "other") == .none)
    _ = life.handle(.deletionRequested(grace: .seconds(9)), at: .zero)
    #expect(life.reach(into: "main") == .running(run: 0))
    _ = life.handle(
      .exited(Self.main, Exit(code: 0, at: .seconds(1), message: "")), at: .seconds(1))
    #expect(life.reach(into: "main") == .none)
  }

  @Test func `what something is in the way of is not waited for`() throws {
    var life = try life()
    for event in Self.untilRunning.prefix(2) { _ = life.handle(event, at: .zero) }
    let failure = Failure(.bundle, reason: "CreateContainerError", message: "no")
    _ = life.handle(.failed(Self.main, failure), at: .zero)
    #expect(life.reach(into: "main") == .none)
  }

  @Test func `nothing comes of a pod that is to go`() throws {
    var life = try life()
    _ = life.handle(.begun, at: .zero)
    _ = life.handle(.deletionRequested(grace: nil), at: .zero)
    #expect(life.reach(into: "main") == .none)
  }
}
