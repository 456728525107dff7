/// What the API server says about the restart policy of a single container.
extension Container {
  static func checkRestarts(
    _ container: Container, _: ContainerSurroundings, _ path: FieldPath, _ review: inout Review
  ) {
    let rules = container.restartPolicyRules
    let place = path.field("restartPolicyRules")
    if container.restartPolicy == nil, !rules.isEmpty {
      review.require(
        path.field("restartPolicy"), "must specify restartPolicy when restart rules are used")
    }
    if rules.count > 20 { return review.tooMany(place, rules.count, most: 20) }
    for (index, rule) in rules.enumerated() { rule.check(place.index(index), &review) }
  }
}

extension ContainerRestartRule {
  fileprivate func check(_ path: FieldPath, _ review: inout Review) {
    let actions = ["Restart", "RestartAllContainers"]
    if !actions.contains(action) {
      review.refuseUnsupported(action, among: actions, at: path.field("action"))
    }
    let place = path.field("exitCodes")
    guard let exitCodes else { return review.require(place, "must be specified") }
    let operators = ["In", "NotIn"]
    if !operators.contains(exitCodes.operator) {
      review.refuseUnsupported(
        exitCodes.operator, among: operators, at: place.field("operator"))
    }
    let values = place.field("values")
    if exitCodes.values.count > 255 {
      return review.tooMany(values, exitCodes.values.count, most: 255)
    }
    for (index, value) in exitCodes.values.enumerated() where !(0...255).contains(value) {
      // The API server takes any number; no program can end with this one.
      review.invalid(values.index(index), value, "must be between 0 and 255, inclusive")
    }
  }
}
