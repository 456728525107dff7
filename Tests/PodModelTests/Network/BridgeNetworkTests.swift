import Testing

@testable import PodModel

/// The texts that `ip` and `nft` are given lie in `fixtures/network/`.
@Suite("Our own bridge")
struct BridgeNetworkTests {
  private static let network = BridgeNetwork(
    bridge: "podshim0", four: IPv4Block(around: 0x0a53_0000, length: 16), six: "fd12:3456:789a:1")
  private static let fourAlone = BridgeNetwork(
    bridge: "podshim1f", four: IPv4Block(around: 0xc0a8_6400, length: 24), six: nil)

  @Test func `a block is read and written, and nothing that is none`() {
    #expect(IPv4Block("10.83.4.5/16")?.description == "10.83.0.0/16")
    #expect(IPv4Block("0.0.0.0/0")?.count == 1 << 32)
    for text in ["", "10.83.0.0", "10.83.0/16", "10.83.0.256/16", "10.83.0.0/33", "fd00::/64"] {
      #expect(IPv4Block(text) == nil, "\(text)")
    }
  }

  @Test(arguments: [
    ("10.83.0.0/16", "10.83.7.0/24", true), ("10.83.7.0/24", "10.83.0.0/16", true),
    ("10.83.0.0/16", "10.84.0.0/16", false), ("0.0.0.0/0", "10.84.0.0/16", true),
  ])
  func `blocks overlap or do not`(_ a: String, _ b: String, _ overlap: Bool) throws {
    #expect(try #require(IPv4Block(a)).overlaps(#require(IPv4Block(b))) == overlap)
  }

  /// As the kernel prints it on a host with 192.0.2.0/24 and a VPN that has 10.80.0.0/13.
  private static let routes = """
    Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
    eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
    eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
    tun0\t0000500A\t00000000\t0001\t0\t0\t0\t0000F8FF\t0\t0\t0
    """

  @Test func `the network stays clear of the host's routes`() {
    let routes = HostRoutes.blocks(Self.routes)
    #expect(routes.map(\.description) == ["192.0.2.0/24", "10.80.0.0/13"])
    func chosen(_ routes: [IPv4Block]) -> BridgeNetwork? {
      BridgeNetwork.choose(bridge: "podshim0", routes: routes, id: 0x12_3456_789a, hasSix: true)
    }
    #expect(chosen([])?.four.description == "10.83.0.0/16")
    #expect(chosen([])?.six == "fd12:3456:789a:1")
    #expect(chosen(routes)?.four.description == "10.88.0.0/16")
    let private10 = IPv4Block(around: 10 << 24, length: 8)
    #expect(chosen([private10])?.four.description == "172.24.0.0/16")
    #expect(chosen([IPv4Block(around: 0, length: 0)]) == nil)
  }

  @Test func `a default route that a router announced is seen`() {
    let zero = String(repeating: "0", count: 32)
    func line(_ flags: String) -> String {
      "\(zero) 00 \(zero) 00 fe80\(zero.dropFirst(4)) 00000400 00000001 00000000 \(flags) eth0"
    }
    #expect(HostRoutes.hasAnnouncedDefault(line("00450003")))
    #expect(!HostRoutes.hasAnnouncedDefault(line("00000003")))
    #expect(!HostRoutes.hasAnnouncedDefault(""))
  }

  @Test func `an address that was given back is the last to be given again`() {
    let network = Self.fourAlone
    #expect(network.next(after: 0, taken: []) == 2)
    #expect(network.next(after: 2, taken: []) == 3)
    #expect(network.next(after: 2, taken: [3, 4]) == 5)
    #expect(network.next(after: 254, taken: [2]) == 3)
    #expect(network.next(after: 7, taken: Set(2..<255)) == nil)
    #expect(network.addresses(7) == ["192.168.100.7"])
    #expect(Self.network.addresses(258) == ["10.83.1.2", "fd12:3456:789a:1::102"])
  }

  @Test func `each world has a bridge of its own, with a name that the kernel takes`() {
    #expect(BridgeNetwork.bridgeName(state: "/run/podshim") == "podshim0")
    let names = ["/tmp/a", "/tmp/b"].map { BridgeNetwork.bridgeName(state: $0) }
    #expect(Set(names).count == 2)
    for name in names { #expect(name.utf8.count == 15) }
  }

  @Test(arguments: [
    ("bridge", LinkScript.bridge(network, isThere: false)),
    ("bridge-there", .bridge(network, isThere: true)),
    ("pod", .pod(network, number: 258, peer: "ps01234567abcd", host: 4711)),
    ("pod-four", .pod(fourAlone, number: 7, peer: "ps01234567abcd", host: 4711)),
    ("turning-back", .turningBack(at: "ps01234567abcd")),
    ("removal", .removal(ofBridge: "podshim0")),
  ])
  func `what ip is told`(_ name: String, _ script: LinkScript) throws {
    try Golden.compare(script.text, with: "\(Golden.folder)/network/\(name).ip")
  }

  private static let ports = [
    HostPort(hostPort: 8080, containerPort: 80, transport: .tcp),
    HostPort(hostIP: "198.51.100.1", hostPort: 53, containerPort: 5353, transport: .udp),
    HostPort(hostIP: "2001:db8::1", hostPort: 53, containerPort: 5353, transport: .udp),
    HostPort(hostIP: "0.0.0.0", hostPort: 81, containerPort: 81, transport: .tcp),
    HostPort(hostIP: "::", hostPort: 82, containerPort: 82, transport: .tcp),
    // For the host itself: the forwarder's.
    HostPort(hostIP: "127.0.0.1", hostPort: 83, containerPort: 83, transport: .tcp),
    HostPort(hostIP: "::1", hostPort: 84, containerPort: 84, transport: .tcp),
  ]

  @Test(arguments: [
    ("open", PacketRules(network).text(opening: .init(ports, number: 258))),
    ("open-none", PacketRules(network).text(opening: .init([], number: 2))),
    ("open-four", PacketRules(fourAlone).text(opening: .init(ports, number: 7))),
    (
      "renew",
      PacketRules(network).text(renewedWith: [
        .init([ports[0]], number: 2), .init([], number: 3), .init([ports[3]], number: 4),
      ])
    ),
    ("close", PacketRules(network).text(closing: .init(ports, number: 258))),
    ("remove", PacketRules.removal(ofBridge: "podshim0")),
  ])
  func `what nft is told`(_ name: String, _ text: String) throws {
    try Golden.compare(text, with: "\(Golden.folder)/network/\(name).nft")
  }
}
