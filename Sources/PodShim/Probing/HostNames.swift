import Glibc

/// Names of hosts, as a hosts file has them.
///
/// A program without shared libraries has no resolver of the system's, and the pod's name servers
/// are a question of its network; a name that the file does not know is "no such host".
struct HostNames {
  /// Nil is the host's own file.
  var file: String?

  /// The name itself when it is an address. IPv4 comes first.
  func addresses(of name: String) throws(TransportError) -> [String] {
    if HostNames.isAddress(name) { return [name] }
    let text = (try? Files.readText(file ?? "/etc/hosts")) ?? ""
    var found = HostNames.addresses(of: name, in: text)
    if found.isEmpty, name.lowercased() == "localhost" { found = ["127.0.0.1", "::1"] }
    if found.isEmpty { throw HostNames.unknown(name) }
    return found.filter { !$0.contains(":") } + found.filter { $0.contains(":") }
  }

  static func unknown(_ name: String) -> TransportError {
    .failed("dial tcp: lookup \(name): no such host")
  }

  static func addresses(of name: String, in hosts: String) -> [String] {
    let wanted = name.lowercased()
    return hosts.split(whereSeparator: \.isNewline).compactMap { line in
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      let isNamed = words.dropFirst().contains { $0.lowercased() == wanted }
      return isNamed && isAddress(String(words[0])) ? String(words[0]) : nil
    }
  }

  static func isAddress(_ text: String) -> Bool {
    var bytes = in6_addr()
    return inet_pton(AF_INET, text, &bytes) == 1 || inet_pton(AF_INET6, text, &bytes) == 1
  }
}
