import Testing

@testable import PodShim

@Suite("Command line")
struct CommandsArgumentTests {
  static let name = Flag("name", "n", .text("NAME"), "A name")
  static let file = Flag("file", "f", .text("FILE"), "A file", isRepeatable: true)
  static let format = Flag("output", "o", .choice(["wide", "yaml"]), "A format")
  static let stdin = Flag("stdin", "i", "Input")
  static let tty = Flag("tty", "t", "Terminal")
  static let container = Flag("container", "c", .text("CONTAINER"), "A container")

  static let commands = [
    Command(
      name: "get", aliases: ["show"], group: .objects, synopsis: "NAME", operands: 1...2,
      summary: "Get", flags: [file, format], run: { _ in 0 }),
    Command(
      name: "exec", group: .objects, synopsis: "POD", operands: 1...1, takesCommand: true,
      summary: "Exec", flags: [stdin, tty, container], run: { _ in 0 }),
    Command(
      name: "wild", group: .hidden, isRaw: true, summary: "Takes all", run: { _ in 0 }),
    Command(name: "help", group: .host, summary: "Help", run: { _ in 0 }),
  ]

  private func read(_ line: String) throws(UsageError) -> Invocation {
    try ArgumentReader.read(
      line.split(separator: " ").map(String.init), commands: Self.commands,
      common: [Self.name, CommandTable.help])
  }

  private func complaint(_ line: String) -> String? {
    do {
      _ = try read(line)
      return nil
    } catch {
      return error.message
    }
  }

  @Test(arguments: [
    "get a --name x", "get a --name=x", "get a -n x", "get a -nx", "get a -n=x", "-n x get a",
    "--name=x get a", "get -nx a", "get -n y a -n x",
  ])
  func `a value may stand in any of the usual forms, anywhere`(_ line: String) throws {
    let invocation = try read(line)
    #expect(invocation.command.name == "get")
    #expect(invocation.text(Self.name) == "x")
    #expect(invocation.operands == ["a"])
  }

  @Test func `short boolean flags share a dash, and the last may take a value`() throws {
    for line in ["exec p -itc web -- sh", "exec -it -c web p -- sh", "exec -itcweb p -- sh"] {
      let invocation = try read(line)
      #expect(invocation.isOn(Self.stdin) && invocation.isOn(Self.tty), "\(line)")
      #expect(invocation.text(Self.container) == "web", "\(line)")
      #expect(invocation.arguments == ["sh"], "\(line)")
    }
  }

  @Test func `what stands after two dashes is the command's, dashes and all`() throws {
    let invocation = try read("exec p -- ls -l -- -i")
    #expect(invocation.operands == ["p"])
    #expect(invocation.arguments == ["ls", "-l", "--", "-i"])
    #expect(!invocation.isGiven(Self.stdin))
  }

  @Test func `without a command two dashes only end the flags`() throws {
    #expect(try read("get -- -n").operands == ["-n"])
    #expect(try read("-- get a").operands == ["a"])
  }

  @Test func `a boolean flag can be taken back`() throws {
    #expect(try !read("exec p --tty=false").isOn(Self.tty, otherwise: true))
    #expect(try read("exec p --tty=1").isOn(Self.tty))
    #expect(try read("exec p").isOn(Self.tty, otherwise: true))
    #expect(complaint("exec p --tty=maybe")?.hasPrefix("invalid argument \"maybe\"") == true)
  }

  @Test func `a repeatable flag keeps all of its values`() throws {
    #expect(try read("get a -f one -ftwo --file=-").texts(Self.file) == ["one", "two", "-"])
  }

  @Test func `a lone dash is a word, and a value may begin with a dash`() throws {
    #expect(try read("get -").operands == ["-"])
    #expect(try read("get a -f -").texts(Self.file) == ["-"])
    #expect(try read("get a --name -x").text(Self.name) == "-x")
  }

  @Test func `an alias means the verb`() throws {
    #expect(try read("show a").command.name == "get")
  }

  @Test func `a raw verb gets every word`() throws {
    #expect(try read("wild -n --x -- y").operands == ["-n", "--x", "--", "y"])
  }

  @Test func `help is asked for wherever it stands, and no word is missing then`() throws {
    for line in ["get -h", "-h get", "get a --help"] {
      #expect(try read(line).asksForHelp, "\(line)")
    }
    #expect(try read("--help").command.name == "help")
    #expect(try read("").command.name == "help")
  }

  @Test(arguments: [
    ("gte a", "unknown command \"gte\" (did you mean \"get\"?)"),
    ("frobnicate", "unknown command \"frobnicate\""),
    ("wlid", "unknown command \"wlid\""),
    ("get a --nmae x", "unknown flag: --nmae (did you mean \"--name\"?)"),
    ("get a -z", "unknown shorthand flag: 'z' in -z"),
    ("exec p -iz", "unknown shorthand flag: 'z' in -iz"),
    ("-f x get", "unknown shorthand flag: 'f' in -f (a verb's own flags stand after it)"),
    ("get a --name", "flag needs an argument: --name"),
    ("exec p -ic", "flag needs an argument: 'c' in -ic"),
    (
      "get a -o yml",
      "invalid argument \"yml\" for \"--output\" (did you mean \"yaml\"?): allowed are wide, yaml"
    ),
    ("get", "get wants NAME"),
    ("get a b c", "unexpected argument \"c\""),
    ("exec p ls", "unexpected argument \"ls\": a command stands after --"),
  ])
  func `a line that makes no sense is refused with the nearest that does`(
    _ line: String, _ message: String
  ) {
    #expect(complaint(line) == message)
  }

  @Test func `a number is a number`() throws {
    let flag = Flag("tail", nil, .text("N"), "Lines")
    var invocation = try read("get a")
    #expect(try invocation.integer(flag) == nil)
    invocation.set(flag, "-1")
    #expect(try invocation.integer(flag) == -1)
    invocation.set(flag, "ten")
    #expect(throws: UsageError.self) { try invocation.integer(flag) }
  }
}

@Suite("Command table")
struct CommandsTableTests {
  @Test func `no two words of the table are the same`() {
    let words = CommandTable.commands.flatMap { [$0.name] + $0.aliases }
    #expect(Set(words).count == words.count)
    for command in CommandTable.commands {
      let flags = command.flags + CommandTable.commonFlags
      #expect(Set(flags.map(\.name)).count == flags.count, "\(command.name)")
      let letters = flags.compactMap(\.short)
      #expect(Set(letters).count == letters.count, "\(command.name)")
    }
  }

  @Test func `summaries are one line without a full stop`() {
    for command in CommandTable.commands {
      for line in [command.summary] + command.flags.map(\.summary) {
        #expect(!line.isEmpty && !line.hasSuffix(".") && !line.contains("\n"), "\(line)")
      }
    }
  }

  @Test func `every example is a line that is understood`() throws {
    for command in CommandTable.commands {
      for example in command.examples {
        let line = example.split(separator: " <")[0].split(separator: " ").dropFirst()
        // Some are of programs that call us.
        guard example.hasPrefix("podshim ") else { continue }
        #expect(try ArgumentReader.read(line.map(String.init)).command.name == command.name)
      }
    }
  }

  @Test func `help shows every verb but those that podshim calls itself`() {
    let text = HelpText.overview()
    for command in CommandTable.commands {
      #expect(
        text.contains("\n  \(command.name) ") == (command.group != .hidden), "\(command.name)")
    }
  }

  @Test func `help for a verb shows its flags and no hidden one`() throws {
    let logs = try #require(CommandTable.commands.first { $0.name == "logs" })
    let text = HelpText.about(logs)
    #expect(text.contains("Usage: podshim logs [-f] [-p] POD"))
    #expect(text.contains("  -c, --container CONTAINER      Which container of the pod\n"))
    #expect(text.contains("      --tail LINES"))
    #expect(!text.contains("--logs") && !text.contains("--pod-running-timeout"))
  }
}
