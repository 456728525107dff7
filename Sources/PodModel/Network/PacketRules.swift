/// What `nft -f -` is told so that the pods of our bridge reach the world and are reached by it.
///
/// One table of our own, and nothing outside of it. The text that makes the table can be said again
/// at any time: it is one transaction, after which the rules are these, whatever they were before.
/// Host ports are elements of maps, so that a pod that comes or goes touches nobody else's.
public struct PacketRules: Equatable, Sendable {
  public let network: BridgeNetwork

  public init(_ network: BridgeNetwork) { self.network = network }

  /// A pod's ports, with the number of its addresses.
  public struct Opening: Equatable, Sendable {
    public var ports: [HostPort]
    public var number: UInt32

    public init(_ ports: [HostPort], number: UInt32) {
      self.ports = ports
      self.number = number
    }
  }

  private static func table(_ bridge: String) -> String {
    "inet " + (bridge == "podshim0" ? "podshim" : bridge)
  }

  private var table: String { Self.table(network.bridge) }

  /// The table with its rules, and the ports of one pod in it.
  public func text(opening: Opening) -> String {
    (frame
      + elements(of: opening).map { "add element \(table) \($0.map) { \($0.key) : \($0.value) }" })
      .lines
  }

  /// The same from nothing, with the ports of all pods: when something is in the way of the other.
  public func text(renewedWith openings: [Opening]) -> String {
    let all = openings.flatMap(elements)
    return
      (["add table \(table)", "delete table \(table)"] + frame
      + all.map { "add element \(table) \($0.map) { \($0.key) : \($0.value) }" }).lines
  }

  /// Takes the ports of one pod away.
  public func text(closing: Opening) -> String {
    elements(of: closing).map { "delete element \(table) \($0.map) { \($0.key) }" }.lines
  }

  /// Takes everything away; it is no error when nothing is there.
  public static func removal(ofBridge bridge: String) -> String {
    ["add table \(table(bridge))", "delete table \(table(bridge))"].lines
  }

  private var frame: [String] {
    maps.map { "add map \(table) \($0.name) { type \($0.type) ; }" }.prefixed("add table \(table)")
      + [
        "add chain \(table) prerouting { type nat hook prerouting priority dstnat ; }",
        "add chain \(table) postrouting { type nat hook postrouting priority srcnat ; }",
        "flush chain \(table) prerouting", "flush chain \(table) postrouting",
      ]
      + (translations + masquerades).map { "add rule \(table) \($0)" }
  }

  private var maps: [(name: String, type: String)] {
    families.flatMap { family, _ in
      [
        ("any\(family)", "inet_proto . inet_service : ipv\(family)_addr . inet_service"),
        (
          "at\(family)",
          "ipv\(family)_addr . inet_proto . inet_service : ipv\(family)_addr . inet_service"
        ),
      ]
    }
  }

  /// With the word by which rules call packets of that family.
  private var families: [(number: Int, word: String)] {
    [(4, "ip")] + (network.six == nil ? [] : [(6, "ip6")])
  }

  /// What comes to an address of the host, first to one of them, then to any. What the host sends
  /// to itself goes past these, to the forwarder.
  private var translations: [String] {
    families.flatMap { number, word in
      [
        "prerouting fib daddr type local dnat \(word) to "
          + "\(word) daddr . meta l4proto . th dport map @at\(number)",
        "prerouting fib daddr type local dnat \(word) to "
          + "meta l4proto . th dport map @any\(number)",
      ]
    }
  }

  /// What leaves the bridge does so in the host's name; so does what comes from a pod and was led
  /// back to one, or the answer would go past the host, which alone can undo that.
  private var masquerades: [String] {
    let blocks = [("ip", "\(network.four)")] + (network.six.map { [("ip6", "\($0)::/64")] } ?? [])
    return blocks.flatMap { word, block in
      [
        "postrouting \(word) saddr \(block) oifname != \"\(network.bridge)\" masquerade",
        "postrouting \(word) saddr \(block) oifname \"\(network.bridge)\" "
          + "ct status dnat masquerade",
      ]
    }
  }

  private struct Element {
    var map: String
    var key: String
    var value: String
  }

  private func elements(of opening: Opening) -> [Element] {
    opening.ports.flatMap { port in
      families.compactMap { family, _ in element(port, number: opening.number, family: family) }
    }
  }

  /// nil where the port is not for that family, or for the host itself alone.
  private func element(_ port: HostPort, number: UInt32, family: Int) -> Element? {
    let ip = port.hostIP ?? ""
    guard ip.isEmpty || ip.contains(":") == (family == 6), !ip.hasPrefix("127."), ip != "::1"
    else { return nil }
    let target = family == 4 ? network.four.address(number) : network.sixAddress(number) ?? ""
    let isAny = ["", "0.0.0.0", "::"].contains(ip)
    return Element(
      map: "\(isAny ? "any" : "at")\(family)",
      key: (isAny ? "" : "\(ip) . ") + "\(port.transport.rawValue) . \(port.hostPort)",
      value: "\(target) . \(port.containerPort)")
  }
}

extension [String] {
  fileprivate var lines: String { map { $0 + "\n" }.joined() }
  fileprivate func prefixed(_ first: String) -> [String] { [first] + self }
}
