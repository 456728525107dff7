import CLinux
import Glibc

/// Opens TCP connections, in the network that the program is in.
enum TCPDial {
  /// A non-blocking connection to the first address of the host that takes one.
  static func connect(
    _ target: ProbeTarget, names: HostNames, until deadline: Duration?
  ) throws(TransportError) -> OwnedDescriptor {
    var first: TransportError?
    for address in try names.addresses(of: target.host) {
      do throws(TransportError) {
        return try connect(ProbeTarget(host: address, port: target.port), until: deadline)
      } catch {
        first = first ?? error
      }
    }
    throw first ?? HostNames.unknown(target.host)
  }

  private static func connect(
    _ target: ProbeTarget, until deadline: Duration?
  ) throws(TransportError) -> OwnedDescriptor {
    let socket: OwnedDescriptor
    do throws(SyscallError) {
      socket = OwnedDescriptor(
        owning: try checked("connect", target.text) {
          linux_connect_stream(target.host, UInt16(truncatingIfNeeded: target.port))
        })
    } catch {
      throw failed(target, error.errno)
    }
    try TimedReader.wait(socket.raw, for: POLLOUT, until: deadline)
    let error = InternetSocket.takeError(of: socket.raw)
    if error != 0 { throw failed(target, error) }
    return socket
  }

  private static func failed(_ target: ProbeTarget, _ errno: CInt) -> TransportError {
    .failed("dial tcp \(target.text): connect: \(GoText.reason(errno))")
  }

  /// What a check of the connection alone says.
  static func failure(_ target: ProbeTarget, _ error: TransportError) -> String {
    switch error {
    case .timedOut: "dial tcp \(target.text): i/o timeout"
    case .failed(let reason): reason
    }
  }
}
