import Testing

@testable import PodModel

@Suite("Rules of the host that keep pods from the world")
struct PacketFilterTests {
  /// As nft 1.0.6 shows `iptables -P FORWARD <policy>` and rules for one interface.
  private func filter(
    policy: String, interface: String, verdict: String = "accept", operator word: String = "==",
    ways: [String] = ["iifname", "oifname"]
  ) throws -> PacketFilter {
    let rules = ways.map { way in
      """
      {"rule": {"family": "ip", "table": "filter", "chain": "FORWARD", "handle": 2, "expr": [
        {"match": {"op": "\(word)", "left": {"meta": {"key": "\(way)"}}, "right": "\(interface)"}},
        {"counter": {"packets": 0, "bytes": 0}}, {"\(verdict)": null}]}}
      """
    }
    return try PacketFilter(
      Array(
        """
        {"nftables": [{"metainfo": {"version": "1.0.6"}},
          {"table": {"family": "ip", "name": "filter", "handle": 1}},
          {"chain": {"family": "ip", "table": "filter", "name": "FORWARD", "handle": 1,
            "type": "filter", "hook": "forward", "prio": 0, "policy": "\(policy)"}},
          \(rules.joined(separator: ","))]}
        """.utf8))
  }

  @Test func `a chain that drops is named, with the rules that help`() throws {
    let obstacle = try filter(policy: "drop", interface: "docker0").obstacle(to: "podshim0")
    #expect(
      obstacle == "the chain `ip filter FORWARD` of this host lets nothing pass between pods and "
        + "the world: `nft insert rule ip filter FORWARD iifname podshim0 accept`, then "
        + "`nft insert rule ip filter FORWARD oifname podshim0 accept`")
  }

  @Test func `nothing is in the way where all may pass, or the bridge may`() throws {
    #expect(try filter(policy: "accept", interface: "docker0").obstacle(to: "podshim0") == nil)
    #expect(try filter(policy: "drop", interface: "podshim0").obstacle(to: "podshim0") == nil)
    let refused = try filter(policy: "drop", interface: "podshim0", verdict: "drop")
    #expect(refused.obstacle(to: "podshim0") != nil)
    let others = try filter(policy: "drop", interface: "podshim0", operator: "!=")
    #expect(others.obstacle(to: "podshim0") != nil)
    let half = try filter(policy: "drop", interface: "podshim0", ways: ["iifname"])
    #expect(half.obstacle(to: "podshim0") != nil)
    #expect(try PacketFilter(Array(#"{"nftables": []}"#.utf8)).obstacle(to: "podshim0") == nil)
  }

  @Test func `what is no JSON is an error`() {
    #expect(throws: PodError.self) { try PacketFilter(Array("nft: not found".utf8)) }
  }
}
