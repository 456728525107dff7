import PodModel

/// Takes a command line apart by the table of commands.
///
/// Flags may stand anywhere and be written `--x v`, `--x=v`, `-xv`, `-x v`, `-x=v`; short boolean
/// flags may share a dash; `--` ends the flags. Before the verb only flags that every verb has can
/// stand: of the others nobody could tell yet whether they take a value.
struct ArgumentReader {
  private let commands: [Command]
  private let common: [Flag]
  private var rest: ArraySlice<String>
  private var early: [(flag: Flag, value: String)] = []
  private var invocation: Invocation?

  private init(_ arguments: [String], _ commands: [Command], _ common: [Flag]) {
    rest = arguments[...]
    self.commands = commands
    self.common = common
  }

  /// - Parameters:
  ///   - arguments: without the program's name.
  ///   - common: flags that every verb has.
  static func read(
    _ arguments: [String], commands: [Command] = CommandTable.commands,
    common: [Flag] = CommandTable.commonFlags
  ) throws(UsageError) -> Invocation {
    var reader = ArgumentReader(arguments, commands, common)
    return try reader.read()
  }

  private mutating func read() throws(UsageError) -> Invocation {
    while let word = rest.popFirst() {
      if invocation?.command.isRaw == true {
        invocation?.operands.append(word)
      } else if word == "--" {
        try readAfterDashes()
      } else if word.hasPrefix("--") {
        try readLong(word.dropFirst(2))
      } else if word.hasPrefix("-"), word != "-" {
        try readShort(word)
      } else {
        try readOperand(word)
      }
    }
    guard let invocation else {
      // Only flags: `--help` is the one that makes sense alone.
      return try ArgumentReader.read(["help"], commands: commands, common: common)
    }
    try checkOperands(invocation)
    return invocation
  }

  private mutating func readOperand(_ word: String) throws(UsageError) {
    if invocation != nil {
      invocation?.operands.append(word)
      return
    }
    guard let command = commands.first(where: { $0.name == word || $0.aliases.contains(word) })
    else {
      let names = commands.filter { $0.group != .hidden }.flatMap { [$0.name] + $0.aliases }
      throw UsageError("unknown command \"\(word)\"\(word.hint(among: names))")
    }
    invocation = Invocation(command)
    for (flag, value) in early { set(flag, value) }
  }

  private mutating func readAfterDashes() throws(UsageError) {
    if invocation?.command.takesCommand == true {
      invocation?.arguments = Array(rest)
      rest = []
    } else {
      while let word = rest.popFirst() { try readOperand(word) }
    }
  }

  private func checkOperands(_ invocation: Invocation) throws(UsageError) {
    let command = invocation.command
    let count = invocation.operands.count
    if invocation.asksForHelp || command.isRaw { return }
    if count < command.operands.lowerBound {
      throw invocation.usage("\(command.name) wants \(command.synopsis)")
    }
    if count > command.operands.upperBound {
      let first = invocation.operands[command.operands.upperBound]
      let hint = command.takesCommand ? ": a command stands after --" : ""
      throw invocation.usage("unexpected argument \"\(first)\"\(hint)")
    }
  }
}

// MARK: Flags

extension ArgumentReader {
  private var known: [Flag] { (invocation?.command.flags ?? []) + common }

  private mutating func readLong(_ text: Substring) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let flag = known.first(where: { $0.name == name }) else { throw unknownLong(name) }
    if parts.count == 2 {
      try take(flag, String(parts[1]))
    } else if let implied = flag.value == .boolean ? "true" : flag.implied {
      set(flag, implied)
    } else {
      try takeNext(flag, "flag needs an argument: --\(name)")
    }
  }

  private mutating func readShort(_ word: String) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let flag = known.first(where: { $0.short == letter }) else {
        throw unknown("unknown shorthand flag: '\(letter)' in \(word)")
      }
      if letters.first == "=" {
        return try take(flag, String(letters.dropFirst()))
      } else if flag.value == .boolean {
        set(flag, "true")
      } else if letters.isEmpty {
        return try takeNext(flag, "flag needs an argument: '\(letter)' in \(word)")
      } else {
        return try take(flag, String(letters))
      }
    }
  }

  private mutating func takeNext(_ flag: Flag, _ complaint: String) throws(UsageError) {
    guard let value = rest.popFirst() else {
      throw UsageError(complaint, verb: invocation?.command.name)
    }
    try take(flag, value)
  }

  private mutating func take(_ flag: Flag, _ value: String) throws(UsageError) {
    switch flag.value {
    case .text:
      set(flag, value)
    case .boolean:
      let meaning = ["true": "true", "1": "true", "false": "false", "0": "false"][value]
      guard let meaning else { throw refused(flag, value, ["true", "false"]) }
      set(flag, meaning)
    case .choice(let words):
      guard words.contains(value) else { throw refused(flag, value, words) }
      set(flag, value)
    }
  }

  private mutating func set(_ flag: Flag, _ value: String) {
    if invocation == nil {
      early.append((flag, value))
    } else if flag == CommandTable.help {
      invocation?.asksForHelp = value == "true"
    } else {
      invocation?.set(flag, value)
    }
  }

  private func refused(_ flag: Flag, _ value: String, _ words: [String]) -> UsageError {
    UsageError(
      "invalid argument \"\(value)\" for \"--\(flag.name)\"\(value.hint(among: words)): "
        + "allowed are \(words.joined(separator: ", "))", verb: invocation?.command.name)
  }

  private func unknownLong(_ name: String) -> UsageError {
    let names = known.filter { !$0.isHidden }.map(\.name)
    return unknown("unknown flag: --\(name)", name.hint(among: names, prefix: "--"))
  }

  /// A flag that stands before the verb may well be one of the verb's.
  private func unknown(_ message: String, _ hint: String = "") -> UsageError {
    guard let invocation else {
      return UsageError(message + (hint.isEmpty ? " (a verb's own flags stand after it)" : hint))
    }
    return invocation.usage(message + hint)
  }
}

extension String {
  /// ` (did you mean "get"?)` when one of the words is near, else nothing.
  func hint(among words: [String], prefix: String = "") -> String {
    nearest(in: words).map { " (did you mean \"\(prefix)\($0)\"?)" } ?? ""
  }
}
