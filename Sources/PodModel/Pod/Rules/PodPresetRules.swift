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
      let place = path.field("matchExpressions").index(index)
      requirement.checkLabel(place, &review) { requirement.refuseOperator(place, &$0) }
    }
  }
}
