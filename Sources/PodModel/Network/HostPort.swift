/// A port of the host that leads to a port of the pod.
public struct HostPort: Codable, Hashable, Sendable {
  public enum Transport: String, Codable, Sendable {
    case tcp, udp
  }

  /// The one address of the host to listen on; nil is every address of both families.
  public var hostIP: String?
  public var hostPort: UInt16
  public var containerPort: UInt16
  public var transport: Transport

  public init(hostIP: String? = nil, hostPort: UInt16, containerPort: UInt16, transport: Transport)
  {
    self.hostIP = hostIP
    self.hostPort = hostPort
    self.containerPort = containerPort
    self.transport = transport
  }

  /// Two that are equal here cannot both be listened on.
  public struct Listener: Hashable, Sendable {
    var hostIP: String?
    var hostPort: UInt16
    var transport: Transport
  }

  public var listener: Listener {
    Listener(hostIP: hostIP, hostPort: hostPort, transport: transport)
  }
}

extension HostPort: CustomStringConvertible {
  /// `8001/TCP`, `127.0.0.1:8001/TCP`, `[::1]:53/UDP`
  public var description: String {
    "\(HostPort.address(hostIP))\(hostPort)/\(transport.rawValue.uppercased())"
  }

  private static func address(_ ip: String?) -> String {
    guard let ip else { return "" }
    return ip.contains(":") ? "[\(ip)]:" : "\(ip):"
  }
}
