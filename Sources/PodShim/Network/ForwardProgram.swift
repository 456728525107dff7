import Glibc
import PodModel

/// `podshim forward <pod> <pid> <transport>:<port> …`: the program as a forwarder, for a
/// supervisor.
///
/// Descriptors 3, 4, … are sockets that listen on the host, one for each target. It enters the
/// network of the process `pid` and joins what comes in there to the targets on the pod's loopback,
/// until SIGTERM, which it leaves to the kernel; nothing else ends it.
enum ForwardProgram {
  /// Where one socket leads: `tcp:8080`.
  struct Target: Equatable {
    var transport: HostPort.Transport
    var port: UInt16
  }

  /// The exit status.
  static func run(_ arguments: [String]) -> CInt {
    let targets = arguments.dropFirst(2).compactMap { Target($0) }
    guard let pid = arguments.dropFirst().first.flatMap({ pid_t($0) }), !targets.isEmpty,
      targets.count == arguments.count - 2
    else {
      complain("usage: podshim forward <pod> <pid> <tcp|udp>:<port> ...")
      return 2
    }
    do throws(SyscallError) {
      try prepare(pid)
      guard try Companion.isWanted() else { return 0 }
      try serve(targets)
      return 0
    } catch {
      complain("\(error)")
      return 1
    }
  }

  private static func complain(_ text: String) {
    let line = Array("podshim forward: \(text)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }

  private static func prepare(_ pid: pid_t) throws(SyscallError) {
    try Process.setName("podshim")
    for signal in [SIGHUP, SIGINT, SIGPIPE] { try Signals.ignore(signal) }
    // Every connection takes two.
    var limit = try Limit.get(.files)
    limit.soft = limit.hard
    try limit.set(.files)
    try Namespace.enter(path: Namespace.path(pid: pid, kind: .net))
  }

  private static func serve(_ targets: [Target]) throws(SyscallError) {
    let loop = try ForwardLoop()
    var streams: [StreamListener] = []
    var relays: [DatagramRelay] = []
    for (index, target) in targets.enumerated() {
      let socket = OwnedDescriptor(owning: CInt(index + 3))
      switch target.transport {
      case .tcp: streams.append(try StreamListener(loop, socket, port: target.port))
      case .udp: relays.append(try DatagramRelay(loop, socket, port: target.port))
      }
    }
    try withExtendedLifetime((streams, relays)) { () throws(SyscallError) in try loop.run() }
  }
}

extension ForwardProgram.Target {
  init(_ port: HostPort) {
    self.init(transport: port.transport, port: port.containerPort)
  }

  init?(_ text: String) {
    let words = text.split(separator: ":", omittingEmptySubsequences: false)
    guard words.count == 2, let transport = HostPort.Transport(rawValue: String(words[0])),
      let port = UInt16(words[1])
    else { return nil }
    self.init(transport: transport, port: port)
  }

  var text: String { "\(transport.rawValue):\(port)" }
}
