/// A file of variables that one container writes for the next: `KEY='any text'` or `KEY=word`, a
/// line each.
///
/// Text in single quotes is taken as it is, over several lines too. Blank lines and those that
/// begin with `#` do not count, nor does what follows a value after ` #`. The limits are the
/// kubelet's.
enum EnvironmentFile {
  struct Problem: Error, CustomStringConvertible {
    var description: String
  }

  private static let longestKey = 128
  private static let longestValue = 32 << 10

  /// nil when the file does not have the key; of two lines the first counts. Nothing is checked
  /// beyond it.
  static func value(of key: String, in bytes: [UInt8]) throws(Problem) -> String? {
    if key.utf8.count > longestKey {
      throw Problem(description: "key \(key.quoted) is longer than \(longestKey) bytes")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Problem(description: "is not UTF-8")
    }
    var lines = Lines(text)
    while let line = lines.next() {
      if line.isEmpty || line.first == "#" { continue }
      guard let equals = line.firstIndex(of: "=") else { throw lines.problem("missing '='") }
      let name = line[..<equals]
      if name.isEmpty { throw lines.problem("empty variable name") }
      if name.last?.isBlank == true { throw lines.problem("whitespace before '=' is not allowed") }
      let value = try lines.value(line[line.index(after: equals)...])
      guard name == key else { continue }
      if value.utf8.count > longestValue {
        throw lines.problem("value is longer than \(longestValue) bytes")
      }
      return value
    }
    return nil
  }

  /// The lines of a file, counted.
  private struct Lines {
    private var rest: ArraySlice<Substring>
    private var number = 0

    init(_ text: String) {
      // CR LF is one character of Swift's.
      rest = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }[...]
    }

    mutating func next() -> Substring? {
      guard let line = rest.popFirst() else { return nil }
      number += 1
      return line.drop(while: \.isBlank)
    }

    func problem(_ reason: String) -> Problem {
      Problem(description: "invalid environment variable format at line \(number): \(reason)")
    }

    mutating func value(_ text: Substring) throws(Problem) -> String {
      guard text.first == "'" else { return try word(text) }
      let start = number
      var value = ""
      var line = text.dropFirst()
      while true {
        if let end = line.firstIndex(of: "'") {
          let after = line[line.index(after: end)...].drop(while: \.isBlank)
          if !after.isEmpty, after.first != "#" {
            throw problem("unexpected content after closing quote")
          }
          return value + line[..<end]
        }
        value += line + "\n"
        guard let next = rest.popFirst() else {
          number = start
          throw problem("unclosed single quote")
        }
        number += 1
        line = next
      }
    }

    /// As a shell takes a word without quotes: up to the first blank.
    private func word(_ text: Substring) throws(Problem) -> String {
      let word = text.prefix { !$0.isBlank }
      let after = text[word.endIndex...].drop(while: \.isBlank)
      if word.contains("'") || word.contains("\"") {
        throw problem("value must be enclosed in single quotes")
      }
      if !word.isEmpty, !after.isEmpty, after.first != "#" {
        throw problem("value with blanks must be enclosed in single quotes")
      }
      return String(word)
    }
  }
}

extension Character {
  fileprivate var isBlank: Bool { self == " " || self == "\t" }
}
