/// Why JSON could not be read or written, and where in the document.
///
/// It does not know the file: whoever opened that says its name.
public struct JSONError: Error, Equatable, CustomStringConvertible {
  /// The place, as in `linux.namespaces[0].type`; empty for the document as a whole.
  public let path: String
  /// The rest of the sentence that begins with the place: `must be a string`.
  public let reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String {
    path.isEmpty ? "the JSON text \(reason)" : "`\(path)` \(reason)"
  }
}

extension JSONError {
  /// Puts the library's error into our words.
  init(_ error: any Error) {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      self.init(path: Self.path(context.codingPath + [key]), reason: "is missing")
    case DecodingError.typeMismatch(let type, let context),
      DecodingError.valueNotFound(let type, let context):
      self.init(path: Self.path(context.codingPath), reason: "must be \(Self.name(type))")
    case DecodingError.dataCorrupted(let context):
      self.init(
        path: Self.path(context.codingPath), reason: "cannot be read: \(context.debugDescription)")
    case EncodingError.invalidValue(let value, let context):
      self.init(
        path: Self.path(context.codingPath), reason: "cannot be written: \(value) is not JSON")
    default:
      self.init(path: "", reason: "cannot be read or written: \(error)")
    }
  }

  /// What JSON calls a type.
  private static func name(_ type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a string"
    case is Bool.Type: "true or false"
    case is any BinaryInteger.Type: "a whole number"
    case is any BinaryFloatingPoint.Type: "a number"
    case is [Any].Type: "a list"
    case is [String: Any].Type: "an object"
    default: "a value of type \(type)"
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.reduce("") { path, key in
      // The key of a map may look like a number too; only the place in a list is an index.
      if let index = key.intValue, key.stringValue == "Index \(index)" {
        "\(path)[\(index)]"
      } else {
        join(path, member: key.stringValue)
      }
    }
  }

  /// The path of a member of an object: `a.b`, or `a["b.c"]` where a dot would mislead.
  static func join(_ path: String, member: String) -> String {
    let isPlain =
      !member.isEmpty && member.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    if !isPlain { return "\(path)[\"\(member)\"]" }
    return path.isEmpty ? member : "\(path).\(member)"
  }
}
