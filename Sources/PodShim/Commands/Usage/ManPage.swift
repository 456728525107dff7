/// Manual pages, from the table alone: one of the program, one of each verb.
///
/// Written in the macros of man(7), which every reader of manual pages knows.
enum ManPage {
  /// The pages by the names of their files.
  static func all() -> [(file: String, text: String)] {
    let commands = CommandTable.commands.filter { $0.group != .hidden }
    return [("podshim.1", overview(commands))]
      + commands.map { ("podshim-\($0.name).1", about($0)) }
  }

  private static func overview(_ commands: [Command]) -> String {
    var page = Roff(title: "PODSHIM")
    page.section("NAME")
    page.line("podshim \\- run Kubernetes Pods on this host with crun or runc")
    page.section("SYNOPSIS")
    page.text("podshim COMMAND [ARGUMENTS] [FLAGS]")
    page.section("DESCRIPTION")
    page.text(
      "podshim takes the manifests of Kubernetes Pods and runs them on one host, with no daemon: "
        + "each pod has a supervisor, which does what a kubelet does for it.")
    for group in Command.Group.allCases where group != .hidden {
      page.section(group.rawValue.uppercased())
      for command in commands where command.group == group {
        page.entry("podshim-\(command.name)(1)", command.summary)
      }
    }
    page.section("FLAGS OF EVERY COMMAND")
    page.flags(CommandTable.commonFlags)
    for topic in HelpTopic.all {
      page.section(topic.name.replacing("-", with: " ").uppercased())
      for (word, meaning) in topic.rows { page.entry(word, meaning) }
      if !topic.remark.isEmpty {
        page.paragraph()
        page.text(topic.remark)
      }
    }
    page.section("SEE ALSO")
    page.line("crun(1), runc(8), skopeo(1), containers\\-registries.conf(5)")
    return page.source
  }

  private static func about(_ command: Command) -> String {
    let name = "podshim-\(command.name)"
    var page = Roff(title: name.uppercased())
    page.section("NAME")
    page.line("\(Roff.escaped(name)) \\- \(Roff.escaped(command.summary))")
    page.section("SYNOPSIS")
    let synopsis = command.synopsis.isEmpty ? "" : " " + command.synopsis
    page.text("podshim \(command.name)\(synopsis)")
    if !command.description.isEmpty {
      page.section("DESCRIPTION")
      page.text(command.description)
    }
    if !command.aliases.isEmpty {
      page.section("ALSO CALLED")
      page.text(command.aliases.joined(separator: ", "))
    }
    if !command.flags.isEmpty {
      page.section("FLAGS")
      page.flags(command.flags)
    }
    if !command.isRaw {
      page.section("FLAGS OF EVERY COMMAND")
      page.flags(CommandTable.commonFlags)
    }
    if !command.examples.isEmpty {
      page.section("EXAMPLES")
      page.literal(command.examples)
    }
    page.section("SEE ALSO")
    page.line("podshim(1)")
    return page.source
  }
}

/// A page that is being written.
private struct Roff {
  private(set) var source: String

  init(title: String) {
    source = ".TH \(Self.escaped(title)) 1 \"\" \"podshim \(CommandTable.version)\"\n"
  }

  mutating func section(_ name: String) { source += ".SH \(Self.escaped(name))\n" }
  mutating func paragraph() { source += ".PP\n" }

  /// Roff as it is.
  mutating func line(_ roff: String) { source += roff + "\n" }

  mutating func text(_ text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty { paragraph() } else { source += Self.escaped(String(line)) + "\n" }
    }
  }

  mutating func entry(_ word: String, _ meaning: String) {
    source += ".TP\n.B \(Self.escaped(word))\n"
    text(meaning)
  }

  mutating func flags(_ flags: [Flag]) {
    for flag in flags where !flag.isHidden {
      entry(String(flag.synopsis.drop { $0 == " " }), flag.summary + ".")
    }
  }

  mutating func literal(_ lines: [String]) {
    source += ".nf\n" + lines.map { Self.escaped($0) + "\n" }.joined() + ".fi\n"
  }

  /// A hyphen would be typeset as one, and cannot be copied to a command line; a dot or an
  /// apostrophe at the beginning of a line would be a request.
  static func escaped(_ text: String) -> String {
    let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .replacing("…", with: "...").replacing("'", with: "\\(aq")
    return plain.hasPrefix(".") ? "\\&" + plain : plain
  }
}
