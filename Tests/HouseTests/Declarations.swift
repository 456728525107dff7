/// What a source text declares: its functions with their lengths, and its types.
extension Code {
  struct Function: Equatable {
    let name: String
    let line: Int
    /// From the word `func` to the brace that closes the body.
    let length: Int
  }

  /// Every function of a Swift text that has a body, initialisers and computed properties included.
  var functions: [Function] {
    tokens.indices.compactMap { place -> Function? in
      guard let (name, start) = heading(at: place), let body = bodyStart(from: start, of: place)
      else { return nil }
      return function(name, from: place, body: body)
    }
  }

  /// The same of a C text: a body there is what follows parameters at the outermost level.
  var functionsOfC: [Function] {
    var found: [Function] = []
    var place = 0
    while place < tokens.count {
      if tokens[place].text == "{" {
        let end = closing(place)
        if place > 0, tokens[place - 1].text == ")", let name = nameBefore(place - 1) {
          found.append(function(tokens[name].text, from: name, body: place))
        }
        place = end
      }
      place += 1
    }
    return found
  }

  /// The names of declared types, at any depth, with the line of each.
  var types: [(name: String, line: Int)] {
    let words: Set = [
      "struct", "class", "enum", "protocol", "actor", "typealias", "associatedtype",
    ]
    return zip(tokens, tokens.dropFirst()).filter { words.contains($0.0.text) }
      .map { ($0.1.text, $0.1.line) }
  }
}

extension Code {
  private static let modifiers: Set = [
    "case", "class", "deinit", "enum", "extension", "fileprivate", "func", "init", "internal",
    "let", "mutating", "private", "protocol", "public", "static", "struct", "subscript",
    "typealias", "var",
  ]

  /// The name of the function that begins here, and where its parameters do.
  private func heading(at place: Int) -> (name: String, start: Int)? {
    guard place == 0 || tokens[place - 1].text != ".", place + 1 < tokens.count else { return nil }
    switch tokens[place].text {
    case "func", "var": return (tokens[place + 1].text, place + 2)
    case "init", "deinit", "subscript": return (tokens[place].text, place + 1)
    default: return nil
    }
  }

  /// Where the body opens; nil for a requirement of a protocol, a stored property, a call.
  private func bodyStart(from start: Int, of place: Int) -> Int? {
    let isProperty = tokens[place].text == "var"
    var depth = 0
    for index in start..<max(start, tokens.count) {
      let token = tokens[index]
      switch token.text {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "{" where depth == 0: return index
      default:
        let isOver = token.text == "}" || Code.modifiers.contains(token.text)
        let isStored = isProperty && (token.text == "=" || token.line > tokens[place].line)
        if depth == 0, isOver || isStored { return nil }
      }
      if depth < 0 { return nil }
    }
    return nil
  }

  private func function(_ name: String, from place: Int, body: Int) -> Function {
    let line = tokens[place].line
    return Function(name: name, line: line, length: tokens[closing(body)].line - line + 1)
  }

  /// The brace that closes the one at `place`; the last token when none does.
  private func closing(_ place: Int) -> Int {
    var depth = 0
    for index in place..<tokens.count {
      if tokens[index].text == "{" { depth += 1 }
      if tokens[index].text == "}" { depth -= 1 }
      if depth == 0 { return index }
    }
    return tokens.count - 1
  }

  /// The word in front of the parentheses that end at `place`.
  private func nameBefore(_ place: Int) -> Int? {
    var depth = 0
    for index in stride(from: place, through: 1, by: -1) {
      if tokens[index].text == ")" { depth += 1 }
      if tokens[index].text == "(" { depth -= 1 }
      if depth == 0 { return index - 1 }
    }
    return nil
  }
}
