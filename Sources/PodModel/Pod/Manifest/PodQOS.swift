extension Pod {
  /// How well the pod is protected when memory is short, as its status shows it.
  ///
  /// As the kubelet decides: only CPU and memory count, amounts of zero do not, and where the pod
  /// has resources as a whole, only these do.
  public var qosClass: QOSClass {
    var requests = ResourceSums()
    var limits = ResourceSums()
    var isGuaranteed = true
    let whole = spec.resources.flatMap { $0.limits.isEmpty && $0.requests.isEmpty ? nil : $0 }
    let all =
      whole.map { [$0] }
      ?? (spec.containers + spec.initContainers).map {
        $0.resources ?? ResourceRequirements()
      }
    for resources in all {
      requests.add(resources.requests)
      if limits.add(resources.limits) < ResourceSums.counted.count { isGuaranteed = false }
    }
    if requests.isEmpty, limits.isEmpty { return .bestEffort }
    return isGuaranteed && requests == limits ? .guaranteed : .burstable
  }
}

/// The CPU and memory of several containers together.
private struct ResourceSums: Equatable {
  static let counted = ["cpu", "memory"]

  /// Thousandths and whole units: one of them is exact wherever the other is out of range.
  private struct Amount: Equatable {
    var milli: Int64 = 0
    var whole: Int64 = 0
  }

  private var amounts: [String: Amount] = [:]

  var isEmpty: Bool { amounts.isEmpty }

  /// How many of the resources that count are there.
  @discardableResult
  mutating func add(_ resources: [String: Quantity]) -> Int {
    var found = 0
    for name in Self.counted {
      guard let quantity = resources[name], quantity.milliValue > 0 else { continue }
      found += 1
      let before = amounts[name] ?? Amount()
      amounts[name] = Amount(
        milli: before.milli.addingUpToMost(quantity.milliValue),
        whole: before.whole.addingUpToMost(quantity.value))
    }
    return found
  }
}

extension Int64 {
  fileprivate func addingUpToMost(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
