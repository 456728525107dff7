/// The `resolv.conf` of a pod, from its DNS policy, its `dnsConfig` and the node's own file.
///
/// There is no cluster DNS here, so that `ClusterFirst` behaves as `Default`, which is what the
/// kubelet does without one. Its limits hold too, and what they cut off is said in `warnings`.
struct ResolverConfig: Equatable {
  private(set) var nameservers: [String] = []
  private(set) var searches: [String] = []
  private(set) var options: [String] = []
  private(set) var warnings: [String] = []
  /// The node's file as it is, for a pod that adds nothing to an empty one.
  private var verbatim: String?

  init(of spec: PodSpec, node: String) {
    if spec.dnsPolicy != .configOnly { parse(node) }
    if let config = spec.dnsConfig { add(config) }
    if nameservers.isEmpty, searches.isEmpty, options.isEmpty, spec.dnsPolicy != .configOnly {
      verbatim = node
    }
    keepLimits()
  }

  var text: String {
    if let verbatim { return verbatim }
    var text = ""
    if !searches.isEmpty { text += "search \(searches.joined(separator: " "))\n" }
    for server in nameservers { text += "nameserver \(server)\n" }
    if !options.isEmpty { text += "options \(options.joined(separator: " "))\n" }
    return text
  }

  /// The node's file with `relay` in the place of those who answer on the node's loopback alone.
  static func relayed(_ text: String, by relay: String) -> String {
    var isNamed = false
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.compactMap { line -> String? in
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.first == "nameserver", words.count > 1,
        words[1].hasPrefix("127.") || words[1] == "::1"
      else { return String(line) }
      defer { isNamed = true }
      return isNamed ? nil : "nameserver \(relay)"
    }.joined(separator: "\n")
  }

  /// The node's file as the kubelet reads it: the last `search` wins, `domain` does not count.
  private mutating func parse(_ text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      switch words.first {
      case "nameserver": nameservers += words.dropFirst().prefix(1)
      case "search":
        searches = words.dropFirst().filter { $0 != "." }.map { name in
          name.hasSuffix(".") ? String(name.dropLast()) : name
        }
      case "options": for option in words.dropFirst() { set(option) }
      default: break
      }
    }
  }

  private mutating func add(_ config: PodDNSConfig) {
    nameservers = (nameservers + config.nameservers).withoutRepeats
    searches = (searches + config.searches).withoutRepeats
    for option in config.options {
      set(option.name + (option.value.map { ":\($0)" } ?? ""))
    }
  }

  /// Adds an option, or puts it in the place of the one of the same name.
  private mutating func set(_ option: String) {
    func name(_ option: String) -> Substring { option.prefix { $0 != ":" } }
    if let index = options.firstIndex(where: { name($0) == name(option) }) {
      options[index] = option
    } else {
      options.append(option)
    }
  }

  /// What resolvers stand: 3 servers, 32 domains, 253 characters each and 2048 together.
  private mutating func keepLimits() {
    if nameservers.count > 3 {
      nameservers = Array(nameservers.prefix(3))
      warnings.append(
        "Nameserver limits were exceeded, some nameservers have been omitted, the applied "
          + "nameserver line is: \(nameservers.joined(separator: " "))")
    }
    let wanted = searches
    searches = searches.prefix(32).filter { $0.utf8.count <= 253 }
    while searches.joined(separator: " ").utf8.count > 2048 { searches.removeLast() }
    if searches != wanted {
      warnings.append(
        "Search Line limits were exceeded, some search paths have been omitted, the applied "
          + "search line is: \(searches.joined(separator: " "))")
    }
  }
}
