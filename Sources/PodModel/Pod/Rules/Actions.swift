/// What a probe or a hook does, whichever of the two it is.
///
/// Both choose one of the same few actions, so that their rules are written once.
struct Actions {
  private var exec: ExecAction?
  private var httpGet: HTTPGetAction?
  private var tcpSocket: TCPSocketAction?
  private var grpc: GRPCAction?
  private var sleep: SleepAction?

  init(_ probe: Probe) {
    exec = probe.exec
    httpGet = probe.httpGet
    tcpSocket = probe.tcpSocket
    grpc = probe.grpc
  }

  init(_ hook: LifecycleHandler) {
    exec = hook.exec
    httpGet = hook.httpGet
    tcpSocket = hook.tcpSocket
    sleep = hook.sleep
  }

  /// Exactly one action, and that a good one; the API server looks at the first alone.
  func check(
    of container: Container, in spec: PodSpec?, _ path: FieldPath, _ review: inout Review
  ) {
    guard let first = chosen.first else {
      return review.require(path, "must specify a handler type")
    }
    for second in chosen.dropFirst() {
      review.forbid(path.field(second), "may not specify more than 1 handler type")
    }
    let place = path.field(first)
    switch first {
    case "exec":
      if exec?.command.isEmpty ?? true { review.require(place.field("command")) }
    case "httpGet": httpGet?.check(of: container, place, &review)
    case "tcpSocket": review.checkPort(tcpSocket?.port, of: container, place.field("port"))
    case "grpc": review.checkPort(grpc?.port ?? 0, place.field("port"))
    default: checkSleep(within: spec?.terminationGracePeriodSeconds, place, &review)
    }
  }

  /// The names of the actions that are set, in the order of the API.
  private var chosen: [String] {
    let all = [
      ("exec", exec != nil), ("httpGet", httpGet != nil), ("tcpSocket", tcpSocket != nil),
      ("grpc", grpc != nil), ("sleep", sleep != nil),
    ]
    return all.filter(\.1).map(\.0)
  }

  private func checkSleep(within grace: Int?, _ path: FieldPath, _ review: inout Review) {
    guard let grace, let seconds = sleep?.seconds, !(0...max(grace, 0)).contains(seconds) else {
      return
    }
    review.invalid(
      path, seconds,
      "must be non-negative and less than terminationGracePeriodSeconds (\(grace))")
  }
}

extension HTTPGetAction {
  fileprivate func check(of container: Container, _ path: FieldPath, _ review: inout Review) {
    review.checkPort(port, of: container, path.field("port"))
    for (index, header) in httpHeaders.enumerated() {
      review.checkText(
        header.name, path.field("httpHeaders").index(index).field("name"), Names.header)
    }
  }
}

extension Review {
  /// A port by number, or by a name that the container gives to one of its ports.
  ///
  /// The API server takes any name; the kubelet then fails each time. Here that is said at once.
  fileprivate mutating func checkPort(
    _ port: IntOrString?, of container: Container, _ path: FieldPath
  ) {
    switch port {
    case nil: break
    case .int(let number): checkPort(number, path)
    case .string(let name):
      if let reason = Names.port(name) {
        let hint = Int(name).map { " (did you mean the number \($0)?)" } ?? ""
        return invalid(path, name, reason + hint)
      }
      let names = container.ports.compactMap(\.name)
      if names.contains(name) { return }
      let hint = name.nearest(in: names).didYouMean
      refuse(path, "Not found: \(name.quoted): the container has no port of this name\(hint)")
    }
  }

  /// A number that the API keeps in 32 bits.
  mutating func checkWidth(_ number: Int, _ path: FieldPath) {
    if number <= Int(Int32.max) { return }
    invalid(path, number, "must be less than or equal to 2147483647")
  }
}
