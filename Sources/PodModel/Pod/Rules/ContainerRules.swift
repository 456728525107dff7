/// What the API server checks of a single container.
extension Container {
  static let rules: [Rule<Container>] = [
    checkNames, checkPorts, checkEnvironment, checkRestarts, checkSecurity,
  ]

  func check(at path: FieldPath, volumes: Set<String>, into review: inout Review) {
    for rule in Self.rules { rule(self, path, &review) }
    checkMounts(at: path.field("volumeMounts"), volumes: volumes, into: &review)
  }

  private static func checkNames(
    _ container: Container, _ path: FieldPath, _ review: inout Review
  ) {
    review.checkName(container.name, path.field("name"), Names.label)
    review.checkName(container.image, path.field("image")) { image in
      let isPadded = image.first?.isWhitespace == true || image.last?.isWhitespace == true
      return isPadded ? "must not have leading or trailing whitespace" : nil
    }
  }

  private static func checkPorts(
    _ container: Container, _ path: FieldPath, _ review: inout Review
  ) {
    var seen: Set<String> = []
    for (index, port) in container.ports.enumerated() {
      let place = path.field("ports").index(index)
      if let name = port.name, !name.isEmpty {
        review.checkText(name, place.field("name"), Names.port)
        if !seen.insert(name).inserted { review.duplicate(place.field("name"), name) }
      }
      if port.containerPort == 0 {
        review.require(place.field("containerPort"))
      } else {
        review.checkPort(port.containerPort, place.field("containerPort"))
      }
      if let hostPort = port.hostPort, hostPort != 0, hostPort != port.containerPort {
        review.checkPort(hostPort, place.field("hostPort"))
      }
      if let address = port.hostIP, !address.isEmpty {
        review.checkText(address, place.field("hostIP"), Names.address)
      }
    }
  }

  private static func checkEnvironment(
    _ container: Container, _ path: FieldPath, _ review: inout Review
  ) {
    var seen: Set<String> = []
    for (index, variable) in container.env.enumerated() {
      let place = path.field("env").index(index)
      review.checkName(variable.name, place.field("name"), Names.environment)
      if !variable.name.isEmpty, !seen.insert(variable.name).inserted {
        review.warn(place, "hides previous definition of \(variable.name.quoted)")
      }
    }
  }

  private func checkMounts(
    at path: FieldPath, volumes: Set<String>, into review: inout Review
  ) {
    var paths: Set<String> = []
    for (index, mount) in volumeMounts.enumerated() {
      let place = path.index(index)
      if mount.name.isEmpty {
        review.require(place.field("name"))
      } else if !volumes.contains(mount.name) {
        let hint = mount.name.nearest(in: volumes.sorted()).didYouMean
        review.refuse(place.field("name"), "Not found: \(mount.name.quoted)\(hint)")
      }
      if mount.mountPath.isEmpty {
        review.require(place.field("mountPath"))
      } else if !paths.insert(mount.mountPath).inserted {
        review.invalid(place.field("mountPath"), mount.mountPath, "must be unique")
      }
    }
  }

  private static func checkSecurity(
    _ container: Container, _ path: FieldPath, _ review: inout Review
  ) {
    guard let context = container.securityContext else { return }
    let place = path.field("securityContext")
    review.checkID(context.runAsUser, place.field("runAsUser"))
    review.checkID(context.runAsGroup, place.field("runAsGroup"))
    context.checkEscalation(place, &review)
    context.capabilities?.check(place.field("capabilities"), &review)
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

extension Volume {
  /// What the API server checks of a single volume.
  func check(at path: FieldPath, into review: inout Review) {
    review.checkName(name, path.field("name"), Names.label)
    for second in sources.dropFirst() {
      review.forbid(path.field(second), "may not specify more than 1 volume type")
    }
    guard let hostPath else { return }
    let place = path.field("hostPath").field("path")
    if hostPath.path.isEmpty { review.require(place) }
    if hostPath.path.split(separator: "/").contains("..") {
      review.invalid(place, hostPath.path, "must not contain '..'")
    }
  }
}
