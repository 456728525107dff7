/// What the API server said about a PodPreset: what it adds is checked as if it stood in a pod.
extension PodPreset {
  public func check(at path: FieldPath, into review: inout Review) {
    metadata.check(at: path.field("metadata"), into: &review)
    spec.check(at: path.field("spec"), into: &review)
  }
}

extension PodPresetSpec {
  fileprivate func check(at path: FieldPath, into review: inout Review) {
    selector.check(path.field("selector"), &review)
    if env.isEmpty, envFrom.isEmpty, volumes.isEmpty, volumeMounts.isEmpty {
      return review.require(
        path, "must specify at least one of `env`, `envFrom`, `volumes` and `volumeMounts`")
    }
    let pod = PodSpec().with { $0.volumes = volumes }
    PodSpec.checkVolumes(pod, path, &review)
    let container = Container().with {
      $0.env = env
      $0.envFrom = envFrom
      $0.volumeMounts = volumeMounts
    }
    let surroundings = ContainerSurroundings(pod)
    let rules: [ContainerRule] = [
      Container.checkVariables, Container.checkVariableSources, Container.checkMounts,
    ]
    for rule in rules { rule(container, surroundings, path, &review) }
  }
}

extension LabelSelector {
  fileprivate func check(_ path: FieldPath, _ review: inout Review) {
    review.checkLabels(matchLabels, path.field("matchLabels"))
    for (index, requirement) in matchExpressions.enumerated() {
      requirement.check(path.field("matchExpressions").index(index), &review)
    }
  }
}

extension LabelSelectorRequirement {
  fileprivate func check(_ path: FieldPath, _ review: inout Review) {
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
    default: review.invalid(path.field("operator"), self.operator, "not a valid selector operator")
    }
    review.checkText(key, path.field("key"), Names.qualified)
    for (index, value) in values.enumerated() {
      review.checkText(value, list.index(index), Names.labelValue)
    }
  }
}
