/// Lengths of time as Go programs read them on a command line (`time.ParseDuration`).
extension Duration {
  /// `1h30m`, `1.5s`, `300ms`, `0`; nil for anything else.
  public init?(go text: String) {
    var rest = Substring(text)
    var sign = 1
    if let first = rest.first, "+-".contains(first) {
      sign = first == "-" ? -1 : 1
      rest.removeFirst()
    }
    if rest == "0" {
      self = .zero
      return
    }
    guard !rest.isEmpty else { return nil }
    var sum = Duration.zero
    while !rest.isEmpty {
      guard let part = Duration.part(&rest) else { return nil }
      sum += part
    }
    self = sum * sign
  }

  /// A number and its unit.
  private static func part(_ rest: inout Substring) -> Duration? {
    let isDigit = { (letter: Character) in ("0"..."9").contains(letter) }
    let whole = rest.prefix(while: isDigit)
    rest.removeFirst(whole.count)
    var fraction = Substring()
    if rest.first == "." {
      rest.removeFirst()
      fraction = rest.prefix(while: isDigit)
      rest.removeFirst(fraction.count)
    }
    // Beyond 290 years Go has no number for it either.
    guard !(whole.isEmpty && fraction.isEmpty), whole.count < 19 else { return nil }
    let name = rest.prefix { !isDigit($0) && $0 != "." }
    rest.removeFirst(name.count)
    guard let unit = units[String(name)] else { return nil }
    let (count, overflows) = (Int64(whole) ?? 0).multipliedReportingOverflow(by: unit)
    guard !overflows else { return nil }
    let parts = (Double("0.\(fraction)") ?? 0) * Double(unit)
    return .nanoseconds(count) + .nanoseconds(Int64(parts))
  }

  /// In nanoseconds; both letters that are read as micro.
  private static let units: [String: Int64] = [
    "ns": 1, "us": 1000, "\u{B5}s": 1000, "\u{3BC}s": 1000, "ms": 1_000_000, "s": 1_000_000_000,
    "m": 60_000_000_000, "h": 3_600_000_000_000,
  ]
}
