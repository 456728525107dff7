/// Reads JSON into trees that remember their lines; several objects may follow one another.
///
/// YAML's parser reads most JSON too, but neither characters written as two `\u` escapes nor keys
/// of more than a kilobyte, and its complaints speak of YAML.
struct JSONReader {
  private let bytes: [UInt8]
  private let file: String?
  private var offset = 0
  private var line = 1
  /// The column of the byte at `counted`; from there it is counted on.
  private var column = 1
  private var counted = 0
  private(set) var problems: [PodError] = []

  init(_ bytes: [UInt8], file: String?) {
    self.bytes = bytes
    self.file = file
  }

  /// The next object of the text, or nil at its end.
  mutating func document() throws(PodError) -> Node? {
    skipSpace()
    if offset == bytes.count { return nil }
    return try value(depth: 1)
  }

  private mutating func value(depth: Int) throws(PodError) -> Node {
    skipSpace()
    let mark = mark()
    if depth > YAMLText.maximumDepth {
      throw error("nested more than \(YAMLText.maximumDepth) levels deep")
    }
    var node: Node
    switch peek {
    case UInt8(ascii: "{"): node = try object(depth: depth)
    case UInt8(ascii: "["): node = try array(depth: depth)
    case UInt8(ascii: "\""): node = .string(try string())
    default: node = try word()
    }
    node.mark = mark
    return node
  }

  private mutating func object(depth: Int) throws(PodError) -> Node {
    var entries: [Node.Entry] = []
    var places: [String: Mark] = [:]
    try list("}") { (reader) throws(PodError) in
      let mark = reader.mark()
      guard reader.peek == UInt8(ascii: "\"") else {
        throw reader.error("a key in double quotes is missing")
      }
      let key = try reader.string()
      reader.skipSpace()
      guard reader.take(":") else { throw reader.error("`:` is missing after the key") }
      let value = try reader.value(depth: depth + 1)
      if let first = places[key] {
        reader.problems.append(
          PodError(
            file: reader.file, mark: mark,
            message: "key `\(key)` already set in line \(first.line), column \(first.column)"))
      } else {
        places[key] = mark
        entries.append(Node.Entry(key, value, keyMark: mark))
      }
    }
    return .mapping(entries)
  }

  private mutating func array(depth: Int) throws(PodError) -> Node {
    var items: [Node] = []
    try list("]") { (reader) throws(PodError) in
      items.append(try reader.value(depth: depth + 1))
    }
    return .sequence(items)
  }

  private mutating func list(
    _ close: Unicode.Scalar, _ item: (inout Self) throws(PodError) -> Void
  ) throws(PodError) {
    offset += 1
    skipSpace()
    if take(close) { return }
    while true {
      skipSpace()
      try item(&self)
      skipSpace()
      if take(close) { return }
      guard take(",") else { throw error("`,` or `\(close)` is missing") }
    }
  }

  /// A number, or one of the three words.
  private mutating func word() throws(PodError) -> Node {
    let rest = bytes[offset...]
    let text = String(
      decoding: rest.prefix { $0 > 0x20 && !",:[]{}\"".utf8.contains($0) }, as: UTF8.self)
    let kind: Scalar.Kind
    switch text {
    case "null": kind = .null
    case "true": kind = .bool(true)
    case "false": kind = .bool(false)
    case "": throw error("a value is missing")
    default:
      guard Self.isNumber(text), let number = Double(text) else {
        throw error("`\(text)` is no JSON value: write it in double quotes")
      }
      kind = Int64(text).map(Scalar.Kind.integer) ?? .float(number)
    }
    offset += text.utf8.count
    return Node(.scalar(Scalar(kind, text: text)))
  }

  private static func isNumber(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard let first = digits.utf8.first, (0x30...0x39).contains(first) else { return false }
    if first == 0x30, let second = digits.utf8.dropFirst().first {
      return ".eE".utf8.contains(second)
    }
    return digits.utf8.allSatisfy { "0123456789.eE+-".utf8.contains($0) }
  }

  private mutating func string() throws(PodError) -> String {
    offset += 1
    var text: [UInt8] = []
    while let byte = peek, byte >= 0x20 {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw error("not UTF-8 text: save the file as UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): text += try escape().utf8
      default: text.append(byte)
      }
    }
    throw error("a string does not end in its line")
  }

  private mutating func escape() throws(PodError) -> String {
    guard let byte = peek else { throw error("a string does not end") }
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return String(UnicodeScalar(byte))
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error("unknown escape `\\\(UnicodeScalar(byte))`")
    }
  }

  /// One `\u` escape, or two that together name one character.
  private mutating func unicodeEscape() throws(PodError) -> String {
    let first = try codeUnit()
    if UTF16.isLeadSurrogate(first), take("\\"), take("u") {
      return String(decoding: [first, try codeUnit()], as: UTF16.self)
    }
    return String(decoding: [first], as: UTF16.self)
  }

  private mutating func codeUnit() throws(PodError) -> UInt16 {
    let digits = String(decoding: bytes[offset...].prefix(4), as: UTF8.self)
    guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit),
      let unit = UInt16(digits, radix: 16)
    else { throw error("four hexadecimal digits are missing after `\\u`") }
    offset += 4
    return unit
  }

  private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let byte = peek, UInt32(byte) == character.value else { return false }
    offset += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, " \t\r\n".utf8.contains(byte) {
      offset += 1
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
        counted = offset
      }
    }
  }

  private mutating func mark() -> Mark {
    column += bytes[counted..<offset].count { $0 & 0xc0 != 0x80 }
    counted = offset
    return Mark(line: line, column: column)
  }

  private mutating func error(_ message: String) -> PodError {
    PodError(file: file, mark: mark(), message: message)
  }
}
