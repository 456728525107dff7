import PodModel

extension Probe {
  /// The probe on one line, as kubectl's `DescribeProbe` writes it.
  var line: String {
    let attributes =
      "delay=\(initialDelaySeconds ?? 0)s timeout=\(timeoutSeconds ?? 1)s "
      + "period=\(periodSeconds ?? 10)s #success=\(successThreshold ?? 1) "
      + "#failure=\(failureThreshold ?? 3)"
    if let exec { return "exec [\(exec.command.joined(separator: " "))] \(attributes)" }
    if let httpGet { return "http-get \(httpGet.url) \(attributes)" }
    if let tcpSocket {
      return "tcp-socket \(tcpSocket.host ?? ""):\(tcpSocket.port.text) \(attributes)"
    }
    if let grpc { return "grpc <pod>:\(grpc.port) \(grpc.service ?? "") \(attributes)" }
    return "unknown \(attributes)"
  }
}

extension HTTPGetAction {
  /// As Go's `url.URL` prints it: the whole path counts as a path, question mark and all.
  fileprivate var url: String {
    let name = host ?? ""
    let place = name.contains(":") ? "[\(name)]" : name
    let path = self.path ?? "/"
    let escaped = path.utf8.map { byte in
      HTTPGetAction.plain.contains(byte)
        ? String(UnicodeScalar(byte)) : "%" + HTTPGetAction.digits(byte)
    }.joined()
    return "\((scheme ?? .http).rawValue.lowercased())://\(place):\(port.text)"
      + (path.hasPrefix("/") || path.isEmpty ? "" : "/") + escaped
  }

  private static let plain = Set(
    ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" + "-_.~$&+,/:;=@").utf8)

  private static func digits(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "0" + text : text
  }
}

extension IntOrString {
  fileprivate var text: String {
    switch self {
    case .int(let number): "\(number)"
    case .string(let text): text
    }
  }
}
