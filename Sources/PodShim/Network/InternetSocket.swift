import CLinux
import Glibc
import PodModel

/// The sockets of host ports and of their forwarder. None of them ever blocks, and each lives in
/// the network namespace that the thread was in when it was made.
enum InternetSocket {
  /// The loopback addresses of a pod, in the order in which they are tried.
  enum Family: CInt {
    case four = 0
    case six = 1

    var other: Family { self == .four ? .six : .four }
  }

  static func listen(_ port: HostPort) throws(SyscallError) -> OwnedDescriptor {
    let listener = try checked("listen", "\(port)") {
      if let ip = port.hostIP { return linux_listen(ip, port.hostPort, port.transport.type) }
      return linux_listen(nil, port.hostPort, port.transport.type)
    }
    return OwnedDescriptor(owning: listener)
  }

  /// The port that the socket has on this side.
  static func port(of socket: CInt) throws(SyscallError) -> UInt16 {
    UInt16(try checked("getsockname", "") { linux_socket_port(socket) })
  }

  /// The next connection, nil when there is none.
  static func accept(_ listener: CInt) throws(SyscallError) -> OwnedDescriptor? {
    let accepted = try checkedUnlessBusy("accept", "") { linux_accept_stream(listener) }
    return accepted.map { OwnedDescriptor(owning: $0) }
  }

  /// A socket for `connect`.
  static func make(
    _ transport: HostPort.Transport, _ family: Family
  ) throws(SyscallError) -> OwnedDescriptor {
    OwnedDescriptor(
      owning: try checked("socket", "") {
        linux_loopback_socket(family.rawValue, transport.type)
      })
  }

  /// Begins to connect to a loopback port; a stream is connected, or has its error, once it is
  /// writable.
  static func connect(
    _ socket: CInt, _ family: Family, port: UInt16
  ) throws(SyscallError) {
    try checked("connect", "\(port)") { linux_connect_loopback(socket, family.rawValue, port) }
  }

  /// The error that the kernel keeps for the socket, taken away; 0 when there is none.
  static func takeError(of socket: CInt) -> CInt {
    var error: CInt = 0
    return linux_socket_error(socket, &error) == 0 ? error : errno
  }

  /// The peer will see a reset, not an orderly end, when the socket is closed.
  static func resetOnClose(_ socket: CInt) {
    // It fails for a socket that is reset already.
    _ = linux_reset_on_close(socket)
  }
}

extension HostPort.Transport {
  fileprivate var type: CInt {
    switch self {
    case .tcp: CInt(SOCK_STREAM.rawValue)
    case .udp: CInt(SOCK_DGRAM.rawValue)
    }
  }
}
