import Glibc
import PodModel

/// Why a host port cannot be had: which port, on which address, and what the user can do.
enum HostPortError: Error {
  case outOfRange(container: String, port: Int)
  case notSupported(container: String, port: Int)
  case refused(HostPort, SyscallError, PortOwner?)
}

extension HostPortError: CustomStringConvertible {
  var description: String {
    switch self {
    case .outOfRange(let container, let port):
      "host port \(port) of container `\(container)` is out of range: choose one in 1-65535"
    case .notSupported(let container, let port):
      "host port \(port)/SCTP of container `\(container)` is not supported yet: use TCP or UDP"
    case .refused(let port, let error, let owner):
      HostPortError.reason(port, error, owner)
    }
  }

  private static func reason(_ port: HostPort, _ error: SyscallError, _ owner: PortOwner?) -> String
  {
    switch error.errno {
    case EADDRINUSE:
      let who = owner.map { "\($0)" } ?? "somebody that cannot be seen from here listens on it"
      return "host port \(port) is taken: \(who): stop it or choose another `hostPort`"
    case EADDRNOTAVAIL:
      return "host port \(port) cannot be opened: `\(port.hostIP ?? "")` is no address of this "
        + "host: choose one that `ip address` lists, or leave `hostIP` out"
    case EACCES:
      return "host port \(port) is for root alone: choose a `hostPort` from 1024, or lower "
        + "`net.ipv4.ip_unprivileged_port_start`"
    default:
      return "host port \(port) cannot be opened: \(error)"
    }
  }
}
