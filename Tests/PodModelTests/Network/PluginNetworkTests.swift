import Testing

@testable import PodModel

/// What two plugins of a network are told is `fixtures/network/plugins.json`.
@Suite("Networks of plugins")
struct PluginNetworkTests {
  private static func network(_ text: String) throws(PodError) -> PluginNetwork {
    try PluginNetwork(Array(text.utf8), file: "net.conflist")
  }

  private static let list = """
    {"cniVersion": "1.0.0", "name": "pods", "plugins": [
      {"type": "bridge", "mtu": 1400, "ipam": {"type": "host-local"}},
      {"type": "portmap", "capabilities": {"portMappings": true, "aliases": false}, "snat": true}
    ]}
    """

  @Test func `a list is read, and so is a plugin that stands alone`() throws {
    let network = try Self.network(Self.list)
    #expect(network.name == "pods")
    #expect(network.plugins.map(\.type) == ["bridge", "portmap"])
    #expect(network.plugins[1].capabilities == ["portMappings"])
    #expect(network.can("portMappings") && !network.can("bandwidth"))
    #expect(network.keepsResult && !network.disablesCheck)
    let single = try Self.network(#"{"name": "old", "type": "ptp", "disableCheck": true}"#)
    #expect(single.plugins.map(\.type) == ["ptp"])
    #expect(single.version == "0.1.0" && !single.keepsResult && single.disablesCheck)
  }

  @Test(arguments: [
    ("", "net.conflist: empty: a network configuration is a JSON object"),
    ("{}", "net.conflist:1:1: a network needs a `name`"),
    (#"{"name": "x"}"#, "net.conflist:1:1: a network needs `plugins`, or a `type`"),
    (#"{"name": "x", "plugins": []}"#, "net.conflist:1:1: a network needs `plugins`, or a `type`"),
    (
      #"{"name": "x", "plugins": [{"type": "../sh"}]}"#,
      "net.conflist:1:27: a plugin needs a `type`: the name of its program, without a path"
    ),
  ])
  func `what is no network is refused with its place`(_ text: String, _ message: String) {
    do throws(PodError) {
      _ = try Self.network(text)
      Issue.record("`\(text)` was taken")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test func `a plugin is told what its author wrote, and what it can do for the pod`() throws {
    let network = try Self.network(Self.list)
    let pod = Pod().with {
      $0.metadata.name = "web"
      $0.metadata.uid = "u-1"
      $0.metadata.annotations = ["kubernetes.io/ingress-bandwidth": "10M"]
    }
    let port = HostPort(hostIP: "192.0.2.1", hostPort: 80, containerPort: 8080, transport: .tcp)
    let wishes = try PluginResult(Array(PluginWishes.text(of: pod, ports: [port]).utf8)).node
    let previous = try PluginResult(Array(#"{"ips": []}"#.utf8)).node
    let text = network.plugins.map { network.input(of: $0, wishes: wishes, previous: previous) }
    try Golden.compare(text.joined(), with: "\(Golden.folder)/network/plugins.json")
    #expect(
      PluginWishes.arguments(of: pod, sandbox: "box")
        == "IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME=web;"
        + "K8S_POD_INFRA_CONTAINER_ID=box;K8S_POD_UID=u-1")
  }

  @Test(arguments: ["1", "999", "2P", "much"])
  func `a bandwidth that is none is refused`(_ text: String) {
    let pod = Pod().with { $0.metadata.annotations = ["kubernetes.io/egress-bandwidth": text] }
    #expect(throws: PlanError.self) { try PluginWishes.text(of: pod, ports: []) }
  }

  private func result(_ text: String) throws -> PluginResult {
    try PluginResult(Array(text.utf8))
  }

  @Test func `addresses are those of the pod's own interface, IPv4 first`() throws {
    let new = try result(
      """
      {"interfaces": [{"name": "br0"}, {"name": "eth0", "sandbox": "/ns"}],
       "ips": [{"address": "fd00::5/64", "interface": 1}, {"address": "10.1.0.1/24", "interface": 0},
               {"address": "10.1.0.5/24", "gateway": "10.1.0.1", "interface": 1}]}
      """)
    #expect(new.addresses == ["10.1.0.5", "fd00::5"])
    #expect(new.resolver == nil)
    let old = try result(#"{"ip4": {"ip": "10.1.0.6/24"}, "ip6": {"ip": "fd00::6/64"}}"#)
    #expect(old.addresses == ["10.1.0.6", "fd00::6"])
    #expect(throws: PodError.self) { try result("[]") }
    #expect(throws: PodError.self) { try result("") }
  }

  @Test func `servers that resolve names are lines of a resolv.conf`() throws {
    let dns = """
      {"dns": {"nameservers": ["10.1.0.1"], "domain": "pods", "search": ["a", "b"],
               "options": ["ndots:2"]}}
      """
    #expect(
      try result(dns).resolver == "nameserver 10.1.0.1\nsearch a b pods\noptions ndots:2\n")
    #expect(try result(#"{"dns": {"domain": "pods"}}"#).resolver == nil)
  }

  @Test func `a failure is told in the plugin's own words`() {
    func text(_ output: String, _ errors: String = "") -> String {
      PluginFailure.text(
        of: "bridge", "add", output: Array(output.utf8), errors: Array(errors.utf8),
        status: "exited with 1")
    }
    let start = "plugin type=\"bridge\" failed (add): "
    #expect(
      text(#"{"code": 7, "msg": "no range", "details": "set one"}"#) == start + "no range; set one")
    #expect(text("oops", "one\nlast\n") == start + "last")
    #expect(text("") == start + "exited with 1")
  }
}
