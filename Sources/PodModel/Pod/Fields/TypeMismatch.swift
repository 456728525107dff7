/// The complaint about a value of the wrong type, with the text that would have been right.
///
/// YAML turns `yes`, `0755` and `6379` into booleans and integers behind the writer's back; the
/// message shows what was understood and how to say it otherwise.
struct TypeMismatch {
  var wants: String
  var found: Node

  var message: String {
    let correction = correction.map { ": \($0)" } ?? ""
    return "wants \(wants), found \(what)\(correction)"
  }

  private var what: String {
    guard case .scalar(let scalar) = found.content else {
      if case .sequence = found.content { return "a list" }
      return "a map"
    }
    switch scalar.kind {
    case .null: return "nothing"
    case .bool: return "the boolean \(scalar.text)"
    case .integer: return "the integer \(scalar.text)"
    case .float: return "the number \(scalar.text)"
    case .string where isLong(scalar):
      return "the string \(String(scalar.text.prefix(40)).quoted)…"
    case .string: return "the string \(scalar.text.quoted)"
    }
  }

  private var correction: String? {
    switch found.content {
    case .mapping: wants == "a list" ? "begin each item with `- `" : nil
    case .sequence: wants == "a map" ? "leave out the `- `" : nil
    case .scalar(let scalar): text(for: scalar).map { "write \($0)" }
    }
  }

  private func isLong(_ scalar: Scalar) -> Bool { scalar.text.utf8.count > 200 }

  private func text(for scalar: Scalar) -> String? {
    if isLong(scalar) { return nil }
    switch (wants, scalar.kind) {
    case ("a string", .null): return "\"\""
    case ("a string", _): return scalar.text.quoted
    case ("an integer", .string): return Int64(scalar.text).map(String.init)
    case ("an integer", .float(let value)): return Int64(exactly: value).map(String.init)
    case ("a boolean", .string):
      let word = scalar.text.lowercased()
      if ["true", "yes", "on"].contains(word) { return "true" }
      return ["false", "no", "off"].contains(word) ? "false" : nil
    case ("a list", .string): return words(of: scalar.text)
    case ("a list", _): return "[\(scalar.text)]"
    default: return nil
    }
  }

  /// The words of a command line; only a shell could take one with quotes apart.
  private func words(of text: String) -> String? {
    if text.contains(where: { "'\"\\$|&;<>\n".contains($0) }) { return nil }
    return "[" + text.split(separator: " ").map { String($0).quoted }.joined(separator: ", ") + "]"
  }
}
