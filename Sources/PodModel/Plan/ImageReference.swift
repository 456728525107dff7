/// The name of an image, spelled out as Docker spells it out: `nginx` is
/// `docker.io/library/nginx:latest`.
///
/// Two names that mean the same image are equal and print the same. A name without a digest always
/// has a tag; a name with a digest has a tag only where one was written.
public struct ImageReference: Hashable, Sendable {
  /// The registry's host, with its port where one was written: `docker.io`, `localhost:5000`.
  public let domain: String
  /// The repository inside the registry: `library/nginx`.
  public let path: String
  public let tag: String?
  /// `sha256:` and 64 hexadecimal digits.
  public let digest: String?

  public init(_ text: String) throws(InvalidImageName) {
    func refused(_ rule: String) -> InvalidImageName { InvalidImageName(name: text, rule: rule) }
    if Self.isImageID(text) {
      throw refused("64 hexadecimal digits are an image ID, not a name; write `sha256:` before it")
    }

    let (named, digest) = Self.cut(Substring(text), at: text.firstIndex(of: "@"))
    let slash = named.lastIndex(of: "/") ?? named.startIndex
    let (name, tag) = Self.cut(named, at: named[slash...].lastIndex(of: ":"))
    if name.isEmpty { throw refused("the name is empty") }
    let (domain, path) = Self.splitDomain(name)

    if let rule = Self.brokenRule(domain: domain) ?? Self.brokenRule(path: path) {
      throw refused(rule)
    }
    if let tag, let rule = Self.brokenRule(tag: tag) { throw refused(rule) }
    if let digest, let rule = Self.brokenRule(digest: digest) { throw refused(rule) }

    self.domain = domain
    self.path = path
    self.tag = tag.map(String.init) ?? (digest == nil ? "latest" : nil)
    self.digest = digest.map(String.init)
  }

  /// Registry and repository, without tag and digest: `docker.io/library/nginx`.
  public var repository: String { "\(domain)/\(path)" }

  private static func cut(
    _ text: Substring, at index: String.Index?
  ) -> (before: Substring, after: Substring?) {
    guard let index else { return (text, nil) }
    return (text[..<index], text[text.index(after: index)...])
  }

  /// The first component is a registry only when it cannot be a repository: it has a dot, a port
  /// or a capital letter, or is `localhost` (distribution/reference, `splitDockerDomain`).
  private static func splitDomain(_ name: Substring) -> (domain: String, path: String) {
    let (first, rest) = cut(name, at: name.firstIndex(of: "/"))
    var domain = "docker.io"
    var path = String(name)
    if let rest,
      first == "localhost" || first.contains(where: { ".:".contains($0) })
        || first != first.lowercased()
    {
      domain = first == "index.docker.io" ? "docker.io" : String(first)
      path = String(rest)
    }
    if domain == "docker.io" && !path.contains("/") { path = "library/" + path }
    return (domain, path)
  }
}

extension ImageReference: CustomStringConvertible {
  public var description: String {
    repository + (tag.map { ":\($0)" } ?? "") + (digest.map { "@\($0)" } ?? "")
  }
}

/// Why a text is not the name of an image; what a container waits with as `InvalidImageName`.
public struct InvalidImageName: Error, Hashable, Sendable, CustomStringConvertible {
  public let name: String
  /// The rule that the name breaks, to be read after the name.
  public let rule: String

  public var description: String { "couldn't parse image name `\(name)`: \(rule)" }
}

/// The grammar of distribution/reference, one function per part of a name.
extension ImageReference {
  private static func isImageID(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy(\.isLowerHexadecimal)
  }

  private static func brokenRule(domain: String) -> String? {
    let rule = "the registry `\(domain)` is not a host name with an optional port"
    var host = Substring(domain)
    if host.first == "[" {
      guard let end = host.firstIndex(of: "]") else { return rule }
      let address = host[host.index(after: host.startIndex)..<end]
      let isAddress = address.utf8.allSatisfy { $0.isHexadecimal || $0 == UInt8(ascii: ":") }
      guard isAddress, !address.isEmpty else { return rule }
      host = "v6" + host[host.index(after: end)...]
    }
    let (name, port) = cut(host, at: host.firstIndex(of: ":"))
    if let port, port.isEmpty || !port.utf8.allSatisfy(\.isDigit) { return rule }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    let areLabels = labels.allSatisfy { label in
      label.utf8.first.map(\.isAlphanumeric) == true
        && label.utf8.last.map(\.isAlphanumeric) == true
        && label.utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }
    }
    return areLabels ? nil : rule
  }

  private static func brokenRule(path: String) -> String? {
    if path != path.lowercased() { return "repository name `\(path)` must be lowercase" }
    if path.utf8.count > 255 { return "repository name must not be longer than 255 characters" }
    for component in path.split(separator: "/", omittingEmptySubsequences: false) {
      if component.isEmpty { return "repository name `\(path)` has an empty component" }
      guard isPathComponent(component) else {
        return "`\(component)` must be lower-case letters and digits, with one of `.`, `_`, `__` "
          + "or dashes between them"
      }
    }
    return nil
  }

  private static func isPathComponent(_ component: Substring) -> Bool {
    var separator = ""
    for character in component.unicodeScalars {
      switch character {
      case "a"..."z", "0"..."9": separator = ""
      case "." where separator.isEmpty: separator = "."
      case "_" where separator.isEmpty || separator == "_": separator += "_"
      case "-" where separator.isEmpty || separator == "-": separator = "-"
      default: return false
      }
    }
    return separator.isEmpty && component.utf8.first.map(\.isAlphanumeric) == true
  }

  private static func brokenRule(tag: Substring) -> String? {
    let isTag = tag.utf8.allSatisfy { $0.isAlphanumeric || [0x2D, 0x2E, 0x5F].contains($0) }
    guard isTag, let first = tag.utf8.first, first != 0x2D, first != 0x2E, tag.utf8.count <= 128
    else {
      return "tag `\(tag)` must be 1 to 128 letters, digits, `_`, `.` or `-`, "
        + "and must not begin with `.` or `-`"
    }
    return nil
  }

  private static func brokenRule(digest: Substring) -> String? {
    let hexadecimal = digest.dropFirst("sha256:".count)
    guard digest.hasPrefix("sha256:"), isImageID(String(hexadecimal)) else {
      return "digest `\(digest)` must be `sha256:` and 64 lower-case hexadecimal digits"
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
  fileprivate var isAlphanumeric: Bool {
    isDigit || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
  fileprivate var isLowerHexadecimal: Bool { isDigit || (0x61...0x66).contains(self) }
  fileprivate var isHexadecimal: Bool { isLowerHexadecimal || (0x41...0x46).contains(self) }
}
