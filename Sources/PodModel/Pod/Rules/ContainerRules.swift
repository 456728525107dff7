/// What the API server checks of a single container.
extension Container {
  static let rules: [ContainerRule] = [
    checkNames, checkPorts, checkVariables, checkVariableSources, checkMounts, checkDevices,
    checkResources, checkResizing, checkRestarts, checkSecurity,
  ]

  func check(
    at path: FieldPath, in surroundings: ContainerSurroundings, into review: inout Review
  ) {
    for rule in Self.rules { rule(self, surroundings, path, &review) }
  }

  private static func checkNames(
    _ container: Container, _: ContainerSurroundings, _ path: FieldPath, _ review: inout Review
  ) {
    review.checkName(container.name, path.field("name"), Names.label)
    review.checkName(container.image, path.field("image")) { image in
      let isPadded = image.first?.isWhitespace == true || image.last?.isWhitespace == true
      return isPadded ? "must not have leading or trailing whitespace" : nil
    }
  }

  private static func checkPorts(
    _ container: Container, _: ContainerSurroundings, _ path: FieldPath, _ review: inout Review
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
}
