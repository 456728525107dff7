import PodModel

/// The headers of a message, in their order, several of one name kept.
///
/// Names are brought into the form in which Go sends them (`X-Request-Id`); nobody may tell the
/// difference, because they mean the same in any case.
struct HTTPHeaders: Equatable {
  private(set) var entries: [Entry] = []

  struct Entry: Equatable {
    let name: String
    var value: String
  }

  init() {}

  init(_ headers: [HTTPHeader]) {
    for header in headers { add(header.name, header.value) }
  }

  mutating func add(_ name: String, _ value: String) {
    entries.append(
      Entry(name: HTTPHeaders.canonical(name), value: HTTPHeaders.trimmed(value[...])))
  }

  /// Replaces all of the name.
  mutating func set(_ name: String, _ value: String) {
    remove(name)
    add(name, value)
  }

  mutating func remove(_ name: String) {
    let name = HTTPHeaders.canonical(name)
    entries.removeAll { $0.name == name }
  }

  /// Adds to the last one: a line that goes on.
  mutating func extendLast(_ text: Substring) {
    guard !entries.isEmpty else { return }
    entries[entries.count - 1].value += " " + HTTPHeaders.trimmed(text)
  }

  /// The first of the name.
  subscript(_ name: String) -> String? {
    let name = HTTPHeaders.canonical(name)
    return entries.first { $0.name == name }?.value
  }

  /// Whether a list such as `Connection: close, te` has the word.
  func lists(_ word: String, in name: String) -> Bool {
    let name = HTTPHeaders.canonical(name)
    return entries.contains { entry in
      entry.name == name
        && entry.value.split(separator: ",").contains {
          HTTPHeaders.trimmed($0).lowercased() == word
        }
    }
  }

  /// `content-TYPE` → `Content-Type`
  static func canonical(_ name: String) -> String {
    let words = name.split(separator: "-", omittingEmptySubsequences: false)
    return words.map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }
      .joined(separator: "-")
  }

  static func trimmed(_ text: Substring) -> String {
    let isBlank = { (character: Character) in character == " " || character == "\t" }
    var text = text.drop(while: isBlank)
    while let last = text.last, isBlank(last) { text.removeLast() }
    return String(text)
  }
}
