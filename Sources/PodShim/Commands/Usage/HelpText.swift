/// What `podshim help` prints, from the table alone.
enum HelpText {
  /// All verbs, by group, each with its line.
  static func overview(
    _ commands: [Command] = CommandTable.commands, common: [Flag] = CommandTable.commonFlags
  ) -> String {
    let width = commands.filter { $0.group != .hidden }.map(\.name.count).max() ?? 0
    var text = "podshim runs Kubernetes Pods on this host with crun or runc.\n"
    for group in Command.Group.allCases where group != .hidden {
      text += "\n\(group.rawValue):\n"
      for command in commands where command.group == group {
        text += "  \(command.name.padded(to: width))   \(command.summary)\n"
      }
    }
    text += "\nFlags of every command:\n" + flags(common)
    text += "\nTopics:\n" + table(HelpTopic.all.map { ($0.name, $0.title) })
    text += "\nUsage: podshim COMMAND [ARGUMENTS] [FLAGS]\n"
    return text + "'podshim help COMMAND' says more about one of them, or about a topic.\n"
  }

  static func about(_ topic: HelpTopic) -> String {
    let remark = topic.remark.isEmpty ? "" : "\n\(topic.remark)\n"
    return "\(topic.title).\n\n" + table(topic.rows) + remark
  }

  /// One verb: what it is for, how it is written, examples, flags.
  static func about(_ command: Command, common: [Flag] = CommandTable.commonFlags) -> String {
    var text = "\(command.summary).\n"
    if !command.description.isEmpty { text += "\n\(command.description)\n" }
    let synopsis = command.synopsis.isEmpty ? "" : " " + command.synopsis
    text += "\nUsage: podshim \(command.name)\(synopsis)\n"
    if !command.aliases.isEmpty {
      text += "Also called: \(command.aliases.joined(separator: ", "))\n"
    }
    if !command.examples.isEmpty {
      text += "\nExamples:\n" + command.examples.map { "  \($0)\n" }.joined()
    }
    if !command.flags.isEmpty { text += "\nFlags:\n" + flags(command.flags) }
    return command.isRaw ? text : text + "\nFlags of every command:\n" + flags(common)
  }

  private static func flags(_ flags: [Flag]) -> String {
    table(flags.filter { !$0.isHidden }.map { ($0.synopsis, $0.summary) })
  }

  private static func table(_ rows: [(word: String, meaning: String)]) -> String {
    let width = rows.map(\.word.count).max() ?? 0
    return rows.map { "  \($0.word.padded(to: width))   \($0.meaning)\n" }.joined()
  }
}

extension String {
  /// With blanks behind it, `width` characters long at least.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
