import PodModel

/// Where a probe or a hook knocks: a host and a port, both decided.
struct ProbeTarget: Equatable {
  var host: String
  var port: Int

  init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// - Parameter port: a number, the name of a TCP or any other port of `container`, or a number
  ///   that was written as a string: the kubelet's order.
  init(
    host: String?, port: IntOrString, of container: Container, at address: String?
  ) throws(InquiryError) {
    let named = host.flatMap { $0.isEmpty ? nil : $0 }
    self.host = named ?? address ?? "127.0.0.1"
    self.port = try ProbeTarget.number(port, of: container)
  }

  /// `127.0.0.1:80`, `[::1]:80`
  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...])
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    self.init(host: String(host), port: port)
  }

  var text: String { GoText.address(host, port) }

  private static func number(
    _ port: IntOrString, of container: Container
  ) throws(InquiryError) -> Int {
    var number: Int
    switch port {
    case .int(let value): number = value
    case .string(let name):
      let declared = container.ports.first { $0.name == name }?.containerPort
      guard let found = declared ?? Int(name) else {
        throw InquiryError("strconv.Atoi: parsing \(name.quoted): invalid syntax")
      }
      number = found
    }
    if (1..<65536).contains(number) { return number }
    throw InquiryError("invalid port number: \(number)")
  }
}

/// Why an inquiry cannot be made at all, in the kubelet's words: an `error` of the probe, a failure
/// of the hook.
struct InquiryError: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
