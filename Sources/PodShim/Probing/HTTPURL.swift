/// The address of an HTTP request, with as much of RFC 3986 as probes and their redirects need.
///
/// The port stays nil where none was written, so that the text is the one that was meant.
struct HTTPURL: Equatable {
  /// In lower case; not always one that we speak.
  var scheme: String
  /// Without the brackets of an IPv6 address.
  var host: String
  var port: Int?
  /// Path and query, escaped; empty, or begins with `/` or `?`.
  var path: String

  /// - Parameter path: of the manifest, with its query. What may not stand in a URL is escaped; one
  ///   that is no URL at all is a path as a whole, question mark and all, as with the kubelet.
  init(scheme: String, host: String, port: Int?, path: String) {
    self.scheme = scheme
    self.host = host
    self.port = port
    let bare = path.prefix { $0 != "#" }
    let escaped =
      URLText.isSound(path) ? URLText.escapedReference(bare) : URLText.escaped(path, keeping: "/")
    let begins = escaped.isEmpty || escaped.hasPrefix("/") || escaped.hasPrefix("?")
    self.path = begins ? escaped : "/" + escaped
  }

  /// An absolute URL; nil for anything else.
  init?(_ text: String) {
    guard let (scheme, rest) = URLText.splitScheme(text), rest.hasPrefix("//") else { return nil }
    self.init(scheme: scheme, authorityAndPath: rest.dropFirst(2))
  }

  private init?(scheme: String, authorityAndPath text: Substring) {
    let authority = text.prefix { !"/?#".contains($0) }
    let place = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] }
    guard let (host, port) = URLText.splitPort(place ?? authority) else { return nil }
    self.init(
      scheme: scheme, host: host, port: port, path: String(text[authority.endIndex...]))
  }

  /// Where `Location: reference` leads from here; nil when it is no URL.
  func resolving(_ reference: String) -> HTTPURL? {
    guard URLText.isSound(reference) else { return nil }
    if let (scheme, rest) = URLText.splitScheme(reference) {
      guard rest.hasPrefix("//") else { return nil }
      return HTTPURL(scheme: scheme, authorityAndPath: rest.dropFirst(2))
    }
    if reference.hasPrefix("//") {
      return HTTPURL(scheme: scheme, authorityAndPath: reference.dropFirst(2))
    }
    let bare = reference.prefix { $0 != "#" }
    let pathOnly = path.prefix { $0 != "?" }
    let merged: String
    switch bare.first {
    case nil: merged = path
    case "?": merged = pathOnly + String(bare)
    case "/": merged = URLText.withoutDots(String(bare))
    default:
      let parent = pathOnly[..<(pathOnly.lastIndex(of: "/") ?? pathOnly.startIndex)]
      merged = URLText.withoutDots("\(parent)/\(bare)")
    }
    return HTTPURL(scheme: scheme, host: host, port: port, path: merged)
  }

  /// What the request line asks for.
  var target: String { path.hasPrefix("/") ? path : "/" + path }

  /// What the Host header says: the port only where one is written.
  var authority: String {
    if let port { return GoText.address(host, port) }
    return host.contains(":") ? "[\(host)]" : host
  }

  var effectivePort: Int { port ?? (scheme == "https" ? 443 : 80) }
}

extension HTTPURL: CustomStringConvertible {
  var description: String { "\(scheme)://\(authority)\(path)" }
}
