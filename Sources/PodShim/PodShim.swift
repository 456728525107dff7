import Glibc

/// The program: one verb of the command line, carried out.
@main
struct PodShim {
  static func main() {
    if let program = RuntimeProgram(calledAs: CommandLine.arguments) { exit(program.run()) }
    Output.fillStandardDescriptors()
    // A reader that goes away is an error to handle; programs that we start do not inherit this.
    try? Signals.ignore(SIGPIPE)
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// The exit status: 1 for a failure, 2 for a command line that says nothing.
  static func run(_ arguments: [String]) -> CInt {
    do {
      let invocation = try ArgumentReader.read(arguments)
      if invocation.asksForHelp {
        try Output.show(HelpText.about(invocation.command))
        return 0
      }
      if invocation.command.entersNamespaces, !invocation.command.isRaw, geteuid() != 0 {
        try RootlessNamespaces.enter(World(invocation).paths)
      }
      return try invocation.command.run(invocation)
    } catch let error as UsageError {
      Output.complain("error: \(error)")
      return 2
    } catch let error where Output.isReaderGone(error) {
      // As a program that SIGPIPE ended.
      return 128 + SIGPIPE
    } catch {
      Output.complain(ErrorText.of(error))
      return 1
    }
  }
}
