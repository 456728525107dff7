/// The kinds of names that the API knows, each with the sentence that it answers to a wrong one.
///
/// Every function gives nil for a good name and the API's own words for any other.
public enum Names {
  public static func label(_ text: String) -> String? {
    if text.utf8.count > 63 { return "must be no more than 63 characters" }
    if isLabel(text) { return nil }
    if subdomain(text) == nil { return "must not contain dots" }
    return "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', "
      + "and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', "
      + "regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"
  }

  public static func subdomain(_ text: String) -> String? {
    if text.utf8.count > 253 { return "must be no more than 253 characters" }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.allSatisfy({ isLabel(String($0)) }) { return nil }
    return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, "
      + "'-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', "
      + #"regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?"#
      + #"(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"#
  }

  static func port(_ text: String) -> String? {
    if text.utf8.count > 15 { return "must be no more than 15 characters" }
    if !text.utf8.allSatisfy({ isLower($0) || isDigit($0) || $0 == dash }) {
      return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"
    }
    if !text.utf8.contains(where: isLower) { return "must contain at least one letter (a-z)" }
    if text.contains("--") { return "must not contain consecutive hyphens" }
    if text.hasPrefix("-") || text.hasSuffix("-") {
      return "must not begin or end with a hyphen"
    }
    return nil
  }

  static func header(_ text: String) -> String? {
    if !text.isEmpty, text.utf8.allSatisfy({ isAlphanumeric($0) || $0 == dash }) { return nil }
    return "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. "
      + "'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+')"
  }

  static func environment(_ text: String) -> String? {
    if text.utf8.allSatisfy({ (0x20...0x7e).contains($0) && $0 != UInt8(ascii: "=") }) {
      return nil
    }
    return "a valid environment variable name must consist only of printable ASCII characters "
      + "other than '='"
  }

  /// The key of a label or annotation: a name, or a domain, a slash and a name.
  static func qualified(_ text: String) -> String? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let rule =
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end "
      + "with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used "
      + "for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
    guard parts.count <= 2 else {
      return "a qualified name must consist of alphanumeric characters, '-', '_' or '.', with an "
        + "optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
    }
    if parts.count == 2 {
      if parts[0].isEmpty { return "prefix part must be non-empty" }
      if let reason = subdomain(parts[0]) { return "prefix part " + reason }
    }
    let name = parts.last ?? ""
    if name.isEmpty { return "name part must be non-empty" }
    if name.utf8.count > 63 { return "name part must be no more than 63 bytes" }
    return isWord(name) ? nil : rule
  }

  public static func labelValue(_ text: String) -> String? {
    if text.utf8.count > 63 { return "must be no more than 63 bytes" }
    if text.isEmpty || isWord(text) { return nil }
    return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' "
      + "or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or "
      + "'my_value',  or '12345', regex used for validation is "
      + "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
  }

  /// The key of a ConfigMap or Secret, which becomes the name of a file.
  static func configKey(_ text: String) -> String? {
    if text.utf8.count > 253 { return "must be no more than 253 characters" }
    if text == "." || text == ".." { return "must not be '\(text)'" }
    if text.hasPrefix("..") { return "must not start with '..'" }
    if !text.isEmpty, text.utf8.allSatisfy(isWordByte) { return nil }
    return "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. "
      + "'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is "
      + "'[-._a-zA-Z0-9]+')"
  }

  /// A path that stays beneath the place where it begins, as far as its text tells.
  static func descendingPath(_ text: String) -> String? {
    if text.hasPrefix("/") { return "must be a relative path" }
    return stepsBack(text) ? "must not contain '..'" : nil
  }

  /// The path of a file in a volume that podshim writes, where `..data` and its like are its own.
  static func filePath(_ text: String) -> String? {
    if let reason = descendingPath(text) { return reason }
    return text.hasPrefix("..") ? "must not start with '..'" : nil
  }

  static func stepsBack(_ path: String) -> Bool {
    path.split(separator: "/").contains("..")
  }

  static func sysctl(_ text: String) -> String? {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "/" }
    let isKnown = parts.allSatisfy { part in
      guard let first = part.utf8.first, let last = part.utf8.last else { return false }
      return [first, last].allSatisfy { isLower($0) || isDigit($0) }
        && part.utf8.allSatisfy { isLower($0) || isDigit($0) || $0 == dash || $0 == 0x5f }
    }
    if isKnown, text.utf8.count <= 253 { return nil }
    return "must have at most 253 characters and match regex "
      + #"^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"#
  }

  static func address(_ text: String) -> String? {
    if IPAddress(text) != nil { return nil }
    return "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
  }

  private static let dash = UInt8(ascii: "-")

  private static func isLabel(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    guard first != dash, last != dash, text.utf8.count <= 253 else { return false }
    return text.utf8.allSatisfy { isLower($0) || isDigit($0) || $0 == dash }
  }

  private static func isWord(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    guard isAlphanumeric(first), isAlphanumeric(last) else { return false }
    return text.utf8.allSatisfy(isWordByte)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || "-_.".utf8.contains(byte)
  }

  private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLower(byte) || isDigit(byte) || (0x41...0x5a).contains(byte)
  }
}
