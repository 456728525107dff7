/// What a plugin answers: the addresses of a pod, and servers that resolve names for it.
public struct PluginResult: Equatable, Sendable {
  /// Without lengths, those of IPv4 first, as containerd has them.
  public let addresses: [String]
  /// As lines of a `resolv.conf`; nil when it names no server.
  public let resolver: String?
  /// The whole answer, which the next plugin is told.
  public let node: Node

  /// - Throws: `PodError` when the text is no JSON object.
  public init(_ text: [UInt8]) throws(PodError) {
    var reader = JSONReader(text, file: nil)
    guard let node = try reader.document(), case .mapping = node.content else {
      throw PodError(message: "no JSON object")
    }
    self.node = node
    let addresses = Self.addresses(node)
    self.addresses = addresses.filter { !$0.contains(":") } + addresses.filter { $0.contains(":") }
    resolver = node["dns"].flatMap(Self.resolver)
  }

  /// Versions before 0.3.0 had one of each family, by name.
  private static func addresses(_ node: Node) -> [String] {
    let old = [node["ip4"]?["ip"], node["ip6"]?["ip"]].compactMap { $0?.string }
    let inside = (node["interfaces"]?.items ?? []).map { !($0["sandbox"]?.string ?? "").isEmpty }
    let new = (node["ips"]?.items ?? []).filter { entry in
      // One that is an interface's of the host is not the pod's.
      guard case .scalar(let scalar)? = entry["interface"]?.content,
        case .integer(let index) = scalar.kind, inside.indices.contains(Int(index))
      else { return true }
      return inside[Int(index)]
    }.compactMap { $0["address"]?.string }
    return (old + new).map { String($0.prefix { $0 != "/" }) }
  }

  private static func resolver(_ dns: Node) -> String? {
    func words(_ key: String) -> [String] { (dns[key]?.items ?? []).compactMap(\.string) }
    let servers = words("nameservers")
    guard !servers.isEmpty else { return nil }
    let search = words("search") + [dns["domain"]?.string].compactMap { $0 }.filter { !$0.isEmpty }
    let options = words("options")
    return servers.map { "nameserver \($0)\n" }.joined()
      + (search.isEmpty ? "" : "search \(search.joined(separator: " "))\n")
      + (options.isEmpty ? "" : "options \(options.joined(separator: " "))\n")
  }
}

/// Why a plugin could not do what it was asked for, in the words of libcni.
public enum PluginFailure {
  /// - Parameters:
  ///   - command: `add`, `delete` or `check`.
  ///   - output: what it printed; an object with `code`, `msg` and `details`, when it keeps to the
  ///     specification.
  ///   - errors: what it had to say beside that.
  public static func text(
    of type: String, _ command: String, output: [UInt8], errors: [UInt8], status: String
  ) -> String {
    var reader = JSONReader(output, file: nil)
    let said = (try? reader.document()) ?? nil
    var message = said?["msg"]?.string ?? ""
    if let details = said?["details"]?.string, !details.isEmpty { message += "; \(details)" }
    if message.isEmpty { message = String(decoding: errors, as: UTF8.self).lastLine ?? status }
    return "plugin type=\(type.quoted) failed (\(command)): \(message)"
  }
}

extension String {
  fileprivate var lastLine: String? { split(whereSeparator: \.isNewline).last.map(String.init) }
}
