import Glibc
import PodModel

/// The network that a program of the host gives to a pod of a user who is not root: a tap device in
/// the pod's network, whose packets `pasta` or `slirp4netns` carries on through sockets of the
/// host.
///
/// Every pod sees the same small network, in which it is alone. Nothing of the host's own loopback
/// is reached from there but its resolver.
enum UserNetwork {
  static let address = "10.0.2.100"
  /// Asks the host's resolver, also where that is on loopback.
  static let resolver = "10.0.2.3"
  private static let gateway = "10.0.2.2"

  /// How long until the pod has its network.
  static let patience = Duration.seconds(5)

  static let verb = "carry"

  /// The pod's network is opened by ourselves: these programs give up rights first without which
  /// they could not.
  private static let place = "/proc/self/fd/0"

  /// What to start; it writes to `ready` when all is made.
  static func program(
    _ mode: NetworkMode, for pause: pid_t, ready: CInt
  ) throws(HostTool.Failed) -> Program {
    guard let path = Program.find(mode.rawValue) else {
      throw HostTool.Failed(description: "`\(mode.rawValue)` is not installed")
    }
    let words = mode == .pasta ? pasta : slirp4netns
    var program = Program(
      "/proc/self/exe", ["podshim", verb, "\(pause)", path, mode.rawValue] + words)
    program.descriptors = mode == .pasta ? [-1, ready, 2] : [-1, -1, 2, ready]
    program.newSession = true
    return program
  }

  /// It tells that it is ready by writing down its pid, and closes all descriptors from 3 on.
  private static let pasta = [
    "--foreground", "--quiet", "--pid", "/proc/self/fd/1", "--config-net",
    "--ns-ifname", LinkScript.interface, "--address", address, "--netmask", "24",
    "--gateway", gateway, "--dns-forward", resolver, "--no-map-gw",
    "--tcp-ports", "none", "--udp-ports", "none", "--tcp-ns", "none", "--udp-ns", "none",
    "--netns-only", "--netns", place,
  ]

  private static let slirp4netns = [
    "--configure", "--mtu=65520", "--disable-host-loopback", "--enable-sandbox",
    "--enable-seccomp", "--ready-fd=3", "--netns-type=path", place, LinkScript.interface,
  ]

  /// The verb, `podshim carry <pid of pause> <path> <words>`: waits until it is written down, and
  /// becomes the program. Answers only by failing.
  static func run(_ arguments: [String]) throws -> CInt {
    guard arguments.count > 2, let pause = pid_t(arguments[0]) else { return 2 }
    guard try Companion.isWanted() else { return 0 }
    let network = try Namespace.open(pid: pause, kind: .net)
    try checked("dup2", "0") { dup2(network.raw, 0) }
    try checked("fcntl", "0") { fcntl(0, F_SETFD, 0) }
    // An older pasta takes it for a failure that somebody ignores this already.
    _ = signal(SIGPIPE, SIG_DFL)
    var words: [UnsafeMutablePointer<CChar>?] = arguments.dropFirst(2).map { strdup($0) } + [nil]
    execv(arguments[1], &words)
    throw SyscallError("execve", arguments[1], errno: errno)
  }
}
