/// A place in a source text. Lines and columns count from 1, columns in Unicode scalars.
public struct Mark: Hashable, Sendable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// One value of a YAML or JSON document that remembers where it was written.
///
/// Every object of the model is decoded from a `Node` and can be turned back into one, so the
/// same tree serves manifests, `get -o yaml`, `get -o json` and the files under the state folder.
public struct Node: Sendable {
  public var content: Content
  /// Where the value begins; nil for a value that no text holds, a default for instance.
  public var mark: Mark?

  public init(_ content: Content, mark: Mark? = nil) {
    self.content = content
    self.mark = mark
  }

  public indirect enum Content: Sendable, Equatable {
    case scalar(Scalar)
    case sequence([Node])
    case mapping(Mapping)
  }

  /// A mapping keeps the order of its source; keys are unique.
  public struct Mapping: Sendable, Equatable {
    public var entries: [Entry]

    public init(_ entries: [Entry] = []) {
      self.entries = entries
    }

    public subscript(key: String) -> Node? {
      entries.first { $0.key == key }?.value
    }
  }

  public struct Entry: Sendable {
    public var key: String
    public var keyMark: Mark?
    public var value: Node

    public init(_ key: String, _ value: Node, keyMark: Mark? = nil) {
      self.key = key
      self.value = value
      self.keyMark = keyMark
    }
  }
}

/// What a scalar says, and the very text that said it: `0x10` is an integer written `0x10`.
public struct Scalar: Sendable {
  public var kind: Kind
  public var text: String

  public init(_ kind: Kind, text: String) {
    self.kind = kind
    self.text = text
  }

  public enum Kind: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case float(Double)
    case string
  }
}

/// Two nodes are equal when they say the same, wherever they were written.
extension Node: Equatable {
  public static func == (a: Node, b: Node) -> Bool { a.content == b.content }
}

extension Node.Entry: Equatable {
  public static func == (a: Self, b: Self) -> Bool { a.key == b.key && a.value == b.value }
}

/// `0x10` and `16` are equal; two strings are when their texts are.
extension Scalar: Equatable {
  public static func == (a: Scalar, b: Scalar) -> Bool {
    switch (a.kind, b.kind) {
    case (.string, .string): a.text == b.text
    case (.float(let a), .float(let b)): a == b || a.isNaN && b.isNaN
    default: a.kind == b.kind
    }
  }
}

extension Node {
  public static let null = Node(.scalar(Scalar(.null, text: "null")))
  public static func bool(_ value: Bool) -> Node {
    Node(.scalar(Scalar(.bool(value), text: value ? "true" : "false")))
  }
  public static func integer(_ value: Int64) -> Node {
    Node(.scalar(Scalar(.integer(value), text: String(value))))
  }
  public static func string(_ value: String) -> Node {
    Node(.scalar(Scalar(.string, text: value)))
  }
  public static func sequence(_ items: [Node]) -> Node { Node(.sequence(items)) }
  public static func mapping(_ entries: [Entry]) -> Node { Node(.mapping(Mapping(entries))) }

  /// The value under `key` when this is a mapping that has it.
  public subscript(key: String) -> Node? {
    guard case .mapping(let mapping) = content else { return nil }
    return mapping[key]
  }
}
