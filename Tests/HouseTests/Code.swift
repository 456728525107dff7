/// The words of a source text, without its comments and without what its strings say.
///
/// Enough of Swift and of C to count braces and to find names: strings of every form, with the code
/// inside `\(…)` kept as code, and comments, which Swift nests.
struct Code: Sendable {
  struct Token: Sendable {
    let text: String
    /// From 1.
    let line: Int
    /// Nothing stands between it and the token before.
    let isGlued: Bool
  }

  /// Names and numbers, and every other mark by itself.
  let tokens: [Token]

  /// The words of a file of the checkout, read once.
  static func of(_ file: TextFile) -> Code { all[file.path] ?? Code("") }

  private static let all: [String: Code] = {
    let files = Checkout.here.files.filter { ["swift", "c", "h"].contains($0.ending) }
    let codes = files.map { ($0.path, Code($0.text, isC: $0.ending != "swift")) }
    return Dictionary(uniqueKeysWithValues: codes)
  }()

  init(_ text: String, isC: Bool = false) {
    var reader = CodeReader(text, isC: isC)
    reader.read()
    tokens = reader.tokens
  }
}

/// Reads a text byte by byte; ends of strings and comments are its whole knowledge.
private struct CodeReader {
  private(set) var tokens: [Code.Token] = []
  private let bytes: [UInt8]
  private let isC: Bool
  private var place = 0
  private var line = 1
  private var isGlued = false

  init(_ text: String, isC: Bool) {
    bytes = Array(text.utf8)
    self.isC = isC
  }

  private func sees(_ text: StaticString, at offset: Int = 0) -> Bool {
    let start = place + offset
    let end = start + text.utf8CodeUnitCount
    guard end <= bytes.count else { return false }
    return text.withUTF8Buffer { bytes[start..<end].elementsEqual($0) }
  }

  private mutating func skip(_ count: Int = 1) {
    for byte in bytes[place..<min(place + count, bytes.count)] where byte == UInt8(ascii: "\n") {
      line += 1
    }
    place = min(place + count, bytes.count)
  }

  /// Reads code; when it began with `(`, up to the `)` that belongs to it.
  mutating func read(toClosing: Bool = false) {
    var depth = 0
    while place < bytes.count {
      if passBlank() { continue }
      if sees("(") { depth += 1 }
      if sees(")") { depth -= 1 }
      take()
      if toClosing, depth == 0 { return }
    }
  }

  /// Skips blanks, a comment or a string; false when code stands here.
  private mutating func passBlank() -> Bool {
    if sees(" ") || sees("\n") || sees("\t") {
      skip()
    } else if sees("//") {
      while place < bytes.count, !sees("\n") { skip() }
    } else if sees("/*") {
      passComment()
    } else if sees("\"") || sees("#\"") || sees("##\"") {
      passString()
    } else if isC, sees("'") {
      skip(sees("\\", at: 1) ? 3 : 2)
      while place < bytes.count, !sees("'") { skip() }
      skip()
    } else {
      return false
    }
    isGlued = false
    return true
  }

  private mutating func passComment() {
    var depth = 0
    repeat {
      if sees("/*"), depth == 0 || !isC {
        depth += 1
        skip(2)
      } else if sees("*/") {
        depth -= 1
        skip(2)
      } else {
        skip()
      }
    } while depth > 0 && place < bytes.count
  }

  private mutating func passString() {
    let marks = bytes[place...].prefix { $0 == UInt8(ascii: "#") }.count
    skip(marks)
    let quotes = !isC && sees("\"\"\"") ? 3 : 1
    skip(quotes)
    let hashes = [UInt8](repeating: UInt8(ascii: "#"), count: marks)
    let end = [UInt8](repeating: UInt8(ascii: "\""), count: quotes) + hashes
    let escape = [UInt8(ascii: "\\")] + hashes
    while place < bytes.count {
      if bytes[place...].starts(with: end) { return skip(end.count) }
      guard bytes[place...].starts(with: escape) else {
        skip()
        continue
      }
      skip(escape.count)
      if !isC, sees("(") { read(toClosing: true) } else { skip() }
    }
  }

  private mutating func take() {
    func isName(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
        true
      default: false
      }
    }
    let name = bytes[place...].prefix(while: isName)
    let text = String(decoding: name.isEmpty ? bytes[place...place] : name, as: UTF8.self)
    tokens.append(Code.Token(text: text, line: line, isGlued: isGlued))
    skip(text.utf8.count)
    isGlued = true
  }
}
