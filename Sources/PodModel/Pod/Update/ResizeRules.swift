/// What may change of the resources of a running pod, as the API server has it of `pods/resize`:
/// CPU and memory of what runs for as long as the pod does, and of the pod as a whole.
extension PodSpec {
  /// This spec with the resources of `old`, where others are a resize that is allowed.
  func withoutResize(of old: PodSpec) -> PodSpec {
    var level = self
    level.resources = resources?.withoutResize(of: old.resources)
    level.containers.levelResources(with: old.containers) { _ in true }
    level.initContainers.levelResources(with: old.initContainers) { $0.restartPolicy == .always }
    return level
  }

  func checkResize(of old: PodSpec, _ path: FieldPath, _ review: inout Review) {
    let lists = [
      ("containers", old.containers, containers),
      ("initContainers", old.initContainers, initContainers),
    ]
    for (list, before, after) in lists {
      for (index, (before, after)) in zip(before, after).enumerated() {
        let place = path.field(list).index(index).field("resources")
        after.resources.checkKept(of: before.resources, place, &review)
      }
    }
    resources.checkKept(of: old.resources, path.field("resources"), &review)
  }
}

extension Pod {
  /// The class is the pod's for life.
  func checkClass(of old: Pod, _ path: FieldPath, _ review: inout Review) {
    guard qosClass != old.qosClass else { return }
    review.invalid(
      path, qosClass.rawValue, "Pod QOS Class may not change as a result of resizing")
  }
}

extension ResourceRequirements {
  private static let adjustable = [ResourceAmounts.cpu, ResourceAmounts.memory]

  /// With what `old` has of CPU and memory.
  fileprivate func withoutResize(of old: ResourceRequirements?) -> ResourceRequirements {
    with {
      for name in Self.adjustable {
        $0.requests[name] = old?.requests[name]
        $0.limits[name] = old?.limits[name]
      }
    }
  }
}

extension [Container] {
  fileprivate mutating func levelResources(
    with old: [Container], where mayChange: (Container) -> Bool
  ) {
    for (index, before) in zip(indices, old) where mayChange(before) {
      self[index].resources = self[index].resources?.withoutResize(of: before.resources)
    }
  }
}

extension ResourceRequirements? {
  /// What was asked for once, or limited, stays so in some amount.
  fileprivate func checkKept(
    of old: ResourceRequirements?, _ path: FieldPath, _ review: inout Review
  ) {
    let lists = [
      ("requests", old?.requests, self?.requests), ("limits", old?.limits, self?.limits),
    ]
    for (list, before, after) in lists {
      let isKept = (before ?? [:]).keys.allSatisfy { after?[$0] != nil }
      if !isKept { review.forbid(path.field(list), "resource \(list) cannot be removed") }
    }
  }
}
