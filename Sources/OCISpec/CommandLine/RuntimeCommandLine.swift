/// A command line for an OCI runtime, taken apart: however it was written, it means the same.
///
/// Runtimes differ in what they take: flags behind the id (Slurm), a single dash before a long name
/// (containerd), the same flag twice (conmon-rs, podman). Here all of that is understood.
public struct RuntimeCommandLine: Equatable, Sendable {
  /// What stood before the verb.
  public var globals: [GivenFlag] = []
  /// nil for `--version` and its like.
  public var verb: RuntimeVerb?
  public var flags: [GivenFlag] = []
  /// The id first.
  public var operands: [String] = []

  /// Words that no runtime is known to understand: let the runtime say so in its own way.
  public struct NotUnderstood: Error, Equatable {
    public var word: String
    /// What the rest of the command line says.
    public var read: RuntimeCommandLine
  }

  /// One that says nothing.
  public static let none = RuntimeCommandLine()

  private init() {}

  /// - Parameter arguments: without the program.
  public init(_ arguments: [String]) throws(NotUnderstood) {
    if let strange = read(arguments) { throw NotUnderstood(word: strange, read: self) }
  }

  /// Answers the first word that no runtime is known to understand, and reads on behind it.
  private mutating func read(_ arguments: [String]) -> String? {
    var rest = arguments[...]
    var known = RuntimeVerb.globalFlags
    var strange: String?
    while let word = rest.popFirst() {
      if verb != nil, endsFlags(word) {
        operands += word == "--" ? Array(rest) : [word] + rest
        rest = []
      } else if word.hasPrefix("-"), word.utf8.count > 1 {
        let given = RuntimeCommandLine.flags(word, among: known, next: &rest)
        if given == nil { strange = strange ?? word }
        if verb == nil { globals += given ?? [] } else { flags += given ?? [] }
      } else if verb != nil {
        operands.append(word)
      } else if let verb = RuntimeVerb.named(word) {
        self.verb = verb
        known = verb.flags
      } else {
        return word
      }
    }
    globals = RuntimeCommandLine.once(globals)
    flags = RuntimeCommandLine.once(flags)
    return strange
  }

  /// The words of a command line that was not understood, without those that only podshim knows.
  public static func withoutOurs(_ arguments: [String]) -> [String] {
    var kept: [String] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "--runtime" {
        rest = rest.dropFirst()
      } else if !word.hasPrefix("--runtime=") {
        kept.append(word)
      }
      // Behind the verb nothing is ours.
      if !word.hasPrefix("-"), RuntimeVerb.named(word) != nil { return kept + rest }
    }
    return kept
  }

  /// The value of a flag of the verb; nil when it was not given.
  public func value(_ name: String) -> String? { flags.value(name) }

  /// The container's id.
  public var id: String? { operands.first }

  private func endsFlags(_ word: String) -> Bool {
    if word == "--" { return true }
    return verb?.endsAtFirstOperand == true && (word == "-" || !word.hasPrefix("-"))
  }

  /// The flags of one word: several when letters share a dash; nil when it is none that is known.
  private static func flags(
    _ word: String, among known: [RuntimeFlag], next rest: inout ArraySlice<String>
  ) -> [GivenFlag]? {
    let isLong = word.hasPrefix("--")
    let text = word.dropFirst(isLong ? 2 : 1)
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let value = parts.count == 2 ? String(parts[1]) : nil
    if let flag = known.first(where: { $0.name == parts[0] }) {
      return given(flag, value, next: &rest).map { [$0] }
    }
    return isLong ? nil : letters(text, among: known, next: &rest)
  }

  /// `-it`, `-b DIR`, `-bDIR`, `-b=DIR`.
  private static func letters(
    _ text: Substring, among known: [RuntimeFlag], next rest: inout ArraySlice<String>
  ) -> [GivenFlag]? {
    var all: [GivenFlag] = []
    var text = text
    while let letter = text.popFirst() {
      guard let flag = known.first(where: { $0.letters.contains(letter) }) else { return nil }
      var value: String?
      if flag.takesValue || text.first == "=", !text.isEmpty {
        value = String(text.first == "=" ? text.dropFirst() : text)
        text = ""
      }
      guard let given = given(flag, value, next: &rest) else { return nil }
      all.append(given)
    }
    return all
  }

  /// nil where a value is missing, or is none that a word can have.
  private static func given(
    _ flag: RuntimeFlag, _ value: String?, next rest: inout ArraySlice<String>
  ) -> GivenFlag? {
    if flag.takesValue { return (value ?? rest.popFirst()).map { GivenFlag(flag, $0) } }
    var given = GivenFlag(flag)
    switch value {
    case nil, "true", "1": break
    case "false", "0": given.isOff = true
    default: return nil
    }
    return given
  }

  /// Of a flag that counts once, the last: none when that takes it back or is empty, which to
  /// runtimes is as if it were not there.
  private static func once(_ given: [GivenFlag]) -> [GivenFlag] {
    given.enumerated().filter { index, one in
      let isLast = !given[(index + 1)...].contains { $0.flag == one.flag }
      return one.value != "" && !one.isOff && (isLast || one.flag.isRepeatable)
    }.map(\.element)
  }
}

extension [GivenFlag] {
  /// The value of the flag `name`; nil when it was not given.
  public func value(_ name: String) -> String? { last { $0.flag.name == name }?.value }

  public func has(_ name: String) -> Bool { contains { $0.flag.name == name } }
}
