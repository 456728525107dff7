/// One condition on a label, whether a selector of pods, one of nodes or a command line has it.
///
/// `In`, `NotIn`, `Exists` and `DoesNotExist` mean the same in all; `Gt` and `Lt` are not for the
/// selectors of pods.
protocol LabelRequirement {
  var key: String { get }
  var `operator`: String { get }
  var values: [String] { get }
}

extension LabelRequirement {
  /// Whether a label of this value, or its absence, is what is required; nil for an operator that
  /// not every selector has.
  func accepts(_ value: String?) -> Bool? {
    switch self.operator {
    case "In": value.map(values.contains) ?? false
    case "NotIn": !(value.map(values.contains) ?? false)
    case "Exists": value != nil
    case "DoesNotExist": value == nil
    default: nil
    }
  }

  /// The same, with the comparisons of whole numbers that nodes and command lines know.
  func isMet(by value: String?) -> Bool {
    switch self.operator {
    case "Gt": compares(value, >)
    case "Lt": compares(value, <)
    default: accepts(value) ?? false
    }
  }

  private func compares(_ value: String?, _ holds: (Int64, Int64) -> Bool) -> Bool {
    guard let number = value.flatMap({ Int64($0) }) else { return false }
    guard values.count == 1, let bound = values.first.flatMap({ Int64($0) }) else { return false }
    return holds(number, bound)
  }

  /// What the API server says of such a condition on a label.
  ///
  /// - Parameter other: what it says of an operator that not every selector has.
  func checkLabel(
    _ path: FieldPath, _ review: inout Review,
    other: (inout Review) -> Void
  ) {
    let list = path.field("values")
    switch self.operator {
    case "In", "NotIn":
      if values.isEmpty {
        review.require(list, "must be specified when `operator` is 'In' or 'NotIn'")
      }
    case "Exists", "DoesNotExist":
      if !values.isEmpty {
        review.forbid(list, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
      }
    default: other(&review)
    }
    review.checkText(key, path.field("key"), Names.qualified)
    for (index, value) in values.enumerated() {
      review.checkText(value, list.index(index), Names.labelValue)
    }
  }

  func refuseOperator(_ path: FieldPath, _ review: inout Review) {
    review.invalid(path.field("operator"), self.operator, "not a valid selector operator")
  }
}

extension LabelSelectorRequirement: LabelRequirement {}

extension NodeSelectorRequirement: LabelRequirement {}
