/// `podshim help`: all commands, or one of them.
enum HelpCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    guard let verb = invocation.operands.first else {
      try Output.show(HelpText.overview())
      return 0
    }
    let command = CommandTable.commands.first { $0.name == verb || $0.aliases.contains(verb) }
    guard let command else {
      let names = CommandTable.commands.filter { $0.group != .hidden }.map(\.name)
      throw UsageError("unknown command \"\(verb)\"\(verb.hint(among: names))")
    }
    try Output.show(HelpText.about(command))
    return 0
  }
}
