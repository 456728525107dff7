/// A walk over JSON text that holds it to RFC 8259 and notes where its numbers stand.
///
/// The library's decoder reads on over a comma too many or an escape that does not exist, says
/// nothing of the place where a text breaks, nor which number did not fit. The walk knows both.
struct JSONWalk {
  private let text: [UInt8]
  private var at = 0
  private var path: [Step] = []
  /// Every number met so far, in the order of the text.
  private(set) var numbers: [Number] = []

  /// A number, and how one gets to it from the top.
  struct Number {
    var range: Range<Int>
    var path: [Step]
  }

  /// The way to a member of an object, by where its key stands in the text, or to a list's item.
  enum Step {
    case member(Range<Int>)
    case item(Int)
  }

  init(_ text: [UInt8]) {
    self.text = text
  }

  /// The path of a number as an error writes it: `linux.devices[1].uid`.
  func name(of number: Number) -> String {
    number.path.reduce("") { path, step in
      switch step {
      case .member(let key):
        JSONError.join(path, member: String(decoding: text[key], as: UTF8.self))
      case .item(let index): "\(path)[\(index)]"
      }
    }
  }

  /// Walks the whole text; throws at the first byte that JSON does not allow.
  mutating func run() throws(JSONError) {
    try value()
    skipSpace()
    if at < text.count { throw broken("expected nothing after the value") }
  }

  private mutating func value() throws(JSONError) {
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): try object()
    case UInt8(ascii: "["): try list()
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "-"): try number()
    case _ where isAtDigit: try number()
    default: try word()
    }
  }

  private mutating func object() throws(JSONError) {
    try nested(closedBy: "}") { (walk, _) throws(JSONError) in
      if walk.peek != UInt8(ascii: "\"") { throw walk.broken("expected a key in quotes") }
      let start = walk.at
      try walk.string()
      walk.path[walk.path.count - 1] = .member(start + 1..<walk.at - 1)
      walk.skipSpace()
      if !walk.take(":") { throw walk.broken("expected `:`") }
      try walk.value()
    }
  }

  private mutating func list() throws(JSONError) {
    try nested(closedBy: "]") { (walk, index) throws(JSONError) in
      walk.path[walk.path.count - 1] = .item(index)
      try walk.value()
    }
  }

  /// The members of an object or the items of a list: the same but for what comes between commas.
  private mutating func nested(
    closedBy close: Unicode.Scalar,
    part: (inout JSONWalk, _ index: Int) throws(JSONError) -> Void
  ) throws(JSONError) {
    at += 1
    path.append(.item(0))
    // The decoder's own limit, and short of what a thread's stack holds.
    if path.count > 512 { throw broken("nested more than 512 deep") }
    skipSpace()
    var index = 0
    var isOpen = !take(close)
    while isOpen {
      skipSpace()
      try part(&self, index)
      index += 1
      skipSpace()
      isOpen = !take(close)
      if isOpen, !take(",") { throw broken("expected `,` or `\(close)`") }
    }
    path.removeLast()
  }

  private mutating func string() throws(JSONError) {
    let start = at
    at += 1
    while let byte = peek, byte != UInt8(ascii: "\"") {
      if byte < 0x20 { throw broken("a control character in a string must be escaped") }
      at += 1
      if byte == UInt8(ascii: "\\") { try escape() }
    }
    if at >= text.count {
      at = start
      throw broken("this string never ends")
    }
    at += 1
  }

  private mutating func escape() throws(JSONError) {
    if take("u") {
      for _ in 0..<4 {
        let isHex = peek.map { Character(Unicode.Scalar($0)).isHexDigit } ?? false
        if !isHex { throw broken("expected four hex digits after `\\u`") }
        at += 1
      }
    } else if let byte = peek {
      if !"\"\\/bfnrt".utf8.contains(byte) { throw broken("there is no such escape") }
      at += 1
    }
  }

  private mutating func number() throws(JSONError) {
    let start = at
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    numbers.append(Number(range: start..<at, path: path))
  }

  private mutating func digits() throws(JSONError) {
    let start = at
    while isAtDigit { at += 1 }
    if at == start { throw broken("expected a digit") }
  }

  private mutating func word() throws(JSONError) {
    for word in ["true", "false", "null"] where text[at...].starts(with: word.utf8) {
      at += word.utf8.count
      return
    }
    throw broken("expected a value")
  }

  private var peek: UInt8? { at < text.count ? text[at] : nil }

  private var isAtDigit: Bool {
    peek.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    if peek != UInt8(ascii: byte) { return false }
    at += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x0A, 0x0D, 0x09].contains(byte) { at += 1 }
  }

  private func broken(_ what: String) -> JSONError {
    if at >= text.count { return JSONError(path: "", reason: "ends too early: \(what)") }
    let lines = text[..<at].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let column = String(decoding: lines.last ?? [], as: UTF8.self).unicodeScalars.count + 1
    return JSONError(
      path: "", reason: "is broken at line \(lines.count), column \(column): \(what)")
  }
}
