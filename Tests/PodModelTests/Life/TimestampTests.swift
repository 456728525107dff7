import PodModel
import Testing

/// Moments checked against `date -u -d @SECONDS`, both ways.
@Suite struct TimestampTests {
  static let known: [(Int64, String)] = [
    (0, "1970-01-01T00:00:00Z"),
    (59, "1970-01-01T00:00:59Z"),
    (951_782_399, "2000-02-28T23:59:59Z"),
    (951_782_400, "2000-02-29T00:00:00Z"),
    (951_868_800, "2000-03-01T00:00:00Z"),
    (1_078_012_800, "2004-02-29T00:00:00Z"),
    (1_709_164_800, "2024-02-29T00:00:00Z"),
    (1_735_689_599, "2024-12-31T23:59:59Z"),
    (2_147_483_648, "2038-01-19T03:14:08Z"),
    (4_107_542_399, "2100-02-28T23:59:59Z"),
    (4_107_542_400, "2100-03-01T00:00:00Z"),
    (253_402_300_799, "9999-12-31T23:59:59Z"),
    (-1, "1969-12-31T23:59:59Z"),
    (-86_400, "1969-12-31T00:00:00Z"),
    (-86_401, "1969-12-30T23:59:59Z"),
    (-2_203_891_200, "1900-03-01T00:00:00Z"),
    (-2_203_891_201, "1900-02-28T23:59:59Z"),
    (-11_670_998_400, "1600-02-29T00:00:00Z"),
    (-62_135_596_800, "0001-01-01T00:00:00Z"),
    (-62_162_121_600, "0000-02-29T00:00:00Z"),
  ]

  @Test(arguments: known)
  func `a moment is written as date(1) writes it, and read back`(seconds: Int64, text: String) {
    #expect(Timestamp(seconds: seconds).description == text)
    #expect(Timestamp(text)?.seconds == seconds)
  }

  @Test func `every day of four centuries follows the one before, and is read back`() {
    var last = ""
    for day in Int64(-73_048)...73_048 {
      let timestamp = Timestamp(seconds: day * 86_400 + 86_399)
      #expect(timestamp.description > last)
      #expect(Timestamp(timestamp.description) == timestamp)
      last = timestamp.description
    }
  }

  @Test(arguments: [
    "", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01 00:00:00Z", "1970-01-01T00:00:00z",
    "2023-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2024-13-01T00:00:00Z",
    "2024-00-01T00:00:00Z", "2024-01-32T00:00:00Z", "2024-01-01T24:00:00Z",
    "2024-01-01T00:60:00Z", "2024-01-01T00:00:60Z", "-001-01-01T00:00:00Z",
    "2024-01-01T00:00:0\u{0665}", "20240-1-01T00:00:00Z",
  ])
  func `what no timestamp looks like is none`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test(arguments: [
    (Duration.milliseconds(1999), Int64(1)), (.milliseconds(-1), -1), (.milliseconds(-1000), -1),
    (.milliseconds(-1001), -2), (.zero, 0),
  ])
  func `parts of a second are cut off towards the past`(wall: Duration, seconds: Int64) {
    #expect(Timestamp(wall: wall).seconds == seconds)
  }
}
