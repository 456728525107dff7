import PodModel
import Testing

@testable import PodShim

/// What has happened to pods, as three commands tell it.
extension Pods {
  @Suite("What happens to a pod is counted and shown")
  struct EventsTests {
    @Test(
      "events, get events and describe tell the same", .timeLimit(.minutes(2)),
      arguments: RuntimeKind.all)
    func alike(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell("exit 3"))
        _ = try world.wait(untilWaiting: "CrashLoopBackOff")
        // Started twice: at the beginning, and at once after the first end.
        let started = try world.wait(until: "the second start to be counted") {
          let json = try world.podshim("get", "events", "-o", "json")
          let list = YAMLText(json).documents.first?["items"]
          guard case .sequence(let events)? = list?.content else { return nil as Node? }
          return events.first { $0["reason"] == .string("Started") && $0["count"] == .integer(2) }
        }
        #expect(started["involvedObject"]?["fieldPath"] == .string("spec.containers{main}"))
        #expect(started["type"] == .string("Normal"))
        let lines = try world.podshim("events", "--for", "pod/pod").split(separator: "\n")
        #expect(lines.first?.hasPrefix("LAST SEEN ") == true)
        #expect(lines.contains { $0.contains(" (x2 over ") && $0.contains("Started  ") })
        #expect(lines.dropFirst().allSatisfy { $0.contains("   Pod/pod   ") })
        let description = try world.podshim("describe", "pod", "pod")
        #expect(description.contains("    State:          Waiting\n      Reason:       CrashLoop"))
        let table = description.split(separator: "Events:\n").last ?? ""
        #expect(table.contains("Started") && table.contains(" (x2 over "))
        let other = try world.run(["events", "--for", "pod/other"])
        #expect(other.errorText == "No events found in default namespace.\n")
      }
    }

    @Test("A watch goes on with pods that come", arguments: RuntimeKind.all)
    func watch(runtime: RuntimeKind) throws {
      try PodFixture.with(runtime) { world in
        try world.create(Spec.shell(Spec.idle), named: "first")
        try world.waitUntilRunning("first")
        let watch = try Dialogue(world.program(["events", "-w"]))
        try watch.expect("Pod/first")
        try world.create(Spec.shell(Spec.idle), named: "second")
        try watch.expect("Pod/second")
        try world.podshim("delete", "pod", "first", "--now")
        try watch.expect("Killing")
        // The header stands at the beginning, and nowhere else.
        #expect(watch.text.split(separator: "LAST SEEN").count == 1)
      }
    }
  }
}
