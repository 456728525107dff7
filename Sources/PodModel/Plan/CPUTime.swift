/// Processor time as cgroups count it, from thousandths of a CPU (kubelet `cm/helpers_linux.go`).
enum CPUTime {
  /// Microseconds in which a quota may be used up.
  static let period: UInt64 = 100_000
  static let leastShares: UInt64 = 2

  /// The weight against neighbours of somebody who asks for so much.
  static func shares(_ thousandths: Int64) -> UInt64 {
    guard thousandths > 0 else { return leastShares }
    let (product, overflow) = thousandths.multipliedReportingOverflow(by: 1024)
    let shares = overflow ? UInt64(Int64.max) : UInt64(product) / 1000
    return min(max(shares, leastShares), 262_144)
  }

  /// Microseconds in each period; nil for no limit. The kernel takes no less than a millisecond.
  static func quota(_ thousandths: Int64) -> Int64? {
    guard thousandths > 0 else { return nil }
    let (product, overflow) = thousandths.multipliedReportingOverflow(by: Int64(period))
    return max(overflow ? .max : product / 1000, 1000)
  }

  /// The same weight in the measure of cgroup v2, whose usual one is 100 where it was 1024.
  static func weight(ofShares shares: UInt64) -> UInt64 {
    min(max(shares * 100 / 1024, 1), 10_000)
  }
}
