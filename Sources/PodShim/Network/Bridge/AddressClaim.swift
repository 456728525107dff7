import Glibc
import OCISpec
import PodModel

/// The right of a pod to addresses on our bridge: a link from the IPv4 address to the pod's uid,
/// which only one can have. The bridge is there for as long as somebody has an address.
///
/// A link whose pod is gone claims nothing, so a crash between two steps leaves nothing to repair.
enum AddressClaim {
  /// Held while nobody else may claim or give back: until the bridge is made, or gone.
  final class Lock {
    private var lock: FileLock?

    fileprivate init(_ folder: String) throws(SyscallError) {
      lock = try FileLock.acquire(folder + "/.lock")
    }

    /// Whoever else has a reference may have it for a while.
    func release() { lock = nil }
  }

  struct NoneLeft: Error, CustomStringConvertible {
    let description: String
  }

  struct Claimed {
    let network: BridgeNetwork
    let number: UInt32
    /// Set when there is no bridge yet: the one who makes it keeps the others out meanwhile.
    let lock: Lock?
  }

  /// The addresses of this pod, now or from before.
  static func make(_ paths: PodPaths) throws -> Claimed {
    let folder = paths.host.bridge
    try Files.makeDirectories(addresses(folder))
    let lock = try Lock(folder)
    let holders = try holders(paths.host)
    let network = try network(paths.host, isUsed: !holders.isEmpty)
    let bridgeLock = HostNetwork.has(network.bridge) ? nil : lock
    let taken = Dictionary(
      holders.compactMap { holder in
        network.four.number(of: holder.address).map { ($0, holder.uid) }
      },
      uniquingKeysWith: { first, _ in first })
    if let mine = taken.first(where: { $0.value == paths.uid }) {
      return Claimed(network: network, number: mine.key, lock: bridgeLock)
    }
    let last = Files.readNumber(folder + "/last").flatMap { UInt32(exactly: $0) } ?? 0
    guard let number = network.next(after: last, taken: Set(taken.keys)) else {
      throw NoneLeft(description: "all addresses of \(network.four) are taken: delete some pods")
    }
    try Files.symlink(paths.uid, at: "\(addresses(folder))/\(network.four.address(number))")
    try Files.replace(folder + "/last", with: Array("\(number)".utf8))
    return Claimed(network: network, number: number, lock: bridgeLock)
  }

  /// Gives the addresses of this pod back, if it has any. What is answered when nobody has one any
  /// more is the bridge that is to be taken away before the lock is let go.
  static func release(_ paths: PodPaths) throws -> (bridge: String, lock: Lock)? {
    let folder = paths.host.bridge
    guard Files.exists(folder) else { return nil }
    let lock = try Lock(folder)
    let holders = try holders(paths.host)
    for holder in holders where holder.uid == paths.uid {
      try Files.remove("\(addresses(folder))/\(holder.address)")
    }
    guard holders.allSatisfy({ $0.uid == paths.uid }), let network = read(paths.host) else {
      return nil
    }
    return (network.bridge, lock)
  }

  /// After the bridge is gone. The lock's own file stays: others may be waiting for it.
  static func forgetNetwork(_ host: HostPaths) throws(SyscallError) {
    for name in ["network.json", "last", "addresses"] {
      try Files.remove("\(host.bridge)/\(name)")
    }
  }

  /// What all pods have there.
  static func places(_ host: HostPaths) throws -> [BridgePlace] {
    try holders(host).compactMap { NetworkRecord.read(host.pod(uid: $0.uid))?.bridge }
  }

  private static func addresses(_ folder: String) -> String { folder + "/addresses" }

  /// Who has which address; links of pods that are gone are removed.
  private static func holders(_ host: HostPaths) throws -> [(address: String, uid: String)] {
    let folder = addresses(host.bridge)
    return try Files.listIfThere(folder).compactMap { address in
      let link = "\(folder)/\(address)"
      guard let uid = try? Files.readLink(link) else { return nil }
      if Files.exists(host.pod(uid: uid).data) { return (address, uid) }
      try Files.remove(link)
      return nil
    }
  }

  private static func read(_ host: HostPaths) -> BridgeNetwork? {
    guard let bytes = try? Files.read(host.bridge + "/network.json") else { return nil }
    return try? JSON.decode(BridgeNetwork.self, from: bytes)
  }

  /// The one that is there; one that nobody uses is chosen anew, the host's routes may be others.
  private static func network(_ host: HostPaths, isUsed: Bool) throws -> BridgeNetwork {
    let bridge = BridgeNetwork.bridgeName(state: host.state)
    if let network = read(host), isUsed || HostNetwork.has(bridge) { return network }
    let network = BridgeNetwork.choose(
      bridge: bridge, routes: try HostNetwork.routes(), id: UInt64.random(in: 0..<1 << 40),
      hasSix: HostNetwork.hasSix)
    guard let network else {
      throw NoneLeft(
        description: "the host has routes to every private network that the bridge could have: "
          + "use --network cni or none")
    }
    try Files.replace(host.bridge + "/network.json", with: JSON.compact(network))
    return network
  }
}
