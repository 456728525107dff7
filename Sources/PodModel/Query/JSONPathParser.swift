/// Reads a JSONPath template as client-go's parser does, with its errors.
struct JSONPathParser {
  typealias Step = JSONPath.Step
  typealias Problem = JSONPath.Problem

  private let input: [Unicode.Scalar]
  private var place = 0

  init(_ text: String) {
    input = Array(text.unicodeScalars)
  }

  /// Text and what stands in braces, in turn.
  mutating func parse() throws(Problem) -> [Step] {
    var nodes: [Step] = []
    var text = ""
    while let scalar = next() {
      guard scalar == "{" else {
        text.unicodeScalars.append(scalar)
        continue
      }
      if !text.isEmpty { nodes.append(.text(text)) }
      text = ""
      nodes.append(.list(try action()))
    }
    if !text.isEmpty { nodes.append(.text(text)) }
    return nodes
  }

  /// The steps of a text that stands for what could be in braces.
  private static func steps(_ text: String) throws(Problem) -> [Step] {
    var parser = JSONPathParser("{\(text)}")
    guard case .list(let steps)? = try parser.parse().first else { return [] }
    return steps
  }

  /// Up to the closing brace.
  private mutating func action() throws(Problem) -> [Step] {
    var steps: [Step] = []
    while true {
      if skip("}") { return steps }
      if skip("[?(") {
        steps.append(.filter(try filter()))
        continue
      }
      if skip("..") {
        if case .descent? = steps.last { throw Problem("invalid multiple recursive descent") }
        steps.append(.descent)
        if let peek = peek(), Self.isWord(peek) { steps.append(field()) }
        continue
      }
      guard let scalar = next(), scalar != "\r", scalar != "\n" else {
        throw Problem("unclosed action")
      }
      switch scalar {
      case " ", "@", "$": continue
      case "[": steps += try brackets()
      case "\"", "'": steps.append(.text(try quote(scalar)))
      case ".": steps.append(field())
      case "+", "-", "0"..."9": steps.append(.literal(try number(scalar)))
      case _ where Self.isWord(scalar): steps.append(word(scalar))
      default:
        let code = String(scalar.value, radix: 16, uppercase: true)
        let digits = String(repeating: "0", count: max(0, 4 - code.count)) + code
        throw Problem("unrecognized character in action: U+\(digits) '\(scalar)'")
      }
    }
  }

  /// `range`, `end`, `true`.
  private mutating func word(_ first: Unicode.Scalar) -> Step {
    var text = String(first)
    while let scalar = peek(), !Self.isTerminator(scalar) {
      text.unicodeScalars.append(scalar)
      place += 1
    }
    return text == "true" || text == "false" ? .literal(.bool(text == "true")) : .word(text)
  }

  /// Up to what ends a name; a backslash takes what follows for a part of it.
  private mutating func field() -> Step {
    var text = ""
    while let scalar = peek(), !Self.isTerminator(scalar) {
      place += 1
      guard scalar == "\\" else {
        text.unicodeScalars.append(scalar)
        continue
      }
      if let escaped = next(), escaped != "\\" { text.unicodeScalars.append(escaped) }
    }
    return text == "*" ? .wildcard : .field(text)
  }

  private mutating func number(_ first: Unicode.Scalar) throws(Problem) -> Node {
    var text = String(first)
    while let scalar = peek(), scalar == "." || Self.isDigit(scalar) {
      text.unicodeScalars.append(scalar)
      place += 1
    }
    if let number = Int64(text) { return .integer(number) }
    guard let number = Double(text) else { throw Problem("cannot parse number \(text)") }
    return Node(.scalar(Scalar(.float(number), text: text)))
  }
}

// MARK: Brackets, filters and quotes

extension JSONPathParser {
  /// What stands between `[` and the next `]`: an index, a slice, a key in quotes, or several.
  private mutating func brackets() throws(Problem) -> [Step] {
    var text = ""
    while let scalar = next(), scalar != "]" {
      if scalar == "\n" { throw Problem("unterminated array") }
      text.unicodeScalars.append(scalar)
    }
    guard input[place - 1] == "]" else { throw Problem("unterminated array") }
    if text == "*" { text = ":" }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    if parts.count > 1 {
      var union: [[Step]] = []
      for part in parts { union.append(try Self.steps("[\(part.trimmed)]")) }
      return [.union(union)]
    }
    let quoted = text.dropFirst().dropLast()
    if text.count > 1, text.hasPrefix("'"), text.hasSuffix("'"), !quoted.contains("'") {
      return try Self.steps("." + quoted)
    }
    return [.slice(try Self.slice(text))]
  }

  private static func slice(_ text: String) throws(Problem) -> JSONPath.Slice {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let wrong = Problem("invalid array index \(text)")
    guard parts.count <= 3 else { throw wrong }
    var numbers: [Int?] = []
    for part in parts {
      let digits = part.hasPrefix("-") ? part.dropFirst() : part
      guard digits.unicodeScalars.allSatisfy(isDigit) else { throw wrong }
      if !part.isEmpty, Int(part) == nil {
        throw Problem("array index \(part) is not a number")
      }
      numbers.append(Int(part))
    }
    var slice = JSONPath.Slice(start: numbers[0])
    slice.isIndex = parts.count == 1
    if parts.count > 1 { slice.end = numbers[1] }
    if parts.count > 2 { slice.step = numbers[2] }
    return slice
  }

  private mutating func filter() throws(Problem) -> JSONPath.Filter {
    let text = try filterText()
    let comparing: Set<Character> = ["!", "<", ">", "="]
    guard let start = text.firstIndex(where: comparing.contains), start > text.startIndex else {
      return JSONPath.Filter(left: try Self.steps(text))
    }
    let rest = text[start...]
    var sign = rest.prefix(while: comparing.contains)
    // Something has to be compared with.
    if sign.count == rest.count { sign = sign.dropLast() }
    guard !sign.isEmpty else { return JSONPath.Filter(left: try Self.steps(text)) }
    return JSONPath.Filter(
      left: try Self.steps(String(text[..<start])),
      right: try Self.steps(String(rest.dropFirst(sign.count))), operator: String(sign))
  }

  /// Up to the `)]` that stands in no quotes.
  private mutating func filterText() throws(Problem) -> String {
    var text = ""
    var quote: Unicode.Scalar?
    var isClosed = false
    while true {
      guard let scalar = next(), scalar != "\n" else { throw Problem("unterminated filter") }
      if scalar == "\"" || scalar == "'" {
        if quote == nil {
          quote = scalar
        } else if scalar == quote, input[place - 2] != "\\" {
          isClosed = true
        }
      } else if scalar == ")", (quote != nil) == isClosed {
        break
      }
      text.unicodeScalars.append(scalar)
    }
    guard next() == "]" else { throw Problem("unclosed array expect ]") }
    return text
  }

  private mutating func quote(_ end: Unicode.Scalar) throws(Problem) -> String {
    var text: [Unicode.Scalar] = []
    while true {
      guard let scalar = next(), scalar != "\n" else {
        throw Problem("unterminated quoted string")
      }
      if scalar == end, input[place - 2] != "\\" { break }
      text.append(scalar)
    }
    guard let plain = GoQuotedText.unquoted(text, quote: end) else {
      let written = text.reduce(into: "") { $0.unicodeScalars.append($1) }
      throw Problem("unquote string \(end)\(written)\(end) error invalid syntax")
    }
    return plain
  }
}

// MARK: Characters

extension JSONPathParser {
  private func peek() -> Unicode.Scalar? { place < input.count ? input[place] : nil }

  private mutating func next() -> Unicode.Scalar? {
    guard let scalar = peek() else { return nil }
    place += 1
    return scalar
  }

  private mutating func skip(_ prefix: String) -> Bool {
    guard input[place...].starts(with: prefix.unicodeScalars) else { return false }
    place += prefix.unicodeScalars.count
    return true
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic || isDigit(scalar)
  }

  private static func isTerminator(_ scalar: Unicode.Scalar) -> Bool {
    " \t\r\n.,[]$@{}".unicodeScalars.contains(scalar)
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }
}
