import Glibc
import PodModel
import Testing

@testable import PodShim

/// Pictures of pods that run.
extension Pods {
  @Suite("tree draws a pod's processes, timeline draws its life")
  struct DrawingTests {
    @Test("The tree shows what is shared, also with a process that exec began")
    func tree() throws {
      try PodFixture.with(.runc) { world in
        let spec = Spec.pod(
          "shareProcessNamespace: true",
          [Spec.container("a", Spec.idle), Spec.container("b", Spec.idle)])
        try world.create(spec)
        try world.waitUntilRunning()
        let guest = try Dialogue(world.program(["exec", "-i", "pod", "-c", "b", "--", "cat"]))
        try world.wait(for: "the guest") {
          try world.processes().contains { $0.arguments == ["cat"] }
        }
        let lines = try world.podshim("tree", "pod").split(separator: "\n").map(String.init)
        #expect(lines.prefix(3).dropFirst() == ["default/pod", "├─ pause"])
        #expect(lines.contains("├─ a") && lines.contains("└─ b"))
        #expect(lines.contains { $0.hasPrefix("   └─ cat ") })
        // net, ipc, uts and pid are pause's; each container has a mount namespace of its own.
        let row = try #require(lines.first { $0.hasPrefix("│  └─ /pause") })
        #expect(row.contains("pod   pod   pod   pod   own"))
        let shared = lines.filter { $0.hasSuffix("pause, a, b") }.map { $0.prefix(3) }
        #expect(shared == ["net", "ipc", "uts", "pid"])
        try guest.closeInput()
        _ = try guest.end()
        try world.podshim("delete", "pod", "pod")
        let gone = try world.run(["tree", "pod"])
        #expect(gone.errorText == "Error: pods \"pod\" not found\n")
      }
    }

    @Test("The time line has every run of every container, also when the pod is over")
    func timeline() throws {
      try PodFixture.with(.runc) { world in
        let spec = Spec.pod(
          "restartPolicy: OnFailure", initial: [Spec.container("first", "exit 0")],
          [Spec.container("main", "[ -e /out/again ] && exit 0; touch /out/again; exit 3")])
        try world.create(spec)
        try world.wait(until: .succeeded)
        let uid = try world.uid()
        let marks = try Files.readText("\(world.state)/pods/\(uid)/timeline")
          .split(separator: "\n").map {
            $0.split(separator: " ").dropFirst().joined(separator: " ")
          }
        let main = marks.filter { $0.hasPrefix("main ") }
        #expect(main.contains("main 0 ended:3") && main.contains("main 1 ended:0"))
        #expect(marks.contains("first 0 ended:0") && marks.contains("_pause 0 running"))
        let text = try world.podshim("timeline", "pod")
        #expect(text.hasPrefix("default/pod  "))
        #expect(text.contains("\nmain   ") && text.contains("✗") && text.contains("✓"))
        let picture = try world.podshim("timeline", "pod", "-o", "svg")
        #expect(picture.hasPrefix("<svg ") && picture.contains("ended with status 3"))
      }
    }
  }
}
