/// What `--field-selector` says: fields that must be, or must not be, some text.
///
/// Which fields an object can be chosen by is not for the selector to say.
public struct FieldQuery: Sendable, Equatable {
  public struct Term: Sendable, Equatable {
    public var field: String
    public var value: String
    public var isNegated: Bool
  }

  public var terms: [Term] = []
  /// As it was written.
  public let source: String
  public var isEmpty: Bool { terms.isEmpty }

  /// Everything.
  public init() { source = "" }

  /// - Throws: what is wrong with the text.
  public init(_ text: String) throws(QueryProblem) {
    source = text
    for part in Self.split(text) where !part.isEmpty {
      guard let term = Self.term(part) else {
        throw QueryProblem(
          "invalid selector: '\(text)'; can't understand '\(part)'")
      }
      terms.append(term)
    }
  }

  /// - Parameter fields: what the object has under the names of fields; what is absent is empty.
  public func selects(_ fields: [String: String]) -> Bool {
    terms.allSatisfy { (fields[$0.field] ?? "" == $0.value) != $0.isNegated }
  }

  /// At the commas that no backslash stands before.
  private static func split(_ text: String) -> [String] {
    var parts = [""]
    var isEscaped = false
    for character in text {
      if character == ",", !isEscaped {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    return parts
  }

  private static func term(_ text: String) -> Term? {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    var field = text[..<equals]
    var value = text[text.index(after: equals)...]
    let isNegated = field.last == "!"
    if isNegated { field.removeLast() } else if value.first == "=" { value.removeFirst() }
    guard !field.isEmpty, let plain = unescaped(value) else { return nil }
    return Term(field: String(field), value: plain, isNegated: isNegated)
  }

  private static func unescaped(_ value: Substring) -> String? {
    var plain = ""
    var isEscaped = false
    for character in value {
      if isEscaped {
        guard ",=\\".contains(character) else { return nil }
        plain.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "=" {
        return nil
      } else {
        plain.append(character)
      }
    }
    return isEscaped ? nil : plain
  }
}
