import Glibc
import PodModel
import Testing

@testable import PodShim

/// What `describe` says, whole, of the pods of `fixtures/described`; the texts were laid beside
/// those of kubectl 1.32 for the same objects.
@Suite struct DescriptionTests {
  private static let folder: String = {
    let parts = #filePath.split(separator: "/").dropLast(4)
    return "/" + parts.joined(separator: "/") + "/fixtures/described"
  }()

  private static let now = Timestamp("2026-11-21T09:10:00Z") ?? Timestamp(seconds: 0)

  /// `RECORD=1` rewrites what differs and fails.
  private func compare(_ text: String, _ name: String) throws {
    let path = "\(Self.folder)/\(name)"
    let expected = try? Files.readText(path)
    guard text != expected else { return }
    if getenv("RECORD") != nil, getenv("CI") == nil {
      try Files.writeText(text, to: path)
      Issue.record("recorded \(path): look at the difference, then run again without RECORD")
    } else {
      Issue.record("\(path) differs; this is what came:\n\(text)")
    }
  }

  @Test(arguments: [
    ("everything.yaml", "everything.events", "everything.txt"),
    ("waiting.yaml", "waiting.events", "waiting.txt"),
  ])
  func `a pod is described as kubectl would`(
    _ manifest: String, _ history: String, _ text: String
  ) throws {
    let path = "\(Self.folder)/\(manifest)"
    let pod = try Pod.stored(Files.read(path), file: path)
    let scratch = try LinuxScratch()
    let host = HostPaths(
      root: scratch["root"], state: scratch["state"], environment: [:], isRoot: true)
    let stored = StoredPod(pod: pod, paths: host.pod(uid: "1"))
    try Files.makeDirectories(stored.paths.state)
    if Files.exists("\(Self.folder)/\(history)") {
      try Files.write(Files.read("\(Self.folder)/\(history)"), to: stored.paths.events)
    }
    let description = PodDescription(
      pod: pod, events: stored.events(), now: Self.now, time: .utc)
    try compare(description.text, text)
  }

  @Test func `a pod that is going away says since when and how long it may take`() {
    let pod = Pod().with {
      $0.metadata.name = "web"
      $0.metadata.deletionTimestamp = "2026-11-21T09:09:48Z"
      $0.metadata.deletionGracePeriodSeconds = 30
      $0.status = PodStatus().with { $0.phase = .running }
    }
    func text(_ pod: Pod) -> String {
      PodDescription(pod: pod, events: nil, now: Self.now, time: .utc).text
    }
    let ending = text(pod)
    #expect(ending.contains("Status:                    Terminating (lasts 12s)\n"))
    #expect(ending.contains("Termination Grace Period:  30s\n"))
    #expect(!ending.contains("Events"))
    let over = text(pod.with { $0.status = PodStatus().with { $0.phase = .failed } })
    #expect(over.contains("Status:       Failed\n") && !over.contains("Terminating"))
  }

  @Test(arguments: [
    ("2026-11-21T09:36:36Z", Int64(0), "Sat, 21 Nov 2026 09:36:36 +0000"),
    ("2026-12-31T23:30:00Z", 3600, "Fri, 01 Jan 2027 00:30:00 +0100"),
    ("2024-02-29T02:00:00Z", -12600, "Wed, 28 Feb 2024 22:30:00 -0330"),
    ("1969-12-31T00:00:00Z", 0, "Wed, 31 Dec 1969 00:00:00 +0000"),
  ])
  func `a time is written as the place has it`(_ time: String, _ east: Int64, _ text: String) {
    #expect(LocalTime { _ in east }.text(time) == text)
  }

  @Test func `a time that is not known is Go's first moment`() {
    #expect(LocalTime.utc.text(nil) == "Mon, 01 Jan 0001 00:00:00 +0000")
  }

  @Test func `columns end where a line has none`() {
    var text = TabbedText()
    for line in ["a|b|c", "long|b|c", "alone", "a|b", "longer|b|c", "x|wide|c"] {
      text.add(line.split(separator: "|").map(String.init))
    }
    #expect(
      text.text == """
        a     b  c
        long  b  c
        alone
        a       b
        longer  b     c
        x       wide  c

        """)
  }
}
