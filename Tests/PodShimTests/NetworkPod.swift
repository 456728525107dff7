import CLinux
import Glibc
import PodModel
import Testing

@testable import PodShim

/// The network of a pod without the pod: a process in a network namespace of its own, its loopback
/// up, and servers that a test puts into it. Needs root.
final class NetworkPod {
  let pause: Child
  var pid: pid_t { pause.pid }
  var path: String { Namespace.path(pid: pid, kind: .net) }
  private var servers: [(listener: OwnedDescriptor, thread: Background)] = []

  init(loopback: Bool = true) throws {
    let unshare = try #require(Program.find("unshare"))
    pause = try Program(unshare, ["unshare", "--net", "sleep", "600"]).spawn()
    let home = try Files.readLink("/proc/self/ns/net")
    try eventually("the namespace is there") { try Files.readLink(path) != home }
    if loopback { try Loopback.bringUp(in: path) }
  }

  /// Takes no more connections, and waits until those that were taken are served.
  func finish() {
    for server in servers { shutdown(server.listener.raw, CInt(SHUT_RDWR)) }
    for server in servers { server.thread.join() }
    servers = []
  }

  deinit {
    finish()
    try? pause.signal(SIGKILL)
    _ = try? pause.wait()
  }

  /// Sockets made in `body` belong to the pod's network, whoever uses them later.
  func inside<Result>(_ body: () throws -> Result) throws -> Result {
    let home = try FileDescriptor.open("/proc/thread-self/ns/net", O_RDONLY)
    try Namespace.enter(path: path)
    defer {
      do { try Namespace.enter(home.raw) } catch { fatalError("\(error)") }
    }
    return try body()
  }

  /// Listens inside the pod.
  func listen(
    on port: UInt16, _ transport: HostPort.Transport = .tcp, at ip: String = "127.0.0.1"
  ) throws -> OwnedDescriptor {
    try inside {
      try InternetSocket.listen(
        HostPort(hostIP: ip, hostPort: port, containerPort: port, transport: transport))
    }
  }

  /// Serves one connection after the other, or each on a thread of its own.
  func serve(
    on port: UInt16 = 8080, at ip: String = "127.0.0.1", parallel: Bool = false,
    _ answer: @escaping @Sendable (Wire) throws -> Void
  ) throws {
    let listener = try listen(on: port, at: ip)
    try listener.setNonblocking(false)
    let raw = listener.raw
    let thread = Background {
      var threads: [Background] = []
      // Ends when the listener is shut down.
      while case let accepted = linux_accept_stream(raw), accepted >= 0 {
        let wire = try Wire(owning: accepted)
        if parallel {
          threads.append(Background { try answer(wire) })
        } else {
          try answer(wire)
        }
      }
      for thread in threads { thread.join() }
    }
    servers.append((listener, thread))
  }

  /// Sends back what it gets, connection by connection.
  func serveEcho(on port: UInt16 = 8080, at ip: String = "127.0.0.1") throws {
    try serve(on: port, at: ip, parallel: true) { wire in
      while case let bytes = try wire.receive(), !bytes.isEmpty { try wire.send(bytes) }
    }
  }

  /// Sends every datagram back.
  func serveDatagramEcho(on port: UInt16 = 5353, at ip: String = "127.0.0.1") throws {
    let socket = try listen(on: port, .udp, at: ip)
    try socket.setNonblocking(false)
    let raw = socket.raw
    let thread = Background {
      var bytes = [UInt8](repeating: 0, count: 65536)
      while let (count, sender) = try InternetSocket.receive(raw, into: &bytes) {
        // A socket that is shut down receives nothing, from nobody.
        if count == 0, sender == DatagramSender() { return }
        try InternetSocket.answer(raw, bytes[..<count], to: sender)
      }
    }
    servers.append((socket, thread))
  }
}

/// A real forwarder into a pod: the built program, beside the tests.
final class ForwarderFixture {
  let forwarder: Companion
  let ports: [UInt16]
  let directory: String
  var port: UInt16 { ports[0] }
  var pid: pid_t { forwarder.pid }

  static var program: String {
    get throws { Files.split(try Files.readLink("/proc/self/exe")).directory + "/podshim" }
  }

  init(
    into pod: NetworkPod, _ targets: [ForwardProgram.Target], hostIP: String? = "127.0.0.1"
  ) throws {
    directory = "/tmp/podshim-network-\(UInt64.random(in: 0...(.max)))"
    try Files.makeDirectories(directory)
    let bound = try HostPorts.bind(
      targets.map {
        HostPort(hostIP: hostIP, hostPort: 0, containerPort: $0.port, transport: $0.transport)
      })
    ports = try bound.map { try localPort(of: $0.socket.raw) }
    forwarder = try Forwarder.start(
      bound, of: "default/pod", into: pod.pid, recordIn: directory, at: 42,
      program: try ForwarderFixture.program)
  }

  convenience init(into pod: NetworkPod, port: UInt16 = 8080) throws {
    try self.init(into: pod, [ForwardProgram.Target(transport: .tcp, port: port)])
  }

  deinit {
    try? forwarder.stop()
    try? Files.removeTree(directory)
  }

  func openDescriptors() throws -> Int { try Files.list("/proc/\(pid)/fd").count }

  /// What the forwarder has used of the processor.
  func processorTime() throws -> Duration {
    let stat = try Files.readText("/proc/\(pid)/stat")
    let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
    let ticks = (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0)
    return .milliseconds(ticks * 1000 / sysconf(CInt(_SC_CLK_TCK)))
  }

  /// Its private memory, in bytes.
  func memory() throws -> Int {
    let status = try Files.readText("/proc/\(pid)/status")
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") })
    return (Int(line.split(separator: " ").dropFirst().first ?? "") ?? 0) * 1024
  }
}

func localPort(of socket: CInt) throws -> UInt16 {
  var address = sockaddr_in6()
  var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
  try withUnsafeMutablePointer(to: &address) { pointer in
    try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
      _ = try checked("getsockname", "") { getsockname(socket, pointer, &size) }
    }
  }
  // The same place in both families.
  return UInt16(bigEndian: address.sin6_port)
}
