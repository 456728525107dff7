import FoundationEssentials
import Testing

@testable import PodModel

@Suite("Time lines of pods")
struct TimelineTests {
  /// Of `fixtures/timelines/*.marks`, whose drawings stand beside them.
  private static let all = Golden.fixtures("timelines", ending: ".marks")

  private static func timeline(_ path: String, now: Duration? = nil) throws -> Timeline {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let marks = try lines.map { try #require(TimelineMark($0)) }
    #expect(marks.map(\.description) == lines.map(String.init))
    var names: [String] = []
    for mark in marks where !names.contains(mark.subject) { names.append(mark.subject) }
    return Timeline(marks, names: names, now: now)
  }

  @Test(arguments: all)
  func `are drawn in characters and as a picture`(_ path: String) throws {
    let timeline = try Self.timeline(path)
    let stem = path.dropLast(".marks".count)
    try Golden.compare(TimelineText(timeline, width: 80).text, with: "\(stem).txt")
    let picture = TimelineSVG(timeline, title: "default/<web> & more  \(timeline.length.short)")
    try Golden.compare(picture.text, with: "\(stem).svg")
  }

  @Test func `fit into any width, and hold any length`() throws {
    let path = try #require(Self.all.first)
    for width in [1, 21, 40, 79, 200] {
      let text = TimelineText(try Self.timeline(path), width: width).text
      #expect(text.split(separator: "\n").first?.count ?? 0 <= max(width, 32))
    }
    let mark = TimelineMark(
      at: .seconds(1), subject: TimelineMark.pause, run: 0, what: .stage(.creating))
    for length in [Duration.zero, .nanoseconds(1), .milliseconds(3), .seconds(86400 * 400)] {
      let timeline = Timeline([mark], names: [TimelineMark.pause], now: .seconds(1) + length)
      #expect(timeline.length == length && timeline.ticks(atMost: 8).count <= 9)
      #expect(TimelineText(timeline, width: 60).text.contains("pause"))
      #expect(TimelineSVG(timeline, title: "t").text.contains("pause"))
    }
    #expect(Timeline([], names: [TimelineMark.pause], now: nil).rows.isEmpty)
  }

  @Test func `go on until now while the pod lives`() {
    let mark = TimelineMark(at: .seconds(1), subject: "web", run: 2, what: .stage(.running))
    let timeline = Timeline([mark], names: [TimelineMark.pause, "web"], now: .seconds(5))
    let bar = Timeline.Bar(stage: .running, run: 2, from: .zero, to: .seconds(4))
    #expect(timeline.rows == [Timeline.Row(name: "web", bars: [bar])])
  }

  @Test(
    arguments: [
      (.zero, "0s"), (.milliseconds(350), "350ms"), (.milliseconds(2500), "2.5s"),
      (.seconds(59), "59s"), (.seconds(90), "1m30s"), (.seconds(120), "2m"),
      (.seconds(7500), "2h5m"), (.seconds(7200), "2h"),
    ] as [(Duration, String)])
  func `say short times shortly`(_ duration: Duration, _ text: String) {
    #expect(duration.short == text)
  }

  @Test(arguments: [
    "", "1 web 0", "x web 0 running", "1 web 0 runs", "1 web 0 ended:x", "1 web 0 failed:x",
    "1 web 0 running more", "1 web 0 ended",
  ])
  func `know a mark from other lines`(_ line: String) {
    #expect(TimelineMark(line) == nil)
  }

  @Test func `mark what changes in a life`() {
    let pod = Pod().with {
      $0.metadata.name = "web"
      $0.spec.restartPolicy = .always
      $0.spec.containers = [Container().with { $0.name = "web" }]
    }
    var life = PodLife(LifeSpec(pod.withDefaults()))
    var marks: [String] = []
    var last = life
    func tell(_ event: Event, at seconds: Int64) {
      let now = Duration.seconds(seconds)
      _ = life.handle(event, at: now)
      marks += TimelineMark.changes(from: last, to: life, at: now).map(\.description)
      last = life
    }
    let (web, next) = (Instance("web", 0), Instance("web", 1))
    tell(.begun, at: 1)
    tell(.sandboxStarted(run: 0, addresses: []), at: 2)
    tell(.created(web, Identity(containerID: "c", imageID: "i")), at: 3)
    tell(.started(web), at: 4)
    tell(.exited(web, Exit(code: 3, at: .seconds(6))), at: 7)
    tell(.created(next, Identity(containerID: "c", imageID: "i")), at: 8)
    #expect(
      marks == [
        "1000000000 _pause 0 creating", "2000000000 _pause 0 running",
        "2000000000 web 0 creating", "4000000000 web 0 running", "6000000000 web 0 ended:3",
        "7000000000 web 1 creating",
      ])
    let failure = Event.probed(next, .liveness, .failure("no"))
    #expect(
      TimelineMark.failure(failure, at: .seconds(9))?.description
        == "9000000000 web 1 failed:liveness")
    #expect(TimelineMark.failure(.probed(next, .liveness, .success), at: .zero) == nil)
  }
}
