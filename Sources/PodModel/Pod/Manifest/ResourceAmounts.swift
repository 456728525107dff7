/// Amounts of several resources by name, in the units in which the kubelet counts: thousandths of
/// a CPU, and whole bytes of everything else.
///
/// What is not named is nothing, and a sum that no integer holds is the largest one.
public struct ResourceAmounts: Codable, Equatable, Sendable {
  public private(set) var values: [String: Int64] = [:]

  public init() {}

  public init(_ quantities: [String: Quantity]) {
    for (name, quantity) in quantities {
      values[name] = name == Self.cpu ? quantity.milliValue : quantity.value
    }
  }

  public subscript(name: String) -> Int64 { values[name] ?? 0 }

  public var cpu: Int64 { self[Self.cpu] }
  public var memory: Int64 { self[Self.memory] }

  /// The amounts that are named here, written as a manifest would write them.
  public var quantities: [String: Quantity] {
    var quantities: [String: Quantity] = [:]
    for (name, value) in values {
      quantities[name] = name == Self.cpu ? Quantity(thousandths: value) : Quantity(bytes: value)
    }
    return quantities
  }

  public mutating func add(_ other: ResourceAmounts) {
    for (name, value) in other.values {
      let (sum, overflow) = self[name].addingReportingOverflow(value)
      values[name] = overflow ? .max : sum
    }
  }

  /// Adds only to what there is.
  mutating func addToNamed(_ other: ResourceAmounts) {
    var known = other
    known.values = other.values.filter { values[$0.key] != nil }
    add(known)
  }

  /// The larger amount of each resource.
  mutating func raise(to other: ResourceAmounts) {
    values.merge(other.values, uniquingKeysWith: max)
  }

  /// Takes the place of what there is.
  public mutating func replace(with other: ResourceAmounts) {
    values.merge(other.values) { _, new in new }
  }

  static let cpu = "cpu"
  static let memory = "memory"
  static let ephemeralStorage = "ephemeral-storage"
}

extension Quantity {
  /// `1500m`, or `2` when it is a whole number.
  init(thousandths: Int64) {
    self = thousandths % 1000 == 0 ? Quantity(thousandths / 1000) : Quantity(thousandths, "m")
  }

  /// With the largest unit of 1024 that leaves a whole number: `96Mi`.
  init(bytes: Int64) {
    let units = ["", "Ki", "Mi", "Gi", "Ti", "Pi"]
    var (amount, unit) = (bytes, 0)
    while amount != 0, amount % 1024 == 0, unit < units.count - 1 {
      amount /= 1024
      unit += 1
    }
    self = Quantity(amount, units[unit])
  }

  private init(_ number: Int64, _ unit: String) {
    self = Quantity("\(number)\(unit)") ?? Quantity(number)
  }
}
