/// What `ip -batch -` is told to make our bridge, and to give a pod its end of it.
///
/// Lines in the order in which they are done; the first that fails ends the rest.
public struct LinkScript: Equatable, Sendable {
  public let text: String

  /// In the host's network. All but the first line do no harm to a bridge that is there.
  public static func bridge(_ network: BridgeNetwork, isThere: Bool) -> LinkScript {
    let name = network.bridge
    let gateway = BridgeNetwork.gateway
    var lines = isThere ? [] : ["link add \(name) type bridge"]
    lines.append(
      "address replace \(network.four.address(gateway))/\(network.four.length) dev \(name)")
    if let six = network.sixAddress(gateway) {
      lines.append("address replace \(six)/64 dev \(name) nodad")
    }
    lines.append("link set \(name) up")
    return LinkScript(lines)
  }

  /// In the pod's network: a pair of interfaces, of which one stays and the other goes to the
  /// network of the process `host`, under the name `peer`.
  public static func pod(
    _ network: BridgeNetwork, number: UInt32, peer: String, host: Int32
  ) -> LinkScript {
    let (four, name) = (network.four, interface)
    var lines = [
      "link add \(name) type veth peer name \(peer) netns \(host)",
      "address add \(four.address(number))/\(four.length) dev \(name)",
    ]
    if let six = network.sixAddress(number) {
      lines.append("address add \(six)/64 dev \(name) nodad")
    }
    lines += [
      "link set \(name) up", "route add default via \(four.address(BridgeNetwork.gateway))",
    ]
    if let gateway = network.sixAddress(BridgeNetwork.gateway) {
      lines.append("route add default via \(gateway) dev \(name)")
    }
    return LinkScript(lines)
  }

  /// In the host's network: what a pod sends to a port of the host may be led back to itself. Where
  /// the kernel filters what crosses bridges, too, that never leaves the bridge.
  public static func turningBack(at peer: String) -> LinkScript {
    LinkScript(["link set \(peer) type bridge_slave hairpin on"])
  }

  public static func removal(ofBridge bridge: String) -> LinkScript {
    LinkScript(["link delete \(bridge)"])
  }

  /// What every network calls a pod's interface.
  public static let interface = "eth0"

  private init(_ lines: [String]) { text = lines.map { $0 + "\n" }.joined() }
}
