import Glibc
import PodModel

final class Forwarder {}
enum Loopback { static func bringUp(in path: String) throws {} }

/// The pod's ports on the host, and the process that carries what comes in through them.
extension Supervisor {
  func bindHostPorts() throws {}
  func startForwarder(into pid: pid_t) throws {}
  func stopForwarder() {}
  func findForwarder() {}
}
