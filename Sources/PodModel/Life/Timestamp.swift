/// A moment as Kubernetes writes it: RFC 3339 in UTC, whole seconds.
public struct Timestamp: Equatable, Sendable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z.
  public var seconds: Int64

  public init(seconds: Int64) {
    self.seconds = seconds
  }

  /// - Parameter wall: time since 1970.
  public init(wall: Duration) {
    seconds = wall.components.seconds
  }

  public var description: String {
    let day = Int64((Double(seconds) / 86400).rounded(.down))
    let second = seconds - day * 86400
    let (year, month, date) = Timestamp.civil(day)
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(date))"
      + "T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
  }

  /// Year, month and day of a day counted from 1970, by the proleptic Gregorian calendar: eras of
  /// 400 years that begin in March, so that the leap day comes last.
  private static func civil(_ day: Int64) -> (Int64, Int64, Int64) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Seconds since 1970 of a text that `description` wrote; nil for anything else.
  public init?(_ text: String) {
    let numbers = text.split { !$0.isNumber }.compactMap { Int64($0) }
    guard numbers.count == 6, text.count == 20, text.hasSuffix("Z") else { return nil }
    let (year, month) = numbers[1] <= 2 ? (numbers[0] - 1, numbers[1] + 9) : (numbers[0], numbers[1] - 3)
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * month + 2) / 5 + numbers[2] - 1
    let day = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    seconds = day * 86400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
  }
}
