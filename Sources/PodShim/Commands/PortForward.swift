import Glibc
import PodModel

/// `podshim port-forward`: ports of this host lead into a pod for as long as the command runs.
///
/// Takes the ports first, then enters the pod's network, where it connects to the loopback: a
/// server that listens on 127.0.0.1 alone is reached too, whatever network the pod has.
enum PortForwardCommand {
  static let addresses = Flag(
    "address", nil, .text("IP,…"),
    "Addresses of this host to listen on, or localhost (default: localhost)")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let stored = try PodStore(world).pod(PodNames.single(invocation), in: world.namespace)
    let pairs = try invocation.operands.dropFirst().map { try PortPair($0, of: stored.pod) }
    let pause = try pause(of: stored)
    let open = try listen(pairs, on: addresses(invocation))
    try Signals.block([SIGINT, SIGTERM, SIGHUP])
    try Signals.ignore(SIGPIPE)
    if stored.pod.spec.hostNetwork != true {
      try Namespace.enter(path: Namespace.path(pid: pause.pid, kind: .net))
    }
    for port in open {
      try Output.print("Forwarding from \(port.place) -> \(port.remote)")
    }
    return try serve(open, pause)
  }

  /// A port of this host that is taken, and the pod's that it leads to.
  private struct Open {
    var socket: OwnedDescriptor
    var address: String
    var local: UInt16
    var remote: UInt16

    /// `127.0.0.1:8888`, `[::1]:8888`
    var place: String { (address.contains(":") ? "[\(address)]" : address) + ":\(local)" }
  }

  /// The process whose network it is.
  private static func pause(of stored: StoredPod) throws -> PidDescriptor {
    let life = try stored.life().life
    guard life.phase == .running else {
      throw CommandError(
        "unable to forward port because pod is not running. Current status=\(life.phase.rawValue)")
    }
    let bundle = stored.paths.bundle(Supervisor.pauseName, run: life.sandbox.run)
    guard life.sandbox.isReady, let record = ProcessRecord(bundle: bundle),
      let pause = PidDescriptor(record.pid)
    else {
      throw CommandError("unable to forward port because the pod has no sandbox at this moment")
    }
    return pause
  }

  private static func addresses(_ invocation: Invocation) -> [String] {
    let words = (invocation.text(addresses) ?? "localhost").split(separator: ",").map(String.init)
    return words.flatMap { $0 == "localhost" ? ["127.0.0.1", "::1"] : [$0] }
  }

  /// One of the addresses is enough for a port: a host may lack IPv6.
  private static func listen(_ pairs: [PortPair], on addresses: [String]) throws -> [Open] {
    var open: [Open] = []
    for pair in pairs {
      var local = pair.local
      var problems: [SyscallError] = []
      for address in addresses {
        do throws(SyscallError) {
          let port = HostPort(
            hostIP: address, hostPort: local, containerPort: pair.remote, transport: .tcp)
          let socket = try InternetSocket.listen(port)
          // The second address gets the port that the kernel chose for the first.
          local = try InternetSocket.port(of: socket.raw)
          open.append(
            Open(socket: socket, address: address, local: local, remote: pair.remote))
        } catch {
          problems.append(error)
        }
      }
      guard problems.count < addresses.count else {
        let why = problems.map { "\($0)" }.joined(separator: "; ")
        throw CommandError("unable to listen on port \(pair.local): \(why)")
      }
    }
    return open
  }

  /// Until a signal, which is no failure, or the end of the pod.
  private static func serve(_ open: [Open], _ pause: PidDescriptor) throws -> CInt {
    let loop = try ForwardLoop()
    let signals = try Signals.descriptor(for: [SIGINT, SIGTERM, SIGHUP])
    var status: CInt?
    _ = try loop.watch(signals.raw, .readable) { _ in status = 0 }
    _ = try loop.watch(pause.pidfd.raw, .readable) { _ in
      Output.complain("error: lost connection to pod")
      status = 1
    }
    let listeners = try open.map { port throws(SyscallError) in
      let listener = try StreamListener(loop, port.socket, port: port.remote)
      listener.news = { news in
        switch news {
        case .accepted: try? Output.print("Handling connection for \(port.local)")
        case .refused(let error):
          Output.complain(
            "error: an error occurred forwarding \(port.local) -> \(port.remote): "
              + String(cString: strerror(error)))
        }
      }
      return listener
    }
    return try withExtendedLifetime(listeners) {
      while true {
        try loop.runOnce()
        if let status { return status }
      }
    }
  }
}
