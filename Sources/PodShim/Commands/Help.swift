/// `podshim help`: all commands, one of them, or a topic; `podshim man DIR`: the manual pages.
enum HelpCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    guard let word = invocation.operands.first else {
      try Output.show(HelpText.overview())
      return 0
    }
    let commands = CommandTable.commands
    if let command = commands.first(where: { $0.name == word || $0.aliases.contains(word) }) {
      try Output.show(HelpText.about(command))
    } else if let topic = HelpTopic.all.first(where: { $0.name == word }) {
      try Output.show(HelpText.about(topic))
    } else {
      let names = commands.filter { $0.group != .hidden }.map(\.name) + HelpTopic.all.map(\.name)
      throw UsageError("unknown command \"\(word)\"\(word.hint(among: names))")
    }
    return 0
  }

  static func writeManual(_ invocation: Invocation) throws -> CInt {
    let folder = invocation.operands[0]
    try Files.makeDirectories(folder)
    for (file, text) in ManPage.all() { try Files.writeText(text, to: "\(folder)/\(file)") }
    return 0
  }
}
