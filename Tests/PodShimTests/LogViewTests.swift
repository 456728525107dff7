import PodModel
import Testing

@testable import PodShim

@Suite("What of a log is shown")
struct LogViewTests {
  private static let log = """
    2024-05-06T07:08:09.000000001Z stdout F one
    2024-05-06T07:08:10.000000001+00:00 stdout P tw
    2024-05-06T07:08:10.000000002Z stdout F o
    no log line
    2024-05-06T07:08:11.000000001Z stderr F three

    """

  private func shown(_ view: LogView) -> String {
    var view = view
    var lines = LogLines()
    let screen = LogScreen()
    for line in lines.take(Array(Self.log.utf8)) {
      if let line = view.show(line) { screen.take("", line) }
    }
    return String(decoding: screen.takeText(), as: UTF8.self)
  }

  private static func view(_ change: (inout LogView) -> Void) -> LogView {
    var view = LogView()
    change(&view)
    return view
  }

  @Test func `all of it is shown as it was printed`() {
    #expect(shown(LogView()) == "one\ntwo\nno log line\nthree\n")
  }

  @Test func `a time stands where a line begins, and not where one goes on`() {
    #expect(
      shown(Self.view { $0.hasTimes = true }) == """
        2024-05-06T07:08:09.000000001Z one
        2024-05-06T07:08:10.000000001+00:00 two
        no log line
        2024-05-06T07:08:11.000000001Z three

        """)
  }

  @Test(arguments: [
    ("2024-05-06T07:08:09Z", "one\ntwo\nno log line\nthree\n"),
    ("2024-05-06T07:08:09.000000002Z", "two\nno log line\nthree\n"),
    ("2024-05-06T09:08:11+02:00", "no log line\nthree\n"),
    ("2025-01-01T00:00:00Z", "no log line\n"),
  ])
  func `what is too old is left out`(_ since: String, _ expected: String) {
    #expect(shown(Self.view { $0.since = Timestamp.wall(rfc3339: since.utf8) }) == expected)
  }

  @Test(arguments: [
    (1, "o"), (3, "one"), (4, "one\n"), (6, "one\ntw"), (7, "one\ntwo"), (8, "one\ntwo\n"),
    (26, "one\ntwo\nno log line\nthree\n"), (100, "one\ntwo\nno log line\nthree\n"),
  ])
  func `the limit counts every byte, and cuts`(_ limit: Int, _ expected: String) {
    #expect(shown(Self.view { $0.limit = limit }) == expected)
  }

  @Test func `times count, too`() {
    let view = Self.view {
      $0.limit = 31
      $0.hasTimes = true
    }
    #expect(shown(view) == "2024-05-06T07:08:09.000000001Z ")
  }

  private static func view(_ words: String...) throws -> LogView {
    let invocation = try ArgumentReader.read(["logs", "web"] + words)
    return try LogsCommand.view(invocation, now: .seconds(1000))
  }

  @Test func `the flags say what is wanted`() throws {
    let all = try Self.view()
    #expect(all.tail == nil && all.since == nil && all.limit == nil && !all.hasTimes)
    #expect(try Self.view("--tail", "-1").tail == nil)
    #expect(try Self.view("--tail=0").tail == 0)
    #expect(try Self.view("-l", "a=b").tail == 10 && Self.view("-la=b", "--tail=-1").tail == nil)
    #expect(try Self.view("--limit-bytes=0").limit == nil)
    #expect(try Self.view("--since=0s").since == nil)
    #expect(try Self.view("--since=1m40s").since == .seconds(900))
    #expect(try Self.view("--since-time=1970-01-01T00:00:02Z").since == .seconds(2))
  }

  @Test(arguments: [
    (["--tail=-2"], "--tail must be greater than or equal to -1"),
    (["--limit-bytes=-1"], "--limit-bytes must be greater than 0"),
    (["--since=-1s"], "--since must be greater than 0"),
    (
      ["--since=1s", "--since-time=1970-01-01T00:00:02Z"],
      "at most one of `sinceTime` or `sinceSeconds` may be specified"
    ),
    (
      ["--since-time=yesterday"],
      "--since-time \"yesterday\" is no time: write it as 2024-05-06T07:08:09Z"
    ),
  ])
  func `what makes no sense is refused in kubectl's words`(_ words: [String], _ message: String)
    throws
  {
    let invocation = try ArgumentReader.read(["logs", "web"] + words)
    #expect(throws: CommandError(message)) {
      try LogsCommand.view(invocation, now: .seconds(1000))
    }
  }

  @Test func `a line of one container alone is shown before it has ended`() {
    let half = LogLines.Line(stream: .stdout, text: Array("half".utf8)[...], isComplete: false)
    let alone = LogScreen([("web", "")])
    alone.take("web", half)
    #expect(alone.takeText() == Array("half".utf8))
    let two = LogScreen([("a", ""), ("b", "")])
    two.take("a", half)
    #expect(two.takeText().isEmpty)
    two.finish()
    #expect(two.takeText() == Array("half\n".utf8))
  }

  @Test func `each container has a colour where there are colours`() {
    let line = LogLines.Line(stream: .stdout, text: Array("x".utf8)[...], isComplete: true)
    let screen = LogScreen([("a", "[a]"), ("b", "[b]")], hasColours: true)
    screen.take("a", line)
    screen.take("b", line)
    #expect(
      String(decoding: screen.takeText(), as: UTF8.self)
        == "\u{1B}[36m[a]\u{1B}[0m x\n\u{1B}[33m[b]\u{1B}[0m x\n")
  }
}
