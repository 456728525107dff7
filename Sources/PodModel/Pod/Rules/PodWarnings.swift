/// What the API server takes with a warning: it works, but was hardly meant.
///
/// Looks at the pod as it was written, before any default.
extension Pod {
  func warn(at path: FieldPath, into review: inout Review) {
    metadata.warn(at: path.field("metadata"), into: &review)
    for warn in PodSpec.warnings { warn(spec, path.field("spec"), &review) }
  }
}

extension ObjectMeta {
  fileprivate func warn(at path: FieldPath, into review: inout Review) {
    if !name.isEmpty, Names.subdomain(name) == nil, let reason = Names.label(name) {
      review.warn(
        path.field("name"),
        "this is used in the Pod's hostname, which can result in surprising behavior; a DNS label "
          + "is recommended: [\(reason)]")
    }
    for key in annotations.keys.sorted() {
      guard let field = Self.fieldInstead(of: key) else { continue }
      review.warn(
        path.field("annotations").key(key), "without effect; use the `\(field)` field instead")
    }
  }

  /// The field that took the place of an annotation.
  private static func fieldInstead(of key: String) -> String? {
    switch key {
    case "scheduler.alpha.kubernetes.io/critical-pod": "priorityClassName"
    case "security.alpha.kubernetes.io/sysctls", "security.alpha.kubernetes.io/unsafe-sysctls":
      "sysctls"
    case "seccomp.security.alpha.kubernetes.io/pod": "seccompProfile"
    case _ where key.hasPrefix("container.seccomp.security.alpha.kubernetes.io/"):
      "seccompProfile"
    case _ where key.hasPrefix("container.apparmor.security.beta.kubernetes.io/"):
      "appArmorProfile"
    default: nil
    }
  }
}

extension PodSpec {
  fileprivate static let warnings: [Rule<PodSpec>] = [
    warnOfGrace, warnOfLabels, warnOfTwins, warnOfVariables, warnOfAmounts, warnOfPorts,
  ]

  private static func warnOfGrace(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    guard let grace = spec.terminationGracePeriodSeconds, grace < 0 else { return }
    review.warn(
      path.field("terminationGracePeriodSeconds"),
      "must be >= 0; negative values are invalid and will be treated as 1")
  }

  private static func warnOfLabels(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    let old = [
      ("beta.kubernetes.io/arch", "kubernetes.io/arch", "v1.14"),
      ("beta.kubernetes.io/os", "kubernetes.io/os", "v1.14"),
    ]
    for (label, new, version) in old where spec.nodeSelector[label] != nil {
      review.warn(
        path.field("nodeSelector").key(label),
        "deprecated since \(version); use \"\(new)\" instead")
    }
  }

  private static func warnOfTwins(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    var addresses: Set<String> = []
    for (index, alias) in spec.hostAliases.enumerated() where !alias.ip.isEmpty {
      if addresses.insert(alias.ip).inserted { continue }
      review.warn(
        path.field("hostAliases").index(index).field("ip"), "duplicate ip \(alias.ip.quoted)")
    }
    var names: Set<String> = []
    for (index, secret) in spec.imagePullSecrets.enumerated() {
      let place = path.field("imagePullSecrets").index(index).field("name")
      if secret.name.isEmpty {
        review.warn(place, "invalid empty name \"\"")
      } else if !names.insert(secret.name).inserted {
        review.warn(place, "duplicate name \(secret.name.quoted)")
      }
    }
  }

  private static func warnOfVariables(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    for (list, containers) in spec.lists {
      for (index, container) in containers.enumerated() {
        var seen: Set<String> = []
        for (number, variable) in container.env.enumerated() {
          if variable.name.isEmpty || seen.insert(variable.name).inserted { continue }
          // A variable that builds upon its namesake means it.
          let reference = "$(\(variable.name))"
          let value = variable.value ?? ""
          let builds = value.contains(reference) && value != reference
          if builds, variable.valueFrom == nil { continue }
          review.warn(
            path.field(list).index(index).field("env").index(number),
            "hides previous definition of \(variable.name.quoted)")
        }
      }
    }
  }

  private static func warnOfAmounts(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    review.warnOfFractions(in: spec.overhead, path.field("overhead"))
    for (list, containers) in spec.lists {
      for (index, container) in containers.enumerated() {
        let place = path.field(list).index(index).field("resources")
        guard let resources = container.resources else { continue }
        review.warnOfFractions(in: resources.limits, place.field("limits"))
        review.warnOfFractions(in: resources.requests, place.field("requests"))
      }
    }
  }
}

extension Review {
  /// `100m` of memory is a tenth of a byte.
  fileprivate mutating func warnOfFractions(
    in amounts: [String: Quantity], _ path: FieldPath
  ) {
    for name in ["ephemeral-storage", "memory"] {
      guard let amount = amounts[name], amount.milliValue % 1000 != 0 else { continue }
      if [.min, .max].contains(amount.milliValue) { continue }
      warn(
        path.key(name),
        "fractional byte value \(amount.text.quoted) is invalid, must be an integer")
    }
  }
}
