import PodModel
import Testing

@testable import PodShim

@Suite("Reading logs")
struct CommandsLogTests {
  private static let time = "2024-05-06T07:08:09.123456789+02:00"

  private func texts(_ lines: [LogLines.Line]) -> [String] {
    lines.map { String(decoding: $0.text, as: UTF8.self) + ($0.isComplete ? "\n" : "") }
  }

  @Test func `time, stream and tag are taken away, and nothing else`() {
    var lines = LogLines()
    let log = [
      "\(Self.time) stdout F one", "\(Self.time) stderr F  two  words ", "\(Self.time) stdout F ",
      "\(Self.time) stdout P half", "\(Self.time) stdout P:x:y  a ", "\(Self.time) stdout F line",
    ]
    let found = lines.take(Array(log.map { $0 + "\n" }.joined().utf8))
    #expect(texts(found) == ["one\n", " two  words \n", "\n", "half", " a ", "line\n"])
    #expect(found.map(\.stream) == [.stdout, .stderr, .stdout, .stdout, .stdout, .stdout])
  }

  @Test func `a log may come in pieces of any size`() {
    let log = Array("\(Self.time) stdout F one\n\(Self.time) stderr P two\n\(Self.time) st".utf8)
    for size in 1...log.count {
      var lines = LogLines()
      var found: [LogLines.Line] = []
      for start in stride(from: 0, to: log.count, by: size) {
        found += lines.take(Array(log[start..<min(start + size, log.count)]))
      }
      #expect(texts(found) == ["one\n", "two"], "pieces of \(size)")
    }
  }

  @Test(arguments: [
    "", "no log line", "a b c d", "t stdout X text", "t stdin F text", "t stdout F",
  ])
  func `what is no log line is shown as it is`(_ line: String) {
    var lines = LogLines()
    #expect(texts(lines.take(Array((line + "\n").utf8))) == [line + "\n"])
  }

  @Test func `bytes that are no text come through`() {
    let bytes: [UInt8] = [0xff, 0x00, 0x0d]
    var lines = LogLines()
    let found = lines.take(Array("\(Self.time) stdout F ".utf8) + bytes + [newline])
    #expect(found.map { Array($0.text) } == [bytes])
  }

  @Test(arguments: [(0, 0), (1, 1), (3, 3), (1000, 1000), (5000, 5000), (9000, 5000)])
  func `the tail of a log is so many of its last lines`(_ tail: Int, _ shown: Int) throws {
    let scratch = try LinuxScratch()
    // Long enough for several pieces of reading.
    let padding = String(repeating: "x", count: 100)
    let log = (1...5000).map { "\(Self.time) stdout F \($0) \(padding)\n" }.joined()
    try Files.writeText(log, to: scratch["0.log"])
    var found: [String] = []
    try RunLog(scratch.path, run: 0, tail: tail).read {
      found.append(String(decoding: $0.text.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self))
    }
    #expect(found.count == shown)
    #expect(shown == 0 || found.first == "\(5001 - shown)")
    #expect(shown == 0 || found.last == "5000")
  }

  @Test func `what is written later is read later, once`() throws {
    let scratch = try LinuxScratch()
    try Files.writeText("\(Self.time) stdout F one\n\(Self.time) std", to: scratch["3.log"])
    let log = try RunLog(scratch.path, run: 3)
    var found: [String] = []
    let read = { try log.read { found.append(String(decoding: $0.text, as: UTF8.self)) } }
    try read()
    #expect(found == ["one"])
    try Files.writeText(
      "\(Self.time) stdout F one\n\(Self.time) stdout F two\n", to: scratch["3.log"])
    try read()
    #expect(found == ["one", "two"])
  }

  @Test func `runs are found by number, other files are not runs`() throws {
    let scratch = try LinuxScratch()
    for name in ["10.log", "2.log", "2.log.20240506-070809", "x.log", "3.log.gz"] {
      try Files.writeText("", to: scratch[name])
    }
    #expect(RunLog.runs(in: scratch.path) == [2, 10])
    #expect(RunLog.runs(in: scratch["nowhere"]) == [])
  }

  @Test func `lines of several containers never share a line`() {
    let log = LogScreen([("a", "[a]"), ("b", "[b]")])
    func line(_ text: String, _ isComplete: Bool, _ stream: LogFile.Stream = .stdout)
      -> LogLines.Line
    {
      .init(stream: stream, text: Array(text.utf8)[...], isComplete: isComplete)
    }
    log.take("a", line("half ", false))
    log.take("b", line("whole", true))
    log.take("a", line("error", true, .stderr))
    log.take("a", line("and half", true))
    log.take("b", line("rest", false))
    #expect(
      String(decoding: log.takeText(), as: UTF8.self)
        == "[b] whole\n[a] error\n[a] half and half\n")
    #expect(log.takeText().isEmpty)
    log.finish()
    #expect(String(decoding: log.takeText(), as: UTF8.self) == "[b] rest\n")
  }
}

@Suite("Whose log is meant")
struct CommandsLogChoiceTests {
  private static func status(_ change: (inout ContainerStatus) -> Void) -> PodStatus {
    PodStatus().with {
      $0.containerStatuses = [
        ContainerStatus().with {
          $0.name = "web"
          change(&$0)
        }
      ]
    }
  }

  private static func ended(_ id: String?) -> ContainerState {
    ContainerState().with {
      $0.terminated = ContainerStateTerminated().with { $0.containerID = id }
    }
  }

  private static func waiting(_ reason: String?) -> ContainerState {
    ContainerState().with {
      $0.waiting = ContainerStateWaiting().with { $0.reason = reason }
    }
  }

  private func run(_ status: PodStatus, previous: Bool = false) throws -> Int {
    try LogSource.run(of: "web", in: "pod", status: status, previous: previous)
  }

  @Test func `the run that runs, or else the one that ran last`() throws {
    let running = Self.status {
      $0.state = ContainerState().with { $0.running = ContainerStateRunning() }
      $0.containerID = "crun://uid_web_4"
      $0.lastState = Self.ended("crun://uid_web_3")
    }
    #expect(try run(running) == 4)
    #expect(try run(running, previous: true) == 3)
    #expect(try run(Self.status { $0.state = Self.ended("crun://uid_web_2") }) == 2)
    let waits = Self.status {
      $0.state = Self.waiting("CrashLoopBackOff")
      $0.lastState = Self.ended("crun://uid_web_7")
    }
    #expect(try run(waits) == 7)
    let neverStarted = Self.status {
      $0.state = Self.ended(nil)
      $0.lastState = Self.ended("crun://uid_web_1")
    }
    #expect(try run(neverStarted) == 1)
  }

  @Test(arguments: [
    ("ErrImagePull", "is waiting to start: image can't be pulled"),
    ("ImagePullBackOff", "is waiting to start: trying and failing to pull image"),
    ("ContainerCreating", "is waiting to start: ContainerCreating"),
    (nil, "is waiting to start - no logs yet"),
  ])
  func `a container that never ran has no log, and why`(_ reason: String?, _ words: String) {
    let expected = CommandError.refused("container \"web\" in pod \"pod\" \(words)")
    #expect(throws: expected) { try run(Self.status { $0.state = Self.waiting(reason) }) }
  }

  @Test func `there is not always a run before`() {
    let expected = CommandError.refused(
      "previous terminated container \"web\" in pod \"pod\" not found")
    #expect(throws: expected) {
      try run(Self.status { $0.state = Self.ended("crun://uid_web_0") }, previous: true)
    }
  }

  private static func pod(_ apps: [String], initial: [String] = []) -> Pod {
    Pod().with {
      $0.metadata.name = "web"
      $0.spec.containers = apps.map { name in Container().with { $0.name = name } }
      $0.spec.initContainers = initial.map { name in Container().with { $0.name = name } }
    }
  }

  @Test func `with several containers the first is meant`() throws {
    #expect(try ContainerChoice.forLogs(of: Self.pod(["a"], initial: ["i"]), named: nil) == "a")
    #expect(try ContainerChoice.forLogs(of: Self.pod(["a", "b"]), named: "b") == "b")
    let first = try ContainerChoice.forLogs(of: Self.pod(["a", "b"], initial: ["i"]), named: nil)
    #expect(first == "a")
    #expect(throws: CommandError("container x is not valid for pod web")) {
      try ContainerChoice.forLogs(of: Self.pod(["a"]), named: "x")
    }
  }

  @Test func `the annotation names the container that is meant`() throws {
    let pod = Self.pod(["a", "b"]).with {
      $0.metadata.annotations["kubectl.kubernetes.io/default-container"] = "b"
    }
    #expect(try ContainerChoice.forLogs(of: pod, named: nil) == "b")
    #expect(try ContainerChoice.one(of: pod, named: nil).name == "b")
    #expect(try ContainerChoice.one(of: pod, named: "a").name == "a")
  }
}
