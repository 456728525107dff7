/// Ports of a pod that get in each other's way without being forbidden.
extension PodSpec {
  static func warnOfPorts(
    _ spec: PodSpec, _ path: FieldPath, _ review: inout Review
  ) {
    var earlier: [String: [(path: FieldPath, port: ContainerPort)]] = [:]
    for (list, containers) in spec.lists {
      for (index, container) in containers.enumerated() {
        for (number, port) in container.ports.enumerated() {
          let place = path.field(list).index(index).field("ports").index(number)
          if port.hostIP?.isEmpty == false, port.hostPort ?? 0 == 0 {
            review.warn(place, "hostIP set without hostPort")
          }
          let key = "\(port.containerPort)/\(port.protocol?.rawValue ?? "TCP")"
          if let first = earlier[key]?.first(where: { port.clash(with: $0.port) != nil }),
            let clash = port.clash(with: first.port)
          {
            review.warn(place, "\(clash) port definition with \(first.path)")
          }
          earlier[key, default: []].append((place, port))
        }
      }
    }
  }
}

extension ContainerPort {
  /// How two definitions of the same port get in each other's way.
  fileprivate func clash(with other: ContainerPort) -> String? {
    let (mine, others) = (hostIP ?? "", other.hostIP ?? "")
    let (number, otherNumber) = (hostPort ?? 0, other.hostPort ?? 0)
    if mine == others, number == otherNumber { return number == 0 ? "duplicate" : nil }
    if number == 0 || otherNumber == 0 { return "overlapping" }
    return number == otherNumber && mine.isEmpty != others.isEmpty
      ? "dangerously ambiguous" : nil
  }
}
