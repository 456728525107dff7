// What the API server says about references: to fields of the pod, to amounts of a container, to
// keys of other objects. Variables and files use the same ones.

extension ObjectFieldSelector {
  /// `known` are the fields that the place of the reference can show.
  func check(_ known: [String], _ path: FieldPath, _ review: inout Review) {
    let place = path.field("fieldPath")
    if fieldPath.isEmpty { return review.require(place) }
    if let version = apiVersion, version != "v1" {
      return review.invalid(
        place, fieldPath, "error converting fieldPath: unsupported pod version: \(version)")
    }
    if let subscripted {
      let kind = subscripted.field == "metadata.labels" ? subscripted.key : subscripted.lowerKey
      guard ["metadata.labels", "metadata.annotations"].contains(subscripted.field) else {
        return refuseUnknown(place, &review)
      }
      return review.checkText(kind, place, Names.qualified)
    }
    if known.contains(fieldPath) { return }
    if Self.convertible.contains(fieldPath) {
      review.refuseUnsupported(fieldPath, among: known, at: place)
    } else {
      refuseUnknown(place, &review)
    }
  }

  private func refuseUnknown(_ path: FieldPath, _ review: inout Review) {
    let hint = fieldPath.nearest(in: Self.convertible).didYouMean
    review.invalid(
      path, fieldPath,
      "error converting fieldPath: field label not supported: \(fieldPath)\(hint)")
  }

  /// `metadata.labels['app']` in its two parts.
  private var subscripted: (field: String, key: String, lowerKey: String)? {
    guard fieldPath.hasSuffix("']"), let start = fieldPath.firstRange(of: "['") else { return nil }
    let key = String(fieldPath[start.upperBound...].dropLast(2))
    let field = String(fieldPath[..<start.lowerBound])
    return field.isEmpty ? nil : (field, key, key.lowercased())
  }

  /// Every field that the API can show somewhere.
  private static let convertible = [
    "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace",
    "metadata.uid", "spec.nodeName", "spec.restartPolicy", "spec.schedulerName",
    "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.phase", "status.podIP",
    "status.podIPs",
  ]
}

extension ResourceFieldSelector {
  /// A file belongs to no container, so it has to say whose amount it shows.
  func check(
    in spec: PodSpec, isFile: Bool, _ path: FieldPath, _ review: inout Review
  ) {
    let name = containerName ?? ""
    let containers = (spec.containers + spec.initContainers).map(\.name)
    if name.isEmpty {
      if isFile { review.require(path.field("containerName")) }
    } else if !containers.isEmpty, !containers.contains(name) {
      // The API server takes it; the kubelet then fails each time.
      review.missing(path.field("containerName"), name, among: containers)
    }
    let place = path.field("resource")
    if resource.isEmpty { return review.require(place) }
    guard Self.resources.contains(resource) || isHugePages else {
      return review.refuseUnsupported(resource, among: Self.resources, at: place)
    }
    checkDivisor(path.field("divisor"), &review)
  }

  private static let resources = [
    "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu",
    "requests.ephemeral-storage", "requests.memory",
  ]

  private var isHugePages: Bool {
    resource.hasPrefix("limits.hugepages-") || resource.hasPrefix("requests.hugepages-")
  }

  private func checkDivisor(_ path: FieldPath, _ review: inout Review) {
    guard let divisor, divisor.milliValue != 0 else { return }
    if resource.hasSuffix(".cpu") {
      if [1, 1000].contains(divisor.milliValue) { return }
      return review.invalid(
        path, resource, "only divisor's values 1m and 1 are supported with the cpu resource")
    }
    let units =
      ["1"]
      + ["k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].map {
        "1" + $0
      }
    let isUnit = units.contains { Quantity($0)?.compared(to: divisor) == 0 }
    if isUnit { return }
    let kind =
      isHugePages
      ? "hugepages" : resource.hasSuffix(".memory") ? "memory" : "local ephemeral storage"
    review.invalid(
      path, resource,
      "only divisor's values \(units.joined(separator: ", ")) are supported with the \(kind) "
        + "resource")
  }
}

extension KeySelector {
  func check(_ path: FieldPath, _ review: inout Review) {
    review.checkName(name, path.field("name"), Names.subdomain)
    review.checkName(key, path.field("key"), Names.configKey)
  }
}

extension FileKeySelector {
  func check(
    in surroundings: ContainerSurroundings, _ path: FieldPath, _ review: inout Review
  ) {
    review.checkName(key, path.field("key"), Names.environment)
    review.checkName(self.path, path.field("path"), Names.filePath)
    let place = path.field("volumeName")
    review.checkName(volumeName, place, Names.label)
    guard !volumeName.isEmpty,
      let volume = surroundings.volume(volumeName, place, &review)
    else { return }
    if volume.emptyDir == nil {
      review.invalid(place, volumeName, "referenced volume must be of type emptyDir")
    }
  }
}
