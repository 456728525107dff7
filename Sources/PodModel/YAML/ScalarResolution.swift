extension Scalar {
  /// What a YAML scalar says, as go-yaml v2 resolves it for kubectl: YAML 1.1 words and numbers
  /// when it is plain, a string when it is quoted. Nil when `tag` demands what `text` is not.
  init?(_ text: String, isPlain: Bool, tag: String?) {
    switch tag {
    case nil where isPlain: self.init(Self.plainKind(text), text: text)
    case nil, "!", "tag:yaml.org,2002:str": self.init(.string, text: text)
    case "tag:yaml.org,2002:binary":
      guard case .success(let data) = Base64.decoding(text.filter { !$0.isWhitespace }) else {
        return nil
      }
      self.init(.string, text: String(decoding: data.bytes, as: UTF8.self))
    case .some(let tag):
      let kind = Self.plainKind(text)
      switch (tag, kind) {
      case ("tag:yaml.org,2002:null", .null), ("tag:yaml.org,2002:bool", .bool),
        ("tag:yaml.org,2002:int", .integer), ("tag:yaml.org,2002:float", .float):
        self.init(kind, text: text)
      case ("tag:yaml.org,2002:float", .integer(let value)):
        self.init(.float(Double(value)), text: text)
      default: return nil
      }
    }
  }

  /// What `text` is when it stands without quotes.
  static func plainKind(_ text: String) -> Kind {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y":
      return .bool(true)
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N":
      return .bool(false)
    case ".nan", ".NaN", ".NAN": return .float(.nan)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
    default: return number(text) ?? .string
    }
  }

  /// Integers in base 2, 8, 10 and 16, and decimal fractions; `_` may stand between digits.
  private static func number(_ text: String) -> Kind? {
    guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else { return nil }
    let plain = text.filter { $0 != "_" }
    if let value = integer(plain) { return .integer(value) }
    return isDecimal(plain) ? Double(plain).map(Kind.float) : nil
  }

  private static func integer(_ text: String) -> Int64? {
    var digits = Substring(text)
    var sign = ""
    if let first = digits.first, first == "+" || first == "-" {
      sign = String(first)
      digits.removeFirst()
    }
    guard let first = digits.utf8.first, (0x30...0x39).contains(first) else { return nil }
    let lower = digits.lowercased()
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where lower.hasPrefix(prefix) {
      guard let next = lower.dropFirst(2).first, next.isHexDigit else { return nil }
      return Int64(sign + lower.dropFirst(2), radix: radix)
    }
    let radix = digits.count > 1 && digits.hasPrefix("0") ? 8 : 10
    return Int64(sign + digits, radix: radix)
  }

  /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
  private static func isDecimal(_ text: String) -> Bool {
    var rest = Substring(text).utf8
    func skip(_ set: String) -> Int {
      let found = rest.prefix { set.utf8.contains($0) }.count
      rest = rest.dropFirst(found)
      return found
    }
    func skipOne(_ set: String) -> Bool {
      guard let first = rest.first, set.utf8.contains(first) else { return false }
      rest = rest.dropFirst()
      return true
    }
    let digits = "0123456789"
    _ = skipOne("+-")
    let whole = skip(digits)
    let fraction = skipOne(".") ? skip(digits) : 0
    guard whole + fraction > 0 else { return false }
    if skipOne("eE") {
      _ = skipOne("+-")
      guard skip(digits) > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// A number as JSON and YAML write it: whole numbers without a fraction.
  static func text(of value: Double) -> String {
    if value.isNaN { return ".nan" }
    if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
    if let whole = Int64(exactly: value) { return String(whole) }
    return "\(value)"
  }
}
