import PodModel

/// What one pod has on our bridge: its number there and its ports on the host.
struct BridgePlace: Codable, Equatable {
  let network: BridgeNetwork
  let number: UInt32
  let ports: [HostPort]

  var rules: PacketRules { PacketRules(network) }
  var opening: PacketRules.Opening { PacketRules.Opening(ports, number: number) }

  /// The name of the host's end of a new pair of interfaces. Another one each time: the kernel
  /// takes a while to remove those of a network that is gone.
  static func peerName(uid: String) -> String {
    let digits = String(UInt16.random(in: 0...(.max)), radix: 16)
    return "ps\(uid.prefix(8))\(digits)"
  }
}
