import Glibc

@testable import PodShim

/// The network of one more host, and of the world around it: two namespaces with a cable between
/// them. What pods do to a host's network they do to this one.
///
/// The world knows nothing of networks behind the host: it answers the host alone.
final class TestNetwork {
  /// The namespace of the host, that of the world.
  let host: OwnedDescriptor
  let world: OwnedDescriptor

  static let hostAddresses = ["198.51.100.1", "2001:db8::1"]
  static let worldAddresses = ["198.51.100.2", "2001:db8::2"]

  init() throws {
    let (hostMaker, worldMaker) = (try Self.makeNamespace(), try Self.makeNamespace())
    host = OwnedDescriptor(try Namespace.open(pid: hostMaker.pid, kind: .net))
    world = OwnedDescriptor(try Namespace.open(pid: worldMaker.pid, kind: .net))
    try ip(
      """
      link set lo up
      link add uplink type veth peer name uplink netns \(worldMaker.pid)
      """, in: host)
    for (namespace, own) in [(host, Self.hostAddresses), (world, Self.worldAddresses)] {
      try ip(
        """
        link set lo up
        address add \(own[0])/24 dev uplink
        address add \(own[1])/64 dev uplink nodad
        link set uplink up
        """, in: namespace)
    }
    try ip(
      "route add default via \(Self.worldAddresses[0])\n"
        + "route add default via \(Self.worldAddresses[1])", in: host)
  }

  /// The descriptor keeps the namespace; the process that made it may go.
  private static func makeNamespace() throws -> Dialogue {
    guard let unshare = Program.find("unshare") else {
      throw TestHost.Unready("unshare is not installed")
    }
    let maker = try Dialogue(
      Program(unshare, ["unshare", "--net", "sh", "-c", "echo made; exec cat"]))
    try maker.expect("made")
    return maker
  }

  private func ip(_ batch: String, in namespace: OwnedDescriptor) throws {
    try Self.run(["ip", "-batch", "-"], input: batch + "\n", in: namespace)
  }

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// What a program prints that is run there; it has to succeed.
  @discardableResult
  static func run(
    _ arguments: [String], input: String = "", in namespace: OwnedDescriptor
  ) throws -> String {
    guard let path = Program.find(arguments[0]) else {
      throw TestHost.Unready("\(arguments[0]) is not installed")
    }
    var program = Program(path, arguments)
    program.namespaces = [namespace.raw]
    let result = try program.run(input: Array(input.utf8), timeout: .seconds(10))
    guard result.succeeded else {
      throw Failed(
        description: "`\(arguments.joined(separator: " "))`: \(result.status) \(result.errorText)")
    }
    return result.outputText
  }

  /// The interfaces of the host beside its own two.
  func interfaces() throws -> [String] {
    let lines = try Self.run(["ip", "-o", "link"], in: host).split(separator: "\n")
    let names = lines.compactMap { $0.split(separator: " ").dropFirst().first }
    return names.map { String($0.prefix { $0 != ":" && $0 != "@" }) }
      .filter { !["lo", "uplink"].contains($0) }
  }

  /// The packet rules of the host, as one text.
  func rules() throws -> String { try Self.run(["nft", "list", "ruleset"], in: host) }

  /// The page at `url` as it is seen there; nil when nobody answers.
  static func fetch(_ url: String, in namespace: OwnedDescriptor) throws -> String? {
    try? run(["curl", "-s", "-g", "-m", "3", url], in: namespace)
  }
}

/// A server in the world that answers with the address of who asks.
final class EchoServer {
  private let dialogue: Dialogue

  init(in namespace: OwnedDescriptor, port: Int) throws {
    let script = """
      import socket
      s = socket.create_server(("::", \(port)), family=socket.AF_INET6, dualstack_ipv6=True)
      print("listening", flush=True)
      while True:
        c, a = s.accept()
        c.recv(4096)
        c.sendall(b"HTTP/1.0 200 OK\\r\\n\\r\\n" + a[0].replace("::ffff:", "").encode() + b"\\n")
        c.close()
      """
    guard let python = Program.find("python3") else {
      throw TestHost.Unready("python3 is not installed")
    }
    var program = Program(python, ["python3", "-c", script])
    program.namespaces = [namespace.raw]
    dialogue = try Dialogue(program)
    try dialogue.expect("listening")
  }
}
