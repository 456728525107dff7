/// Which fields of a running pod may change, as the API server has it.
extension PodSpec {
  func checkUpdate(of old: PodSpec, into review: inout Review) {
    let path: FieldPath = "spec"
    let lists = [
      ("containers", old.containers, containers),
      ("initContainers", old.initContainers, initContainers),
    ]
    for (name, before, after) in lists where before.count != after.count {
      return review.forbid(
        path.field(name), "pod updates may not add or remove containers")
    }
    checkDeadline(after: old.activeDeadlineSeconds, path, &review)
    checkTolerations(after: old.tolerations, path, &review)
    checkResize(of: old, path, &review)
    let differences = SpecDifference.all(from: old.node, to: leveled(with: old).node, at: path)
    if differences.isEmpty { return }
    let list = differences.map { "\n  \($0)" }.joined()
    review.report(path, "Forbidden: " + Self.mayChange + list)
  }

  private static let mayChange =
    "pod updates may not change fields other than `spec.containers[*].image`,"
    + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
    + "`spec.tolerations` (only additions to existing tolerations),"
    + "`spec.terminationGracePeriodSeconds` "
    + "(allow it to be set to 1 if it was previously negative)"

  /// This spec without the changes that are allowed.
  private func leveled(with old: PodSpec) -> PodSpec {
    var level = withoutResize(of: old)
    level.activeDeadlineSeconds = old.activeDeadlineSeconds
    level.tolerations = old.tolerations
    if terminationGracePeriodSeconds == 1, old.terminationGracePeriodSeconds ?? 0 < 0 {
      level.terminationGracePeriodSeconds = old.terminationGracePeriodSeconds
    }
    for (index, container) in zip(containers.indices, old.containers) {
      level.containers[index].image = container.image
    }
    for (index, container) in zip(initContainers.indices, old.initContainers) {
      level.initContainers[index].image = container.image
    }
    return level
  }

  private func checkDeadline(after old: Int?, _ path: FieldPath, _ review: inout Review) {
    guard let old else { return }
    let place = path.field("activeDeadlineSeconds")
    guard let activeDeadlineSeconds else {
      return review.refuse(
        place, "Invalid value: null: must not update from a positive integer to nil value")
    }
    if activeDeadlineSeconds > old {
      review.invalid(
        place, activeDeadlineSeconds, "must be less than or equal to previous value")
    }
  }

  private func checkTolerations(
    after old: [Toleration], _ path: FieldPath, _ review: inout Review
  ) {
    let bare = tolerations.map(\.withoutSeconds)
    if old.allSatisfy({ bare.contains($0.withoutSeconds) }) { return }
    review.forbid(
      path.field("tolerations"),
      "existing toleration can not be modified except its tolerationSeconds")
  }
}

extension Toleration {
  /// A toleration without the one field of it that may change.
  fileprivate var withoutSeconds: Toleration { with { $0.tolerationSeconds = nil } }
}

extension EphemeralContainer {
  /// What may be added to a running pod: a name, an image, and what to run in it.
  func check(in spec: PodSpec, _ path: FieldPath, _ review: inout Review) {
    let others = (spec.containers + spec.initContainers).map(\.name)
    let taken = others + spec.ephemeralContainers.map(\.common.name)
    if taken.contains(common.name) { review.duplicate(path.field("name"), common.name) }
    if let target = targetContainerName, !target.isEmpty, !others.contains(target) {
      let hint = target.nearest(in: others).didYouMean
      review.refuse(
        path.field("targetContainerName"), "Not found: \(target.quoted)\(hint)")
    }
    for field in Container.fields where !Self.allowed.contains(field.name) {
      guard let value = field.encode(common) else { continue }
      // The defaults give every container resources, as none.
      if field.name == "resources", value == .mapping([]) { continue }
      review.forbid(path.field(field.name), Self.forbidden)
    }
    for (index, mount) in common.volumeMounts.enumerated() {
      let place = path.field("volumeMounts").index(index)
      if mount.subPath?.isEmpty == false { review.forbid(place.field("subPath"), Self.forbidden) }
      if mount.subPathExpr?.isEmpty == false {
        review.forbid(place.field("subPathExpr"), Self.forbidden)
      }
    }
    common.check(at: path, in: ContainerSurroundings(spec), into: &review)
  }

  private static let forbidden = "cannot be set for an Ephemeral Container"

  private static let allowed: Set = [
    "name", "image", "command", "args", "workingDir", "envFrom", "env", "volumeMounts",
    "volumeDevices", "terminationMessagePath", "terminationMessagePolicy", "imagePullPolicy",
    "securityContext", "stdin", "stdinOnce", "tty",
  ]
}
