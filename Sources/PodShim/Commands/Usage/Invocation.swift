import PodModel

/// One command line, taken apart: the verb, its flags by name, its operands.
///
/// Made by `ArgumentReader` alone, which has checked every word of it against the table.
struct Invocation: Sendable {
  let command: Command
  var operands: [String] = []
  /// What stood after `--`, for a verb that takes a command.
  var arguments: [String] = []
  var asksForHelp = false
  private var values: [String: [String]] = [:]

  init(_ command: Command) {
    self.command = command
  }

  mutating func set(_ flag: Flag, _ value: String) {
    if flag.isRepeatable {
      values[flag.name, default: []].append(value)
    } else {
      values[flag.name] = [value]
    }
  }

  /// The last value; nil when the flag was not given.
  func text(_ flag: Flag) -> String? { values[flag.name]?.last }

  /// All values of a flag that may be repeated.
  func texts(_ flag: Flag) -> [String] { values[flag.name] ?? [] }

  func isGiven(_ flag: Flag) -> Bool { values[flag.name] != nil }

  /// A boolean flag's value, `otherwise` when it was not given.
  func isOn(_ flag: Flag, otherwise: Bool = false) -> Bool {
    text(flag).map { $0 == "true" } ?? otherwise
  }

  /// A whole number; nil when the flag was not given.
  func integer(_ flag: Flag) throws(UsageError) -> Int? {
    guard let text = text(flag) else { return nil }
    guard let number = Int(text) else {
      throw UsageError(
        "invalid argument \"\(text)\" for \"--\(flag.name)\": not a whole number",
        verb: command.name)
    }
    return number
  }

  /// A length of time such as `5s` or `1h30m`; nil when the flag was not given.
  func duration(_ flag: Flag) throws(UsageError) -> Duration? {
    guard let text = text(flag) else { return nil }
    guard let duration = Duration(go: text) else {
      throw usage(
        "invalid argument \"\(text)\" for \"--\(flag.name)\": write a duration such as 5s, 2m"
          + " or 1h30m")
    }
    return duration
  }

  func usage(_ message: String) -> UsageError { UsageError(message, verb: command.name) }
}
