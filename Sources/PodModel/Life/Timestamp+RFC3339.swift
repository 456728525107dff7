/// Moments as other programs write them: with a fraction of the second, in any zone.
extension Timestamp {
  /// Time since 1970 of a text such as `2024-05-06T07:08:09.123+02:00`; nil for anything else.
  public static func wall(rfc3339 text: some Collection<UInt8>) -> Duration? {
    guard let moment = Timestamp(String(decoding: text.prefix(19), as: UTF8.self) + "Z") else {
      return nil
    }
    var rest = Array(text.dropFirst(19))[...]
    var wall = Duration.seconds(moment.seconds)
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty else { return nil }
      let padded = (digits.prefix(9).map { Int64($0) - 0x30 } + Array(repeating: 0, count: 9))
      wall += .nanoseconds(padded.prefix(9).reduce(0) { $0 * 10 + $1 })
      rest = rest.dropFirst(1 + digits.count)
    }
    return offset(String(decoding: rest, as: UTF8.self)).map { wall - .seconds($0) }
  }

  /// Seconds east of Greenwich of `Z` or `+02:00`.
  private static func offset(_ zone: String) -> Int64? {
    if zone == "Z" { return 0 }
    let parts = zone.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard zone.utf8.count == 6, let sign = zone.first, "+-".contains(sign), parts.count == 2,
      let hours = UInt8(parts[0]), let minutes = UInt8(parts[1]), hours < 24, minutes < 60
    else { return nil }
    return (sign == "-" ? -1 : 1) * (Int64(hours) * 3600 + Int64(minutes) * 60)
  }
}
