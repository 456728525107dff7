/// What the API server says about users, groups, namespaces and the rights of containers.
extension PodSpec {
  static func checkSecurity(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    guard let context = spec.securityContext else { return }
    let place = path.field("securityContext")
    review.checkID(context.runAsUser, place.field("runAsUser"))
    review.checkID(context.runAsGroup, place.field("runAsGroup"))
    review.checkID(context.fsGroup, place.field("fsGroup"))
    for (index, group) in context.supplementalGroups.enumerated() {
      review.checkID(group, place.field("supplementalGroups").index(index))
    }
    var seen: Set<String> = []
    for (index, sysctl) in context.sysctls.enumerated() {
      let name = place.field("sysctls").index(index).field("name")
      sysctl.check(in: spec, name, &review)
      if !sysctl.name.isEmpty, !seen.insert(sysctl.dottedName).inserted {
        review.duplicate(name, sysctl.name)
      }
    }
    context.seccompProfile?.checkSeccomp(place.field("seccompProfile"), &review)
    context.appArmorProfile?.checkAppArmor(place.field("appArmorProfile"), &review)
    review.refuseWindows(context.windowsOptions, place)
  }

  static func checkNamespaces(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    guard spec.shareProcessNamespace == true, spec.hostPID == true else { return }
    review.refuse(
      path.field("shareProcessNamespace"),
      "Invalid value: true: ShareProcessNamespace and HostPID cannot both be enabled")
  }

  /// Users of the pod's own have no rights over what is the host's.
  static func checkUserNamespace(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    if spec.hostUsers != false { return }
    let shared = [
      ("hostNetwork", spec.hostNetwork), ("hostPID", spec.hostPID), ("hostIPC", spec.hostIPC),
    ]
    for (name, isShared) in shared where isShared == true {
      review.forbid(path.field(name), "when `hostUsers` is false")
    }
  }
}

extension Sysctl {
  fileprivate func check(in spec: PodSpec, _ path: FieldPath, _ review: inout Review) {
    review.checkName(name, path, Names.sysctl)
    let dotted = dottedName
    if spec.hostNetwork == true, dotted.hasPrefix("net.") {
      review.invalid(path, name, "may not be specified when 'hostNetwork' is true")
    }
    let isOfIPC = ["kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue."].contains {
      dotted.hasPrefix($0)
    }
    if spec.hostIPC == true, isOfIPC {
      review.invalid(path, name, "may not be specified when 'hostIPC' is true")
    }
  }

  /// `net/ipv4/conf/eth0.1/rp_filter` as `net.ipv4.conf.eth0/1.rp_filter`: the first separator
  /// says which of the two the writer uses.
  fileprivate var dottedName: String {
    guard name.first(where: { "./".contains($0) }) == "/" else { return name }
    return String(name.map { $0 == "/" ? "." : $0 == "." ? "/" : $0 })
  }
}

extension Container {
  static func checkSecurity(
    _ container: Container, _ surroundings: ContainerSurroundings, _ path: FieldPath,
    _ review: inout Review
  ) {
    guard let context = container.securityContext else { return }
    let place = path.field("securityContext")
    review.checkID(context.runAsUser, place.field("runAsUser"))
    review.checkID(context.runAsGroup, place.field("runAsGroup"))
    context.checkEscalation(place, &review)
    context.capabilities?.check(place.field("capabilities"), &review)
    context.seccompProfile?.checkSeccomp(place.field("seccompProfile"), &review)
    context.appArmorProfile?.checkAppArmor(place.field("appArmorProfile"), &review)
    review.refuseWindows(context.windowsOptions, place)
    if context.procMount == .unmasked, surroundings.spec.hostUsers != false {
      review.invalid(
        place.field("procMount"), "Unmasked", "`hostUsers` must be false to use `Unmasked`")
    }
  }
}

extension SecurityContext {
  fileprivate func checkEscalation(_ path: FieldPath, _ review: inout Review) {
    guard allowPrivilegeEscalation == false else { return }
    let place = path.field("allowPrivilegeEscalation")
    if privileged == true {
      review.refuse(
        place,
        "Invalid value: false: cannot set `allowPrivilegeEscalation` to false and `privileged` "
          + "to true")
    } else if capabilities?.add.contains("CAP_SYS_ADMIN") == true {
      review.refuse(
        place,
        "Invalid value: false: cannot set `allowPrivilegeEscalation` to false and "
          + "`capabilities.Add` CAP_SYS_ADMIN")
    }
  }
}

extension SecurityProfile {
  fileprivate func checkSeccomp(_ path: FieldPath, _ review: inout Review) {
    checkKind("seccomp", field: "seccompProfile", path, &review)
    guard type == .localhost, let localhostProfile else { return }
    review.checkText(
      localhostProfile, path.field("localhostProfile"), Names.descendingPath)
  }

  fileprivate func checkAppArmor(_ path: FieldPath, _ review: inout Review) {
    checkKind("AppArmor", field: "appArmorProfile", path, &review)
    guard type == .localhost, let localhostProfile else { return }
    let place = path.field("localhostProfile")
    if localhostProfile.first?.isWhitespace == true || localhostProfile.last?.isWhitespace == true {
      review.invalid(place, localhostProfile, "must not be padded with whitespace")
    }
    if localhostProfile.utf8.count > 4095 { review.tooLong(place, most: 4095) }
  }

  /// A name is there where it is of a profile of this host, and nowhere else.
  private func checkKind(
    _ kind: String, field: String, _ path: FieldPath, _ review: inout Review
  ) {
    guard let type else {
      return review.require(path.field("type"), "type is required when \(field) is set")
    }
    let place = path.field("localhostProfile")
    if type == .localhost {
      if localhostProfile?.isEmpty ?? true {
        review.require(place, "must be set when \(kind) type is Localhost")
      }
    } else if let localhostProfile {
      review.invalid(
        place, localhostProfile, "can only be set when \(kind) type is Localhost")
    }
  }
}

extension Review {
  fileprivate mutating func refuseWindows(_ options: Node?, _ path: FieldPath) {
    if options == nil { return }
    forbid(path.field("windowsOptions"), "windows options cannot be set for a linux pod")
  }
}
