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

extension PodSpec {
  static let rules: [Rule<PodSpec>] = [
    checkVolumes, checkContainers, checkHostPorts, checkReferences, checkHostNames, checkAliases,
    checkDNS, checkOS, checkNamespaces, checkUserNamespace, checkSecurity, checkEphemeral,
    checkProbesAndHooks, checkTimes, checkGates, checkPlacement, checkTolerations,
    checkPodResources,
  ]

  func check(at path: FieldPath, into review: inout Review) {
    for rule in Self.rules { rule(self, path, &review) }
  }

  private static func checkContainers(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    if spec.containers.isEmpty { review.require(path.field("containers")) }
    let surroundings = ContainerSurroundings(spec)
    var seen: Set<String> = []
    for (list, containers) in spec.lists {
      for (index, container) in containers.enumerated() {
        let place = path.field(list).index(index)
        container.check(at: place, in: surroundings, into: &review)
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

  private static func checkReferences(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    let names = [
      ("nodeName", spec.nodeName), ("serviceAccountName", spec.serviceAccountName),
      ("priorityClassName", spec.priorityClassName), ("runtimeClassName", spec.runtimeClassName),
    ]
    for (field, name) in names where name?.isEmpty == false {
      review.checkText(name, path.field(field), Names.subdomain)
    }
    guard let preemption = spec.preemptionPolicy else { return }
    review.checkWord(
      preemption, path.field("preemptionPolicy"), among: ["Never", "PreemptLowerPriority"])
  }

  private static func checkHostNames(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    for (field, name) in [("hostname", spec.hostname), ("subdomain", spec.subdomain)]
    where name?.isEmpty == false {
      review.checkText(name, path.field(field), Names.label)
    }
    guard let name = spec.hostnameOverride else { return }
    let place = path.field("hostnameOverride")
    if spec.setHostnameAsFQDN == true {
      review.forbid(place, "may not be specified when setHostnameAsFQDN is true")
    }
    if spec.hostNetwork == true {
      review.forbid(place, "may not be specified when hostNetwork is true")
    }
    if name.utf8.count > 64 { return review.tooLong(place, most: 64) }
    review.checkText(name, place, Names.subdomain)
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

}
