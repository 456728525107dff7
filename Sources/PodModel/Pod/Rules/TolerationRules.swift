/// What the API server says about the taints that a pod does not mind.
extension PodSpec {
  static func checkTolerations(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    for (index, toleration) in spec.tolerations.enumerated() {
      toleration.check(path.field("tolerations").index(index), &review)
    }
  }
}

extension Toleration {
  fileprivate func check(_ path: FieldPath, _ review: inout Review) {
    let key = self.key ?? ""
    let word = self.operator ?? ""
    let effect = self.effect ?? ""
    if !key.isEmpty { review.checkText(key, path.field("key"), Names.qualified) }
    switch word {
    case "", "Equal": review.checkText(value, path.field("value"), Names.labelValue)
    case "Exists":
      if let value, !value.isEmpty {
        review.invalid(
          path.field("operator"), value, "value must be empty when `operator` is 'Exists'")
      }
    default:
      review.refuseUnsupported(word, among: ["Equal", "Exists"], at: path.field("operator"))
    }
    if key.isEmpty, word != "Exists" {
      review.invalid(
        path.field("operator"), word,
        "operator must be Exists when `key` is empty, which means \"match all values and all "
          + "keys\"")
    }
    let effects = ["NoExecute", "NoSchedule", "PreferNoSchedule"]
    if !effect.isEmpty { review.checkWord(effect, path.field("effect"), among: effects) }
    if tolerationSeconds != nil, effect != "NoExecute" {
      review.invalid(
        path.field("effect"), effect,
        "effect must be 'NoExecute' when `tolerationSeconds` is set")
    }
  }
}
