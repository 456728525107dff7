import Glibc
import Testing

@testable import PodShim

@Suite("Help, manual pages and completion say what the parser takes")
struct CommandsManualTests {
  private static let commands = CommandTable.commands.filter { $0.group != .hidden }

  /// A command line that a verb with this flag takes, as far as reading it goes.
  private func line(_ command: Command, _ flag: Flag) -> [String] {
    let value: [String] =
      switch flag.value {
      case .boolean: []
      case .text: ["text"]
      case .choice(let words): [words[0]]
      }
    let operands = Array(repeating: "word", count: command.operands.lowerBound)
    return [command.name] + operands + ["--\(flag.name)"] + value
  }

  @Test(arguments: commands.map(\.name))
  func `each flag is read, and stands in help and manual`(_ name: String) throws {
    let command = try #require(Self.commands.first { $0.name == name })
    let page = try #require(ManPage.all().first { $0.file == "podshim-\(name).1" }).text
    let help = HelpText.about(command)
    let common = command.isRaw ? [] : CommandTable.commonFlags
    for flag in command.flags + common where !flag.isHidden {
      let invocation = try ArgumentReader.read(line(command, flag))
      #expect(invocation.isGiven(flag) || flag == CommandTable.help)
      #expect(help.contains("--\(flag.name)"))
      #expect(page.contains("\\-\\-\(flag.name.replacing("-", with: "\\-"))"))
    }
  }

  @Test func `the page of the program names every verb and topic`() throws {
    let page = try #require(ManPage.all().first { $0.file == "podshim.1" }).text
    for command in Self.commands {
      #expect(page.contains(".B podshim\\-\(command.name.replacing("-", with: "\\-"))(1)\n"))
    }
    for topic in HelpTopic.all {
      #expect(HelpText.overview().contains("  \(topic.name) "))
      for (word, _) in topic.rows { #expect(HelpText.about(topic).contains("  \(word) ")) }
    }
    #expect(page.contains(".SH EXIT STATUS\n"))
  }

  @Test func `a word that is a request to roff is text`() {
    let lines = ManPage.all().flatMap { $0.text.split(separator: "\n") }
    let requests: Set<Substring> = [".TH", ".SH", ".PP", ".TP", ".B", ".nf", ".fi"]
    for line in lines where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(requests.contains(line.prefix { $0 != " " }), "\(line)")
    }
  }

  @Test(arguments: CompletionScript.shells)
  func `the shell asks with the words as they are written`(_ shell: String) throws {
    let program = try #require(
      Program.find(shell), "\(shell) is not installed: run `Tests/setup test`")
    let scratch = try LinuxScratch()
    // In the place of podshim: says what it was asked.
    try Files.writeText(
      "#!/bin/sh\nshift\nfor w; do printf '<%s>' \"$w\"; done >\(scratch.path)/asked\n"
        + "printf 'web\\tA pod\\nworker\\n'\n", to: scratch.path + "/podshim")
    chmod(scratch.path + "/podshim", 0o755)
    try Files.writeText(CompletionScript.text(for: shell), to: scratch.path + "/script")
    let question =
      switch shell {
      case "bash":
        "source ./script; COMP_LINE='./podshim get pods w'; COMP_POINT=20; COMP_CWORD=3; "
          + "COMP_WORDS=(./podshim get pods w); _podshim; printf '%s\\n' \"${COMPREPLY[@]}\""
      case "zsh":
        "compdef() { :; }; _describe() { print -l ${(P)2}; }; source ./script; "
          + "words=(./podshim get pods w); CURRENT=4; _podshim"
      default:
        "source ./script; complete -C './podshim get pods w'"
      }
    var call = Program(program, [shell, "-c", question])
    call.directory = scratch.path
    let result = try call.run(timeout: .seconds(20))
    #expect(result.succeeded, "\(result.errorText)")
    #expect(try Files.readText(scratch.path + "/asked") == "<get><pods><w>")
    let answer = result.outputText.split(separator: "\n").map { $0.prefix { $0.isLetter } }
    #expect(answer == ["web", "worker"], "\(result.outputText)")
  }
}
