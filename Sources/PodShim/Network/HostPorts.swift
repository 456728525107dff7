import Glibc
import PodModel

/// The host ports of a pod: which it wants, and taking them. They are taken in the host's network
/// before the pod has one, so a port that somebody else has stops the pod with a reason.
enum HostPorts {
  /// What the containers ask for, each listener once. A pod in the host's network listens for
  /// itself and wants none. Where an init container and a container share a listener, it leads to
  /// the container, which is there for longer.
  static func wanted(by spec: PodSpec) throws(HostPortError) -> [HostPort] {
    if spec.hostNetwork == true { return [] }
    var wanted: [HostPort] = []
    for container in spec.containers + spec.initContainers {
      for port in container.ports {
        guard let port = try hostPort(port, of: container.name) else { continue }
        if !wanted.contains(where: { $0.listener == port.listener }) { wanted.append(port) }
      }
    }
    return wanted
  }

  private static func hostPort(
    _ port: ContainerPort, of container: String
  ) throws(HostPortError) -> HostPort? {
    guard let wanted = port.hostPort, wanted != 0 else { return nil }
    guard let hostPort = UInt16(exactly: wanted),
      let containerPort = UInt16(exactly: port.containerPort)
    else { throw .outOfRange(container: container, port: wanted) }
    let transport: HostPort.Transport
    switch port.protocol {
    case .sctp: throw .notSupported(container: container, port: wanted)
    case .udp: transport = .udp
    case .tcp, nil: transport = .tcp
    }
    let address = port.hostIP.flatMap { $0.isEmpty ? nil : $0 }
    return HostPort(
      hostIP: address, hostPort: hostPort, containerPort: containerPort, transport: transport)
  }

  /// Takes all of them, or none and says which one could not be had. In the network namespace of
  /// the calling thread.
  static func bind(_ ports: [HostPort]) throws(HostPortError) -> [BoundPort] {
    var bound: [BoundPort] = []
    for port in ports {
      do throws(SyscallError) {
        bound.append(BoundPort(port: port, socket: try InternetSocket.listen(port)))
      } catch {
        let owner = error.errno == EADDRINUSE ? PortOwner.find(port) : nil
        throw .refused(port, error, owner)
      }
    }
    return bound
  }
}

/// A host port that is ours: connections queue in the kernel until the forwarder takes them, and
/// are refused once the last copy of the socket is closed.
struct BoundPort {
  let port: HostPort
  let socket: OwnedDescriptor
}
