/// A moment as Kubernetes writes it: RFC 3339 in UTC, whole seconds.
///
/// Holds for the years 0000 to 9999 of the proleptic Gregorian calendar, without leap seconds, as
/// Go's `time` counts.
public struct Timestamp: Equatable, Sendable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z; less than zero before.
  public var seconds: Int64

  public init(seconds: Int64) {
    self.seconds = seconds
  }

  /// - Parameter wall: time since 1970; what is beyond the second is cut off, towards the past.
  public init(wall: Duration) {
    let (seconds, attoseconds) = wall.components
    self.seconds = attoseconds < 0 ? seconds - 1 : seconds
  }

  /// The moment of a text that `description` could have written; nil for anything else.
  public init?(_ text: String) {
    let numbers = text.split { !$0.isNumber }.compactMap { Int64($0) }
    guard numbers.count == 6, text.utf8.count == 20 else { return nil }
    let day = Timestamp.day(year: numbers[0], month: numbers[1], date: numbers[2])
    seconds = day * 86400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    guard description == text else { return nil }
  }

  public var description: String {
    let day = Timestamp.quotient(seconds, 86400)
    let second = seconds - day * 86400
    let (year, month, date) = Timestamp.civil(day)
    return "\(Timestamp.digits(4, year))-\(Timestamp.digits(2, month))-\(Timestamp.digits(2, date))"
      + "T\(Timestamp.digits(2, second / 3600)):\(Timestamp.digits(2, second / 60 % 60))"
      + ":\(Timestamp.digits(2, second % 60))Z"
  }

  private static func digits(_ count: Int, _ number: Int64) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }

  /// Rounded down, also below zero.
  private static func quotient(_ number: Int64, _ divisor: Int64) -> Int64 {
    (number >= 0 ? number : number - divisor + 1) / divisor
  }

  /// Year, month and day of a day counted from 1970: eras of 400 years that begin in March, so that
  /// the leap day comes last. 719 468 days lie between 0000-03-01 and 1970-01-01.
  private static func civil(_ day: Int64) -> (year: Int64, month: Int64, date: Int64) {
    let shifted = day + 719_468
    let era = quotient(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// The reverse of `civil`.
  private static func day(year: Int64, month: Int64, date: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let shiftedMonth = month <= 2 ? month + 9 : month - 3
    let era = quotient(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + date - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
