/// What the API server checks before it takes a pod, as far as podshim acts upon the fields.
///
/// Each rule stands alone and speaks in the API server's words; all of them run, so that every
/// mistake of a pod is seen at once.
extension Pod {
  func check(at path: FieldPath, into review: inout Review) {
    metadata.check(at: path.field("metadata"), into: &review)
    spec.check(at: path.field("spec"), into: &review)
  }
}

extension ObjectMeta {
  static let rules: [Rule<ObjectMeta>] = [checkNames, checkLabels, checkAnnotations]

  func check(at path: FieldPath, into review: inout Review) {
    for rule in Self.rules { rule(self, path, &review) }
  }

  private static func checkNames(
    _ meta: ObjectMeta, _ path: FieldPath, _ review: inout Review
  ) {
    let start = meta.generateName ?? ""
    if meta.name.isEmpty, start.isEmpty {
      review.require(path.field("name"), "name or generateName is required")
    } else if !meta.name.isEmpty {
      review.checkText(meta.name, path.field("name"), Names.subdomain)
    }
    if !start.isEmpty {
      review.checkText(start, path.field("generateName")) { text in
        Names.subdomain(text.hasSuffix("-") ? text.dropLast() + "a" : text)
      }
    }
    review.checkText(meta.namespace, path.field("namespace"), Names.label)
  }

  private static func checkLabels(
    _ meta: ObjectMeta, _ path: FieldPath, _ review: inout Review
  ) {
    review.checkLabels(meta.labels, path.field("labels"))
  }

  private static func checkAnnotations(
    _ meta: ObjectMeta, _ path: FieldPath, _ review: inout Review
  ) {
    let place = path.field("annotations")
    for key in meta.annotations.keys.sorted() {
      review.checkText(key, place.key(key)) { Names.qualified($0.lowercased()) }
    }
    let size = meta.annotations.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    if size > 262_144 { review.refuse(place, "Too long: may not be more than 262144 bytes") }
  }
}

extension PodSpec {
  static let rules: [Rule<PodSpec>] = [
    checkVolumes, checkContainers, checkHostPorts, checkNamesOfHosts, checkAliases, checkDNS,
    checkOS, checkNamespaces, checkSecurity, checkEphemeral, checkProbesAndHooks, checkTimes,
    checkGates, checkPlacement,
  ]

  func check(at path: FieldPath, into review: inout Review) {
    for rule in Self.rules { rule(self, path, &review) }
  }

  private static func checkVolumes(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    var seen: Set<String> = []
    for (index, volume) in spec.volumes.enumerated() {
      let place = path.field("volumes").index(index)
      volume.check(at: place, into: &review)
      if !volume.name.isEmpty, !seen.insert(volume.name).inserted {
        review.duplicate(place.field("name"), volume.name)
      }
    }
  }

  private static func checkContainers(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    if spec.containers.isEmpty { review.require(path.field("containers")) }
    let volumes = Set(spec.volumes.map(\.name))
    var seen: Set<String> = []
    for (list, containers) in spec.lists {
      for (index, container) in containers.enumerated() {
        let place = path.field(list).index(index)
        container.check(at: place, volumes: volumes, into: &review)
        if !container.name.isEmpty, !seen.insert(container.name).inserted {
          review.duplicate(place.field("name"), container.name)
        }
      }
    }
  }

  /// A name that an init container shares with an app container is the init container's mistake.
  var lists: [(String, [Container])] {
    [("containers", containers), ("initContainers", initContainers)]
  }

  private static func checkHostPorts(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    for (list, containers) in spec.lists {
      var taken: Set<String> = []
      for (index, container) in containers.enumerated() {
        // Init containers run one by one.
        if list == "initContainers" { taken = [] }
        for (number, port) in container.ports.enumerated() {
          guard let hostPort = port.hostPort, hostPort != 0 else { continue }
          let place = path.field(list).index(index).field("ports").index(number)
            .field("hostPort")
          if spec.hostNetwork == true, hostPort != port.containerPort {
            review.invalid(
              place, hostPort, "must match `containerPort` when `hostNetwork` is true")
          }
          let listener =
            "\(port.protocol?.rawValue ?? "TCP")/\(port.hostIP ?? "")/\(hostPort)"
          if !taken.insert(listener).inserted { review.duplicate(place, listener) }
        }
      }
    }
  }

  private static func checkNamesOfHosts(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    review.checkText(spec.hostname, path.field("hostname"), Names.label)
    review.checkText(spec.subdomain, path.field("subdomain"), Names.label)
    review.checkText(spec.nodeName, path.field("nodeName"), Names.subdomain)
  }

  private static func checkAliases(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    for (index, alias) in spec.hostAliases.enumerated() {
      let place = path.field("hostAliases").index(index)
      review.checkText(alias.ip, place.field("ip"), Names.address)
      for (number, name) in alias.hostnames.enumerated() {
        review.checkText(name, place.field("hostnames").index(number), Names.subdomain)
      }
    }
  }

  private static func checkOS(_ spec: PodSpec, _ path: FieldPath, _ review: inout Review) {
    guard let name = spec.os?.name else { return }
    let place = path.field("os").field("name")
    if name.isEmpty { review.require(place) }
    if name != "linux" { review.refuseUnsupported(name, among: ["linux"], at: place) }
  }

  private static func checkEphemeral(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    if spec.ephemeralContainers.isEmpty { return }
    review.forbid(path.field("ephemeralContainers"), "cannot be set on create")
  }

  private static func checkNamespaces(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    guard spec.shareProcessNamespace == true, spec.hostPID == true else { return }
    review.refuse(
      path.field("shareProcessNamespace"),
      "Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled")
  }

  private static func checkSecurity(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    guard let context = spec.securityContext else { return }
    let place = path.field("securityContext")
    review.checkID(context.runAsUser, place.field("runAsUser"))
    review.checkID(context.runAsGroup, place.field("runAsGroup"))
    for (index, group) in context.supplementalGroups.enumerated() {
      review.checkID(group, place.field("supplementalGroups").index(index))
    }
  }
}
