/// An amount of a resource, `500m` or `64Mi`: the text as written and the number that it says.
///
/// Kept as text so that `get -o yaml` shows what was written; the numbers are rounded up, as the
/// API does with amounts finer than it can count.
public struct Quantity: Hashable, Sendable {
  public let text: String
  /// The amount in whole units, rounded away from zero.
  public let value: Int64
  /// The amount in thousandths, rounded away from zero; the largest integer when it is beyond.
  public let milliValue: Int64

  /// Nil when the text is no quantity or does not fit 64 bits.
  public init?(_ text: String) {
    guard let amount = Amount(text) else { return nil }
    guard let value = amount.scaled(byPowerOfTen: 0) else { return nil }
    self.text = text
    self.value = value
    milliValue = amount.scaled(byPowerOfTen: 3) ?? (value < 0 ? .min : .max)
  }

  /// Written as a whole number of units.
  public init(_ value: Int64) {
    text = String(value)
    self.value = value
    let (milli, overflow) = value.multipliedReportingOverflow(by: 1000)
    milliValue = overflow ? (value < 0 ? .min : .max) : milli
  }
}

extension Quantity {
  /// Less than zero when this is the smaller one, zero when both are the same amount.
  ///
  /// Whole units decide where thousandths are out of range.
  public func compared(to other: Quantity) -> Int {
    if value != other.value { return value < other.value ? -1 : 1 }
    if milliValue == other.milliValue { return 0 }
    return milliValue < other.milliValue ? -1 : 1
  }

  static func larger(_ a: Quantity?, _ b: Quantity?) -> Quantity? {
    guard let a, let b else { return a ?? b }
    return a.compared(to: b) < 0 ? b : a
  }

  /// The sum, written with the unit that says it most shortly; as much as 64 bits hold.
  func adding(_ other: Quantity) -> Quantity {
    let (milli, isTooMuch) = milliValue.addingReportingOverflow(other.milliValue)
    let isExact = !isTooMuch && milliValue != .max && other.milliValue != .max
    if isExact, milli % 1000 != 0, let sum = Quantity("\(milli)m") { return sum }
    let (whole, isBeyond) = value.addingReportingOverflow(other.value)
    if isBeyond { return Quantity(.max) }
    let sum = isExact ? milli / 1000 : whole
    let isBinary = [text, other.text].contains { $0.hasSuffix("i") }
    let units: [(String, Int64)] =
      isBinary
      ? [("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10)]
      : [("G", 1_000_000_000), ("M", 1_000_000), ("k", 1000)]
    for (unit, size) in units where sum != 0 && sum % size == 0 {
      return Quantity("\(sum / size)\(unit)") ?? Quantity(sum)
    }
    return Quantity(sum)
  }
}

extension Quantity: KubeValue {
  public static func decode(
    _ node: Node, at path: FieldPath, into review: inout Review
  ) -> Quantity? {
    guard case .scalar(let scalar) = node.content, scalar.isQuantityText else {
      review.refuseType(node, wants: "a quantity", at: path)
      return nil
    }
    if let quantity = Quantity(scalar.text) { return quantity }
    let reason =
      Amount(scalar.text) == nil
      ? "quantities must match the regular expression "
        + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
      : "must be less than 8Ei, as 64 bits hold no more"
    review.refuse(path, "Invalid value: \(scalar.text.quoted): \(reason)", mark: node.mark)
    return nil
  }

  public var node: Node { .string(text) }
  public static var typeName: String { "Quantity" }
}

extension Scalar {
  fileprivate var isQuantityText: Bool {
    switch kind {
    case .string, .integer, .float: true
    case .null, .bool: false
    }
  }
}

/// Digits, a power of ten and a power of 1024: what a quantity's text says, exactly.
private struct Amount {
  var isNegative = false
  var digits: [Int] = []
  /// The power of ten of the last digit.
  var exponent = 0
  /// The power of two of the suffix.
  var shift = 0

  init?(_ text: String) {
    var rest = Substring(text)
    if let sign = rest.first, sign == "+" || sign == "-" {
      isNegative = sign == "-"
      rest.removeFirst()
    }
    var point = false
    while let character = rest.first {
      if character == ".", !point {
        point = true
      } else if character.isASCII, let digit = character.wholeNumberValue {
        digits.append(digit)
        if point { exponent -= 1 }
      } else {
        break
      }
      rest.removeFirst()
    }
    guard !digits.isEmpty, digits.count <= 64 else { return nil }
    guard let suffix = Self.suffix(rest) else { return nil }
    exponent += suffix.ten
    shift = suffix.two
  }

  private static func suffix(_ text: Substring) -> (ten: Int, two: Int)? {
    switch text {
    case "": return (0, 0)
    case "n": return (-9, 0)
    case "u": return (-6, 0)
    case "m": return (-3, 0)
    case "k": return (3, 0)
    case "M": return (6, 0)
    case "G": return (9, 0)
    case "T": return (12, 0)
    case "P": return (15, 0)
    case "E": return (18, 0)
    case "Ki": return (0, 10)
    case "Mi": return (0, 20)
    case "Gi": return (0, 30)
    case "Ti": return (0, 40)
    case "Pi": return (0, 50)
    case "Ei": return (0, 60)
    default:
      guard let letter = text.first, letter == "e" || letter == "E" else { return nil }
      guard let power = Int(text.dropFirst()), abs(power) <= 64 else { return nil }
      return (power, 0)
    }
  }

  /// The amount times 10^power, rounded away from zero; nil beyond 64 bits.
  func scaled(byPowerOfTen power: Int) -> Int64? {
    // Long division on decimal digits: multiply by two `shift` times, then cut.
    var number = digits
    for _ in 0..<shift { number = Self.doubled(number) }
    let places = exponent + power
    if places >= 0 {
      if number.allSatisfy({ $0 == 0 }) { return 0 }
      guard places <= 40 else { return nil }
      number += Array(repeating: 0, count: places)
      return Self.integer(number, isNegative: isNegative)
    }
    let cut = -places
    let whole = number.count > cut ? Array(number.dropLast(cut)) : [0]
    let lost = number.suffix(min(cut, number.count)).contains { $0 != 0 }
    guard let floor = Self.integer(whole, isNegative: false) else { return nil }
    let (rounded, overflow) = floor.addingReportingOverflow(lost ? 1 : 0)
    if overflow { return nil }
    return isNegative ? -rounded : rounded
  }

  private static func doubled(_ digits: [Int]) -> [Int] {
    var carry = 0
    var result: [Int] = []
    for digit in digits.reversed() {
      let value = digit * 2 + carry
      result.append(value % 10)
      carry = value / 10
    }
    if carry > 0 { result.append(carry) }
    return result.reversed()
  }

  private static func integer(_ digits: [Int], isNegative: Bool) -> Int64? {
    let text = digits.drop { $0 == 0 }.map(String.init).joined()
    return Int64((isNegative ? "-" : "") + (text.isEmpty ? "0" : text))
  }
}
