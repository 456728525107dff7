/// What the API server says about a pod's times, its gates and its demands on the host.
extension PodSpec {
  static func checkPlacement(_ spec: PodSpec, _ path: FieldPath, _ review: inout Review) {
    review.checkLabels(spec.nodeSelector, path.field("nodeSelector"))
    guard
      let required = spec.affinity?.nodeAffinity?
        .requiredDuringSchedulingIgnoredDuringExecution
    else { return }
    let terms = path.field("affinity").field("nodeAffinity")
      .field("requiredDuringSchedulingIgnoredDuringExecution").field("nodeSelectorTerms")
    if required.nodeSelectorTerms.isEmpty {
      review.require(terms, "must have at least one node selector term")
    }
    for (index, term) in required.nodeSelectorTerms.enumerated() {
      let place = terms.index(index)
      for (number, requirement) in term.matchExpressions.enumerated() {
        requirement.checkLabel(place.field("matchExpressions").index(number), &review)
      }
      for (number, requirement) in term.matchFields.enumerated() {
        requirement.checkField(place.field("matchFields").index(number), &review)
      }
    }
  }

  static func checkTimes(_ spec: PodSpec, _ path: FieldPath, _ review: inout Review) {
    if let grace = spec.terminationGracePeriodSeconds {
      // The API server takes 64 bits; no clock of the host has room for that.
      review.checkWidth(grace, path.field("terminationGracePeriodSeconds"))
    }
    guard let seconds = spec.activeDeadlineSeconds, !(1...2_147_483_647).contains(seconds) else {
      return
    }
    review.invalid(
      path.field("activeDeadlineSeconds"), seconds,
      "must be between 1 and 2147483647, inclusive")
  }

  static func checkGates(_ spec: PodSpec, _ path: FieldPath, _ review: inout Review) {
    for (index, gate) in spec.readinessGates.enumerated() {
      review.checkText(
        gate.conditionType, path.field("readinessGates").index(index).field("conditionType"),
        Names.qualified)
    }
  }
}

extension NodeSelectorRequirement {
  /// `Gt` and `Lt` are of nodes alone.
  fileprivate func checkLabel(_ path: FieldPath, _ review: inout Review) {
    checkLabel(path, &review) { review in
      guard ["Gt", "Lt"].contains(self.operator) else { return refuseOperator(path, &review) }
      let list = path.field("values")
      if values.count != 1 {
        review.require(list, "must be specified single value when `operator` is 'Lt' or 'Gt'")
      } else if let value = values.first, Int64(value) == nil {
        // The API server takes it; no host would ever do.
        review.invalid(
          list.index(0), value, "for 'Gt', 'Lt' operators, the value must be an integer")
      }
    }
  }

  fileprivate func checkField(_ path: FieldPath, _ review: inout Review) {
    let list = path.field("values")
    switch self.operator {
    case "In", "NotIn":
      if values.count != 1 {
        review.require(
          list,
          "must be only one value when `operator` is 'In' or 'NotIn' for node field selector")
      }
    default: refuseOperator(path, &review)
    }
    guard key == "metadata.name" else {
      return review.invalid(path.field("key"), key, "not a valid field selector key")
    }
    for (index, value) in values.enumerated() {
      review.checkText(value, list.index(index), Names.subdomain)
    }
  }
}
