/// A walk over JSON text that says where the text breaks, and where its numbers stand.
///
/// The decoder that we use reports neither. The walk runs only after it has failed, so it is written
/// to be short, and judges by RFC 8259 alone.
struct JSONWalk {
  private let text: [UInt8]
  private var at = 0
  private var path = ""
  private var depth = 0
  /// Every number met so far, in the order of the text.
  private(set) var numbers: [(path: String, range: Range<Int>)] = []

  init(_ text: [UInt8]) {
    self.text = text
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
    case UInt8(ascii: "\""): _ = try string()
    case UInt8(ascii: "-"): try number()
    case _ where isAtDigit: try number()
    default: try word()
    }
  }

  private mutating func object() throws(JSONError) {
    try nested(closedBy: "}") { (walk, _) throws(JSONError) in
      walk.skipSpace()
      if walk.peek != UInt8(ascii: "\"") { throw walk.broken("expected a key in quotes") }
      let key = try walk.string()
      walk.skipSpace()
      if !walk.take(":") { throw walk.broken("expected `:`") }
      walk.path = JSONError.join(walk.path, member: key)
      try walk.value()
    }
  }

  private mutating func list() throws(JSONError) {
    try nested(closedBy: "]") { (walk, index) throws(JSONError) in
      walk.path += "[\(index)]"
      try walk.value()
    }
  }

  /// The members of an object or a list: the same but for what a member is.
  private mutating func nested(
    closedBy close: Unicode.Scalar,
    member: (inout JSONWalk, _ index: Int) throws(JSONError) -> Void
  ) throws(JSONError) {
    at += 1
    depth += 1
    if depth > 512 { throw broken("nested more than 512 deep") }
    defer { depth -= 1 }
    skipSpace()
    if take(close) { return }
    let outer = path
    var index = 0
    while true {
      try member(&self, index)
      path = outer
      index += 1
      skipSpace()
      if take(close) { return }
      if !take(",") { throw broken("expected `,` or `\(close)`") }
    }
  }

  private mutating func string() throws(JSONError) -> String {
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
    return String(decoding: text[start + 1..<at - 1], as: UTF8.self)
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
    numbers.append((path, start..<at))
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
