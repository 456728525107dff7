/// What the API server says about the variables of a container, and about where they come from.
extension Container {
  static func checkVariables(
    _ container: Container, _ surroundings: ContainerSurroundings, _ path: FieldPath,
    _ review: inout Review
  ) {
    for (index, variable) in container.env.enumerated() {
      let place = path.field("env").index(index)
      review.checkName(variable.name, place.field("name"), Names.environment)
      guard let source = variable.valueFrom else { continue }
      let value = variable.value ?? ""
      source.check(beside: value, in: surroundings, place.field("valueFrom"), &review)
    }
  }

  static func checkVariableSources(
    _ container: Container, _: ContainerSurroundings, _ path: FieldPath, _ review: inout Review
  ) {
    for (index, source) in container.envFrom.enumerated() {
      source.check(path.field("envFrom").index(index), &review)
    }
  }
}

extension EnvVarSource {
  fileprivate func check(
    beside value: String, in surroundings: ContainerSurroundings, _ path: FieldPath,
    _ review: inout Review
  ) {
    fieldRef?.check(Self.fieldsOfPod, path.field("fieldRef"), &review)
    resourceFieldRef?.check(
      in: surroundings.spec, isFile: false, path.field("resourceFieldRef"), &review)
    configMapKeyRef?.check(path.field("configMapKeyRef"), &review)
    secretKeyRef?.check(path.field("secretKeyRef"), &review)
    fileKeyRef?.check(in: surroundings, path.field("fileKeyRef"), &review)
    let count = Self.fields.count { $0.encode(self) != nil }
    if count == 0 {
      review.refuse(
        path,
        "Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`, "
          + "`configMapKeyRef`, `secretKeyRef` or `fileKeyRef`")
    } else if !value.isEmpty {
      review.invalid(path, "", "may not be specified when `value` is not empty")
    } else if count > 1 {
      review.invalid(path, "", "may not have more than one field specified at a time")
    }
  }

  /// The fields that can become a variable; labels and annotations only one key at a time.
  private static let fieldsOfPod = [
    "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
    "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
  ]
}

extension EnvFromSource {
  fileprivate func check(_ path: FieldPath, _ review: inout Review) {
    if let prefix, !prefix.isEmpty {
      review.checkText(prefix, path.field("prefix"), Names.environment)
    }
    let sources = [("configMapRef", configMapRef), ("secretRef", secretRef)]
    for (name, source) in sources {
      guard let source else { continue }
      review.checkName(source.name, path.field(name).field("name"), Names.subdomain)
    }
    switch sources.count(where: { $0.1 != nil }) {
    case 0: review.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`")
    case 1: break
    default: review.invalid(path, "", "may not have more than one field specified at a time")
    }
  }
}
