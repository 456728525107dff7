import OCISpec

/// The names and passwords for registries that the Secrets of a pod hold, as skopeo reads them.
///
/// Secrets are read as the kubelet reads them: `kubernetes.io/dockerconfigjson` and
/// `kubernetes.io/dockercfg`, the keys being hosts or URLs, with a path or with `*` for a part of a
/// name; the longest that fits an image is the one for it, and of two that say the same the first.
public struct RegistryCredentials: Sendable {
  /// A key, and the name and password in base64.
  private var entries: [(scope: Scope, auth: String)] = []

  /// Which images a key is for.
  fileprivate struct Scope: Equatable {
    var host: String
    /// Begins with a slash, or is empty.
    var path: String

    var key: String { host + path }
  }

  public struct Malformed: Error, Equatable, CustomStringConvertible {
    public var description: String
  }

  private struct Entry: Decodable {
    var auth: String?
    var username: String?
    var password: String?
  }

  private struct File: Decodable {
    var auths: [String: Entry]?
  }

  /// Secrets of other types have nothing to say.
  public init(_ secrets: [Secret]) throws(Malformed) {
    for secret in secrets {
      do {
        if let file = secret.data[".dockerconfigjson"] {
          add(try JSON.decode(File.self, from: file.bytes).auths ?? [:])
        } else if let file = secret.data[".dockercfg"] {
          add(try JSON.decode([String: Entry].self, from: file.bytes))
        }
      } catch {
        throw Malformed(description: "secret \(secret.metadata.name.quoted): \(error)")
      }
    }
  }

  private mutating func add(_ more: [String: Entry]) {
    for (key, entry) in more.sorted(by: { $0.key < $1.key }) {
      let pair = Array("\(entry.username ?? ""):\(entry.password ?? "")".utf8)
      let auth = entry.auth.flatMap { $0.isEmpty ? nil : $0 } ?? Base64(pair).text
      let scope = Scope(key: key)
      if !entries.contains(where: { $0.scope == scope }) { entries.append((scope, auth)) }
    }
  }

  /// An `auth.json`; nil when none of this is for the image, so that the host's own is asked.
  public func authFile(for image: ImageReference) -> [UInt8]? {
    let fitting = entries.filter { $0.scope.includes(image) }
    let longest = fitting.map(\.scope.path.utf8.count).max()
    guard let best = fitting.first(where: { $0.scope.path.utf8.count == longest }) else {
      return nil
    }
    // skopeo knows no `*`, and paths by whole parts only: the one for this image has its host.
    var auths = [image.domain: ["auth": best.auth]]
    for entry in entries where auths[entry.scope.key] == nil {
      auths[entry.scope.key] = ["auth": entry.auth]
    }
    return try? JSON.compact(["auths": auths])
  }
}

extension RegistryCredentials.Scope {
  /// `https://index.docker.io/v1/`, `quay.io/team`, `*.example.org`.
  fileprivate init(key: String) {
    var text = key[...]
    for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
      text = text.dropFirst(scheme.count)
    }
    let slash = text.firstIndex(of: "/") ?? text.endIndex
    let name = String(text[..<slash])
    host = ["index.docker.io", "registry-1.docker.io"].contains(name) ? "docker.io" : name
    path = String(text[slash...])
    for version in ["/v1/", "/v2/"] where path.hasPrefix(version) {
      path.removeFirst(version.count - 1)
    }
    while path.last == "/" { path.removeLast() }
  }

  fileprivate func includes(_ image: ImageReference) -> Bool {
    let wanted = host.split(separator: ".", omittingEmptySubsequences: false)
    let parts = image.domain.split(separator: ".", omittingEmptySubsequences: false)
    return wanted.count == parts.count && zip(wanted, parts).allSatisfy(Self.matches)
      && "/\(image.path)".hasPrefix(path)
  }

  /// `*` stands for any part of one label, but never for a port.
  private static func matches(_ pattern: Substring, _ text: Substring) -> Bool {
    guard let star = pattern.firstIndex(of: "*") else { return pattern == text }
    let (before, after) = (pattern[..<star], pattern[pattern.index(after: star)...])
    return text.hasPrefix(before) && text.hasSuffix(after)
      && text.utf8.count >= before.utf8.count + after.utf8.count
  }
}
