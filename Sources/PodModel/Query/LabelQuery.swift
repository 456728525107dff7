/// What `-l` says: conditions on labels, all of which must hold.
///
/// `a=b,c!=d,e in (x,y),f notin (z),g,!h`, and for whole numbers `n>1`, `n<5`; read as the API
/// server reads it. An empty text asks for nothing, and everything meets it.
public struct LabelQuery: Sendable, Equatable {
  public struct Requirement: LabelRequirement, Sendable, Equatable {
    var key: String
    var `operator`: String
    var values: [String]
  }

  public var requirements: [Requirement]
  public var isEmpty: Bool { requirements.isEmpty }

  /// Everything.
  public init() { requirements = [] }

  /// - Throws: what is wrong with the text.
  public init(_ text: String) throws(QueryProblem) {
    var parser = LabelQueryParser(text)
    requirements = try parser.parse()
  }

  public func selects(_ labels: [String: String]) -> Bool {
    requirements.allSatisfy { $0.isMet(by: labels[$0.key]) }
  }
}

/// What is wrong with a selector, in the API server's words.
public struct QueryProblem: Error, Equatable, CustomStringConvertible {
  public var description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Words, signs and brackets of a selector, taken one by one.
private struct LabelQueryParser {
  private enum Token: Equatable {
    case word(String)
    case sign(String)
    case end

    var text: String {
      switch self {
      case .word(let text), .sign(let text): text
      case .end: ""
      }
    }

    var isEndOrComma: Bool { self == .end || self == .sign(",") }
  }

  private var tokens: ArraySlice<Token>

  init(_ text: String) {
    var tokens: [Token] = []
    let signs = Set("=!<>(),")
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if signs.contains(first) {
        let length = ["==", "!=", "<=", ">="].contains { rest.hasPrefix($0) } ? 2 : 1
        tokens.append(.sign(String(rest.prefix(length))))
        rest = rest.dropFirst(length)
      } else {
        let word = rest.prefix { !$0.isWhitespace && !signs.contains($0) }
        tokens.append(.word(String(word)))
        rest = rest.dropFirst(word.count)
      }
    }
    self.tokens = tokens[...]
  }

  private var next: Token { tokens.first ?? .end }

  private mutating func take() -> Token { tokens.popFirst() ?? .end }

  mutating func parse() throws(QueryProblem) -> [LabelQuery.Requirement] {
    var found: [LabelQuery.Requirement] = []
    while next != .end {
      switch next {
      case .word, .sign("!"): break
      case let token:
        throw QueryProblem("found '\(token.text)', expected: !, identifier, or 'end of string'")
      }
      do throws(QueryProblem) {
        found.append(try requirement())
      } catch {
        throw QueryProblem("unable to parse requirement: \(error)")
      }
      let token = take()
      guard token.isEndOrComma else {
        throw QueryProblem("found '\(token.text)', expected: ',' or 'end of string'")
      }
      if token == .end { break }
      switch next {
      case .word, .sign("!"): continue
      case let token:
        throw QueryProblem("found '\(token.text)', expected: identifier after ','")
      }
    }
    return found
  }

  private mutating func requirement() throws(QueryProblem) -> LabelQuery.Requirement {
    let isAbsent = next == .sign("!")
    if isAbsent { _ = take() }
    let token = take()
    guard case .word(let key) = token else {
      throw QueryProblem("found '\(token.text)', expected: identifier")
    }
    if let reason = Names.qualified(key) {
      throw QueryProblem("key: Invalid value: \(key.quoted): \(reason)")
    }
    // After a `!` there is nothing but the key.
    if isAbsent || next.isEndOrComma {
      return .init(key: key, operator: isAbsent ? "DoesNotExist" : "Exists", values: [])
    }
    let sign = take()
    guard let name = Self.operators[sign.text] else {
      throw QueryProblem(
        "found '\(sign.text)', expected: in, notin, =, ==, !=, gt, lt")
    }
    let isList = sign == .word("in") || sign == .word("notin")
    let values = isList ? try list() : [try value()]
    try check(values, of: key, name)
    return .init(key: key, operator: name, values: values)
  }

  private static let operators = [
    "=": "In", "==": "In", "in": "In", "!=": "NotIn", "notin": "NotIn", ">": "Gt", "<": "Lt",
  ]

  private func check(
    _ values: [String], of key: String, _ name: String
  ) throws(QueryProblem) {
    for value in values {
      if name == "Gt" || name == "Lt", Int64(value) == nil {
        throw QueryProblem(
          "values[0]: Invalid value: \(value.quoted): for 'Gt', 'Lt' operators, the value must be "
            + "an integer")
      }
      if let reason = Names.labelValue(value) {
        throw QueryProblem("values[0][\(key)]: Invalid value: \(value.quoted): \(reason)")
      }
    }
  }

  private mutating func value() throws(QueryProblem) -> String {
    if next.isEndOrComma { return "" }
    let token = take()
    guard case .word(let text) = token else {
      throw QueryProblem("found '\(token.text)', expected: identifier")
    }
    return text
  }

  private mutating func list() throws(QueryProblem) -> [String] {
    let open = take()
    guard open == .sign("(") else {
      throw QueryProblem("found '\(open.text)', expected: '('")
    }
    var values: [String] = []
    var word = ""
    while true {
      switch take() {
      case .word(let text) where word.isEmpty: word = text
      case .sign(","):
        values.append(word)
        word = ""
      case .sign(")"): return values + [word]
      case let token where word.isEmpty:
        throw QueryProblem("found '\(token.text)', expected: ',', ')' or identifier")
      case let token: throw QueryProblem("found '\(token.text)', expected: ',' or ')'")
      }
    }
  }
}
