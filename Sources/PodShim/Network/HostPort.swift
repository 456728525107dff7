import PodModel

/// A port of the host that leads to a port of the pod.
struct HostPort: Hashable {
  enum Transport: String {
    case tcp, udp
  }

  /// The one address of the host to listen on; nil is every address of both families.
  var hostIP: String?
  var hostPort: UInt16
  var containerPort: UInt16
  var transport: Transport

  /// Two that are equal here cannot both be listened on.
  struct Listener: Hashable {
    var hostIP: String?
    var hostPort: UInt16
    var transport: Transport
  }

  var listener: Listener {
    Listener(hostIP: hostIP, hostPort: hostPort, transport: transport)
  }
}

extension HostPort: CustomStringConvertible {
  /// `8001/TCP`, `127.0.0.1:8001/TCP`, `[::1]:53/UDP`
  var description: String {
    "\(HostPort.address(hostIP))\(hostPort)/\(transport.rawValue.uppercased())"
  }

  private static func address(_ ip: String?) -> String {
    guard let ip else { return "" }
    return ip.contains(":") ? "[\(ip)]:" : "\(ip):"
  }
}
