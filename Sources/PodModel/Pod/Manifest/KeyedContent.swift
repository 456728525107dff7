/// What a command line gathers for a ConfigMap or a Secret, key by key, before it is an object.
///
/// Every key is checked where it is added, and none is added twice; messages are kubectl's.
public struct KeyedContent: Equatable, Sendable {
  /// For whom it is gathered, since kubectl has words of its own for each.
  public enum Owner: Equatable, Sendable {
    case configMap(name: String)
    case secret
  }

  public struct Problem: Error, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
      self.description = description
    }
  }

  public let owner: Owner
  public private(set) var values: [String: [UInt8]] = [:]

  public init(for owner: Owner) {
    self.owner = owner
  }

  public mutating func add(_ bytes: [UInt8], as key: String) throws(Problem) {
    if let reason = Names.configKey(key) {
      switch owner {
      case .configMap:
        throw Problem("\(key.quoted) is not a valid key name for a ConfigMap: \(reason)")
      case .secret: throw Problem("\(key.quoted) is not valid key name for a Secret \(reason)")
      }
    }
    guard values.updateValue(bytes, forKey: key) == nil else {
      switch owner {
      case .configMap(let name):
        throw Problem(
          "cannot add key \(key.quoted), another key by that name already exists in Data for "
            + "ConfigMap \(name.quoted)")
      case .secret:
        throw Problem("cannot add key \(key), another key by that name already exists")
      }
    }
  }

  /// `key=value`, as it is.
  public mutating func add(literal: String) throws(Problem) {
    let parts = Self.halves(literal)
    guard let value = parts.value, !parts.key.isEmpty else {
      throw Problem("invalid literal source \(literal), expected key=value")
    }
    try add(Array(value.utf8), as: parts.key)
  }

  /// A file of `KEY=value` lines. A key alone takes its value from the environment.
  public mutating func add(
    environmentFile bytes: [UInt8], name: String, environment: (String) -> String?
  ) throws(Problem) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard let text = String(validating: line, as: UTF8.self) else {
        let shown = line.map { "\($0)" }.joined(separator: " ")
        throw Problem(
          "env file \(name) contains invalid utf8 bytes at line \(number + 1): [\(shown)]")
      }
      let isMarked = number == 0 && text.unicodeScalars.first == "\u{feff}"
      let bare = String(text.unicodeScalars.dropFirst(isMarked ? 1 : 0)).drop(while: \.isWhitespace)
      guard let first = bare.first, first != "#" else { continue }
      let (key, value) = Self.halves(String(bare))
      if let reason = Self.variableName(key) {
        throw Problem("\(key.quoted) is not a valid key name: \(reason)")
      }
      try add(Array((value ?? environment(key) ?? "").utf8), as: key)
    }
  }

  /// What `--from-file` names: `path`, or `key=path`.
  public static func fileSource(
    _ text: String
  ) throws(Problem) -> (key: String?, path: String) {
    let parts = halves(text)
    guard let path = parts.value else { return (nil, text) }
    if path.contains("=") { throw Problem("key names or file paths cannot contain '='") }
    if parts.key.isEmpty { throw Problem("key name for file path \(path) missing") }
    if path.isEmpty { throw Problem("file path for key name \(parts.key) missing") }
    return (parts.key, path)
  }

  private static func halves(_ text: String) -> (key: String, value: String?) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (parts.first.map(String.init) ?? "", parts.dropFirst().first.map(String.init))
  }

  /// Stricter than what the name of a variable in a manifest may be.
  private static func variableName(_ name: String) -> String? {
    let isWord = name.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || ("0"..."9") ~= $0 || "-._".unicodeScalars.contains($0))
    }
    if let first = name.first, isWord, !("0"..."9").contains(first) { return nil }
    return "a valid environment variable name must consist of alphabetic characters, digits, '_', "
      + "'-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or "
      + "'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')"
  }
}

extension ConfigMap {
  /// Texts as texts, everything else as bytes.
  public mutating func take(_ content: KeyedContent) {
    for (key, bytes) in content.values {
      if let text = String(validating: bytes, as: UTF8.self) {
        data[key] = text
      } else {
        binaryData[key] = Base64(bytes)
      }
    }
  }
}

extension Secret {
  public mutating func take(_ content: KeyedContent) {
    data = content.values.mapValues { Base64($0) }
  }
}
