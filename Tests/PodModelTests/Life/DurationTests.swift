import PodModel
import Testing

@Suite("Lengths of time and moments as other programs write them")
struct DurationTests {
  @Test(
    arguments: [
      ("0", .zero), ("5s", .seconds(5)), ("2m", .seconds(120)), ("1h30m", .seconds(5400)),
      ("1.5h", .seconds(5400)), ("300ms", .milliseconds(300)), ("-5s", .seconds(-5)),
      ("+1us", .microseconds(1)), ("1µs", .microseconds(1)), ("7ns", .nanoseconds(7)),
      (".5s", .milliseconds(500)), ("1.s", .seconds(1)),
    ] as [(String, Duration)])
  func `a duration of Go is read`(_ text: String, _ duration: Duration) {
    #expect(Duration(go: text) == duration)
  }

  @Test(arguments: ["", "5", "s", ".s", "5d", "5 s", "1h-5m", "99999999999999999999h", "-", "1.2"])
  func `what is no duration of Go is refused`(_ text: String) {
    #expect(Duration(go: text) == nil)
  }

  @Test(
    arguments: [
      ("1970-01-01T00:00:01Z", .seconds(1)), ("1970-01-01T01:00:00+01:00", .zero),
      ("1969-12-31T19:00:00.5-05:00", .milliseconds(500)),
      ("2024-05-06T07:08:09.123456789+02:00", .nanoseconds(1_714_972_089_123_456_789)),
    ] as [(String, Duration)])
  func `a moment has a fraction and a zone`(_ text: String, _ wall: Duration) {
    #expect(Timestamp.wall(rfc3339: text.utf8) == wall)
  }

  @Test(arguments: [
    "", "2024-05-06", "2024-05-06T07:08:09", "2024-05-06T07:08:09.Z", "2024-05-06 07:08:09Z",
    "2024-13-06T07:08:09Z", "2024-05-06T07:08:09+2:00", "2024-05-06T07:08:09+24:00", "now",
  ])
  func `what is no moment is refused`(_ text: String) {
    #expect(Timestamp.wall(rfc3339: text.utf8) == nil)
  }
}
