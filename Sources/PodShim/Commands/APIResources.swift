import PodModel

/// `podshim api-resources`: the types that commands can be about.
enum APIResourcesCommand {
  static let output = Flag("output", "o", .choice(["wide", "name"]), "How to show them")
  static let namespaced = Flag(
    "namespaced", nil, "Only those that are in a namespace, or with =false the others")
  static let flags = [output, namespaced, GetCommand.noHeaders]

  static func run(_ invocation: Invocation) throws -> CInt {
    let wanted = invocation.isGiven(namespaced) ? invocation.isOn(namespaced) : nil
    // As a server has them: its own kinds first, then those of other groups.
    let kinds = ResourceKind.allCases.filter { wanted == nil || $0.isNamespaced == wanted }
      .sorted { ($0.apiVersion, $0.plural) < ($1.apiVersion, $1.plural) }
      .sorted { !$0.apiVersion.contains("/") && $1.apiVersion.contains("/") }
    if invocation.text(output) == "name" {
      try Output.show(kinds.map { $0.resource + "\n" }.joined())
      return 0
    }
    let isWide = invocation.text(output) == "wide"
    let header = ["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND"]
    let rows = kinds.map { kind in
      [kind.plural, kind.short, kind.apiVersion, "\(kind.isNamespaced)", kind.kind]
        + (isWide ? [kind.verbs.joined(separator: ",")] : [])
    }
    let top = invocation.isOn(GetCommand.noHeaders) ? [] : [header + (isWide ? ["VERBS"] : [])]
    try Output.show(GrowingTable().text(top + rows))
    return 0
  }
}

extension ResourceKind {
  /// `Pod`
  fileprivate var kind: String {
    switch self {
    case .event: "Event"
    case .node: "Node"
    default: Kind(self)?.rawValue ?? "Pod"
    }
  }

  fileprivate var apiVersion: String { Kind(self)?.apiVersion ?? "v1" }
  fileprivate var isNamespaced: Bool { self != .node }
  /// `po`
  fileprivate var short: String { words.first { $0.count == 2 } ?? "" }

  /// What commands can do with it, in the words of the API.
  fileprivate var verbs: [String] {
    switch self {
    case .event: ["get", "list", "watch"]
    case .node: ["get", "list", "patch", "watch"]
    default: ["create", "delete", "get", "list", "patch", "update", "watch"]
    }
  }
}
