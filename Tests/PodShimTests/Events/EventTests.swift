import Glibc
import PodModel
import Testing

@testable import PodShim

/// What has happened, as it is written, counted and shown.
@Suite struct EventTests {
  private let scratch: LinuxScratch
  private let paths: PodPaths

  init() throws {
    scratch = try LinuxScratch()
    let host = HostPaths(
      root: scratch["root"], state: scratch["state"], environment: [:], isRoot: true)
    paths = host.pod(uid: "1")
    try Files.makeDirectories(paths.state)
  }

  private func note(
    _ reason: String, _ message: String = "m", container: String? = nil,
    _ type: Note.NoteType = .normal
  ) -> Note {
    Note(type, reason, message, container: container)
  }

  private func append(_ note: Note, at seconds: Int64, longest: Int = EventLog.longest) {
    EventLog.append(note, to: paths, at: Timestamp(seconds: seconds), longest: longest)
  }

  /// `Reason×count first-last`, in order.
  private var lines: [String] {
    EventLog.read(paths).map {
      "\($0.note.reason)×\($0.count) \($0.first.seconds)-\($0.last.seconds)"
    }
  }

  private var size: Int {
    get throws { try Files.read(paths.events).count }
  }

  @Test func `the same words again are one event with a count, moved behind the others`() {
    append(note("BackOff"), at: 1)
    append(note("Started"), at: 2)
    append(note("BackOff"), at: 5)
    #expect(lines == ["Started×1 2-2", "BackOff×2 1-5"])
  }

  @Test func `another type, reason, message or container is another event`() {
    append(note("A", "m", container: "web"), at: 1)
    append(note("A", "m", container: "db"), at: 1)
    append(note("A", "n", container: "web"), at: 1)
    append(note("B", "m", container: "web"), at: 1)
    append(note("A", "m", container: "web", .warning), at: 1)
    #expect(EventLog.read(paths).map(\.count) == [1, 1, 1, 1, 1])
  }

  @Test func `words that are never the same are combined after nine, with the last of them`() {
    for second in 1...30 { append(note("Unhealthy", "at \(second)"), at: Int64(second)) }
    append(note("Started"), at: 40)
    let events = EventLog.read(paths)
    #expect(events.count == 11)
    #expect(events[9].message == "(combined from similar events): at 30")
    #expect(lines[9] == "Unhealthy×21 10-30")
    // What was seen before still counts by itself.
    append(note("Unhealthy", "at 3"), at: 50)
    #expect(EventLog.read(paths).last?.message == "at 3")
  }

  @Test func `words that come seldom are not combined`() {
    for number in 1...30 { append(note("Unhealthy", "at \(number)"), at: Int64(number * 601)) }
    #expect(EventLog.read(paths).count == 30)
  }

  @Test func `a probe that fails for weeks keeps its count and a small file`() throws {
    append(note("Started"), at: 0)
    for second in 1...20_000 {
      append(note("Unhealthy", "probe failed"), at: Int64(second), longest: 4096)
    }
    #expect(lines == ["Started×1 0-0", "Unhealthy×20000 1-20000"])
    #expect(try size <= 4096)
  }

  @Test func `what does not fit goes, the oldest first`() throws {
    for number in 1...200 {
      append(note("R\(number)", String(repeating: "x", count: 100)), at: 1, longest: 8192)
    }
    let reasons = EventLog.read(paths).map(\.note.reason)
    #expect(reasons == (201 - reasons.count...200).map { "R\($0)" })
    #expect(reasons.count >= 15)
    #expect(try size <= 8192)
  }

  @Test func `combining goes on after the history was written anew`() {
    for second in 1...2000 {
      append(note("Unhealthy", "at \(second)"), at: Int64(second), longest: 4096)
    }
    let events = EventLog.read(paths)
    #expect(events.map(\.count).reduce(0, +) == 2000)
    #expect(events.count == 10)
  }

  @Test func `a torn line is lost alone`() throws {
    append(note("A"), at: 1)
    let whole = try Files.readText(paths.events)
    try Files.writeText(whole + String(whole.dropLast(10)), to: paths.events)
    append(note("B"), at: 2)
    #expect(lines == ["A×1 1-1", "B×1 2-2"])
  }

  @Test func `a follower tells what is new, once`() {
    var follower = EventFollower(StoredPod(pod: Pod(), paths: paths))
    #expect(follower.news().isEmpty)
    append(note("A"), at: 1)
    #expect(follower.news().map(\.event.note.reason) == ["A"])
    #expect(follower.news().isEmpty)
    append(note("B"), at: 2)
    append(note("A"), at: 3)
    #expect(follower.news().map { "\($0.event.note.reason)\($0.event.count)" } == ["B1", "A2"])
  }

  // MARK: As objects and lines

  private var pod: Pod {
    Pod().with {
      $0.metadata.name = "web"
      $0.metadata.uid = "u"
      $0.spec.containers = [Container().with { $0.name = "main" }]
      $0.spec.initContainers = [Container().with { $0.name = "first" }]
      $0.spec.ephemeralContainers = [EphemeralContainer().with { $0.common.name = "debug" }]
    }
  }

  private func event(_ note: Note, count: Int = 1, first: Int64, last: Int64) -> PodEvent {
    let event = CountedEvent(
      note: note, count: count, first: Timestamp(seconds: first), last: Timestamp(seconds: last))
    return PodEvent(event: event, pod: pod, host: "alpha")
  }

  @Test(arguments: [
    ("main", "spec.containers{main}"), ("first", "spec.initContainers{first}"),
    ("debug", "spec.ephemeralContainers{debug}"), (nil, nil),
  ])
  func `an event says which part of the pod it is about`(_ container: String?, _ path: String?) {
    #expect(event(note("A", container: container), first: 0, last: 0).fieldPath == path)
  }

  @Test func `an event keeps its name however often it is seen, and no other has it`() {
    let first = event(note("A"), first: 1_700_000_000, last: 1_700_000_000)
    let later = event(note("A"), count: 9, first: 1_700_000_000, last: 1_700_000_900)
    #expect(first.name == later.name)
    #expect(first.name.hasPrefix("web.1797") && first.name.count == "web.".count + 16)
    let others = [
      event(note("B"), first: 1_700_000_000, last: 1_700_000_000),
      event(note("A", "n"), first: 1_700_000_000, last: 1_700_000_000),
      event(note("A"), first: 1_700_000_001, last: 1_700_000_001),
    ]
    #expect(Set(others.map(\.name) + [first.name]).count == 4)
  }

  @Test func `an event is an object of the API`() {
    let warning = note("BackOff", "again", container: "main", .warning)
    let text = event(warning, count: 3, first: 0, last: 60).node.yamlText()
    for line in [
      "kind: Event\n", "count: 3\n", "firstTimestamp: \"1970-01-01T00:00:00Z\"\n",
      "lastTimestamp: \"1970-01-01T00:01:00Z\"\n", "fieldPath: spec.containers{main}\n",
      "reason: BackOff\n", "message: again\n", "type: Warning\n", "component: podshim\n",
      "host: alpha\n", "reportingComponent: podshim\n",
    ] {
      #expect(text.contains(line), "\(text)")
    }
  }

  @Test func `an age says how often, and over which time`() {
    let now = Timestamp(seconds: 1000)
    let once = event(note("A"), first: 995, last: 995)
    #expect(EventTable.row(once, now: now) == ["5s", "Normal", "A", "Pod/web", "m"])
    let often = event(note("A", "one\ntwo\n"), count: 3, first: 880, last: 995)
    #expect(
      EventTable.row(often, now: now) == ["5s (x3 over 2m)", "Normal", "A", "Pod/web", "one two"])
    #expect(EventTable.plainRow(often, isWide: false, now: now)[0] == "5s")
  }

  @Test func `the table of a watch has one header, and columns that only grow`() throws {
    let invocation = try ArgumentReader.read(["events", "-w"])
    let printer = try EventPrinter(invocation, withNamespace: false)
    let now = Timestamp(seconds: 10)
    let first = printer.table([event(note("Started"), first: 5, last: 5)], now: now)
    let second = printer.table([event(note("A"), first: 5, last: 5)], now: now)
    #expect(
      first + second == """
        LAST SEEN   TYPE     REASON    OBJECT    MESSAGE
        5s          Normal   Started   Pod/web   m
        5s          Normal   A         Pod/web   m

        """)
  }

  @Test func `a choice of events is by pod, namespace and type`() {
    let one = event(note("A", "m", .warning), first: 0, last: 0)
    #expect(EventChoice().holds(one))
    #expect(EventChoice(namespace: "default", pod: "web", types: ["warning"]).holds(one))
    #expect(!EventChoice(namespace: "other").holds(one))
    #expect(!EventChoice(pod: "db").holds(one))
    #expect(!EventChoice(types: ["normal"]).holds(one))
  }
}
