/// One flag of the command line: how it is written, whether it takes a value, what it is for.
///
/// Parsing, `help`, usage errors and the manual pages all read this; flags are told apart by their
/// long names.
struct Flag: Equatable, Sendable {
  /// Without the dashes.
  let name: String
  var short: Character?
  let value: Value
  /// One line, without a full stop.
  let summary: String
  /// Given more than once, all values count; else the last one.
  var isRepeatable = false
  var isHidden = false
  /// What it says when it is written without a value, which then has to stand behind `=`.
  var implied: String?

  enum Value: Equatable, Sendable {
    /// Off unless given; `--x=false` takes it back.
    case boolean
    /// Any text; the word stands for it in `help`.
    case text(String)
    /// One of these.
    case choice([String])
  }

  init(
    _ name: String, _ short: Character?, _ value: Value, _ summary: String,
    isRepeatable: Bool = false, isHidden: Bool = false, implied: String? = nil
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.summary = summary
    self.isRepeatable = isRepeatable
    self.isHidden = isHidden
    self.implied = implied
  }

  /// A boolean flag.
  init(_ name: String, _ short: Character?, _ summary: String) {
    self.init(name, short, .boolean, summary)
  }

  /// `-n, --namespace NAMESPACE`
  var synopsis: String {
    let long = "--\(name)"
    let both = short.map { "-\($0), \(long)" } ?? "    \(long)"
    return placeholder.map { implied == nil ? "\(both) \($0)" : "\(both)[=\($0)]" } ?? both
  }

  private var placeholder: String? {
    switch value {
    case .boolean: nil
    case .text(let word): word
    case .choice(let words): words.joined(separator: "|")
    }
  }
}
