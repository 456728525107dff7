extension PodSpec {
  /// What the API server says about `dnsPolicy` and `dnsConfig` together.
  static func checkDNS(_ spec: PodSpec, _ path: FieldPath, _ review: inout Review) {
    let place = path.field("dnsConfig")
    guard let config = spec.dnsConfig else {
      if spec.dnsPolicy == .configOnly {
        review.require(place, "must provide `dnsConfig` when `dnsPolicy` is None")
      }
      return
    }
    config.checkServers(isAlone: spec.dnsPolicy == .configOnly, place, &review)
    config.checkSearches(place.field("searches"), &review)
    for (index, option) in config.options.enumerated() where option.name.isEmpty {
      review.require(place.field("options").index(index), "must not be empty")
    }
  }
}

extension PodDNSConfig {
  fileprivate func checkServers(isAlone: Bool, _ path: FieldPath, _ review: inout Review) {
    let place = path.field("nameservers")
    if nameservers.isEmpty, isAlone {
      review.require(
        place, "must provide at least one DNS nameserver when `dnsPolicy` is None")
    }
    if nameservers.count > 3 {
      review.refuse(
        place, "Invalid value: \(nameservers.jsonText): must not have more than 3 nameservers")
    }
    for (index, server) in nameservers.enumerated() {
      review.checkText(server, place.index(index), Names.address)
    }
  }

  fileprivate func checkSearches(_ path: FieldPath, _ review: inout Review) {
    let value = "Invalid value: \(searches.jsonText): "
    if searches.count > 32 {
      review.refuse(path, value + "must not have more than 32 search paths")
    }
    if searches.joined(separator: " ").utf8.count > 2048 {
      review.refuse(
        path,
        value + "must not have more than 2048 characters (including spaces) in the search list")
    }
    for (index, search) in searches.enumerated() where search != "." {
      // A trailing dot and underscores are allowed here, unlike in any other domain name.
      let name = search.hasSuffix(".") ? String(search.dropLast()) : search
      let plain = String(name.map { $0 == "_" ? "a" : $0 })
      if let reason = Names.subdomain(plain) { review.invalid(path.index(index), search, reason) }
    }
  }
}

extension [String] {
  fileprivate var jsonText: String {
    "[" + map(\.quoted).joined(separator: ",") + "]"
  }
}
