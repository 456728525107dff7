/// The host's own rules for packets, as `nft -j list ruleset` shows them.
///
/// They are nobody's but the host's: they are read to say what keeps pods from the world, and never
/// changed.
public struct PacketFilter: Sendable {
  private struct Place: Equatable {
    var family: String
    var table: String
    var chain: String

    init?(_ node: Node, chain: String) {
      guard let family = node["family"]?.string, let table = node["table"]?.string,
        let chain = node[chain]?.string
      else { return nil }
      (self.family, self.table, self.chain) = (family, table, chain)
    }
  }

  /// The chains that let no packet pass on which they were not told of.
  private var closed: [Place] = []
  /// Rules by which packets of an interface pass, one way.
  private var accepted: [(place: Place, way: Way)] = []

  /// `iifname` or `oifname`, and the interface.
  private struct Way: Equatable {
    var key: String
    var interface: String
  }

  /// - Throws: `PodError` when the text is no JSON object.
  public init(_ text: [UInt8]) throws(PodError) {
    var reader = JSONReader(text, file: nil)
    for entry in try reader.document()?["nftables"]?.items ?? [] {
      if let chain = entry["chain"], chain["hook"]?.string == "forward",
        chain["policy"]?.string == "drop", let place = Place(chain, chain: "name")
      {
        closed.append(place)
      }
      if let rule = entry["rule"], let place = Place(rule, chain: "chain") {
        accepted += Self.accepted(rule).map { (place, $0) }
      }
    }
  }

  private static func accepted(_ rule: Node) -> [Way] {
    let expressions = rule["expr"]?.items ?? []
    guard expressions.contains(where: { $0["accept"] != nil }) else { return [] }
    return expressions.compactMap { expression in
      guard let match = expression["match"], match["op"]?.string == "==",
        let key = match["left"]?["meta"]?["key"]?.string, let name = match["right"]?.string
      else { return nil }
      return Way(key: key, interface: name)
    }
  }

  /// What keeps packets from passing between `interface` and others, with the remedy; nil when
  /// nothing does that can be seen from the policies.
  public func obstacle(to interface: String) -> String? {
    let ways = ["iifname", "oifname"].map { Way(key: $0, interface: interface) }
    let chain = closed.first { place in
      !ways.allSatisfy { way in accepted.contains { $0.place == place && $0.way == way } }
    }
    guard let chain else { return nil }
    let place = "\(chain.family) \(chain.table) \(chain.chain)"
    let rules = ways.map { "`nft insert rule \(place) \($0.key) \(interface) accept`" }
    return "the chain `\(place)` of this host lets nothing pass between pods and the world: "
      + rules.joined(separator: ", then ")
  }
}
