import CLinux
import Glibc
import OCISpec
import PodModel

/// `podshim exec`: one more process in a container that runs.
///
/// This process becomes the runtime, so that signals, terminal and exit status are the command's
/// own.
enum ExecCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    guard !invocation.arguments.isEmpty else {
      throw invocation.usage("you must specify at least one command, after --")
    }
    let world = try World(invocation)
    let stored = try PodStore(world).pod(PodNames.single(invocation), in: world.namespace)
    let container = try ContainerChoice.one(
      of: stored.pod, named: invocation.text(.container), isQuiet: invocation.isOn(.quiet))
    let running = try RunningContainer(
      container.name, of: stored, world, within: ContainerWait(invocation))
    let terminal = TerminalWish(
      stdin: invocation.isOn(.stdin), tty: invocation.isOn(.tty), alone: true)
    var process = try running.process(invocation.arguments)
    if let refusal = refusal(of: process, in: running) {
      Output.complain("error: \(refusal.message)")
      return refusal.status
    }
    if terminal.tty { attachTerminal(to: &process) }
    let file = try ExecProcess.file(process)
    try checked("fcntl", "descriptor \(file.raw)") { fcntl(file.raw, F_SETFD, 0) }
    if !terminal.stdin { try closeStandardInput() }
    let command = running.runtime.exec(running.id, process: "/proc/self/fd/\(file.raw)")
    // The runtime makes our terminal raw; should it be killed, somebody has to put it back.
    let guarding = terminal.tty && terminal.stdin ? try TerminalGuard.start(inherited: true) : nil
    throw withExtendedLifetime(guarding) { replace(with: command) }
  }

  /// Why the container cannot run the command, where that can be told before it is asked to.
  private static func refusal(
    of process: OCISpec.Process, in container: RunningContainer
  ) -> ProgramSearch.Refusal? {
    guard let files = ContainerFiles(bundle: container.bundle) else { return nil }
    let path = process.env?.last { $0.hasPrefix("PATH=") }
    let search = ProgramSearch(
      name: process.args?.first ?? "", path: path.map { String($0.dropFirst(5)) },
      directory: process.cwd)
    return search.refusal { files.look(at: $0, as: process.user) }
  }

  private static func attachTerminal(to process: inout OCISpec.Process) {
    process.terminal = true
    if let size = try? Terminal.size(STDIN_FILENO), size.rows > 0 {
      process.consoleSize = .init(height: UInt64(size.rows), width: UInt64(size.columns))
    }
    // As containerd does.
    process.env = (process.env ?? []).filter { !$0.hasPrefix("TERM=") } + ["TERM=xterm"]
  }

  private static func closeStandardInput() throws(SyscallError) {
    let null = try FileDescriptor.open("/dev/null", O_RDONLY)
    try checked("dup2", "/dev/null") { dup2(null.raw, STDIN_FILENO) }
  }

  /// Answers why it could not.
  private static func replace(with arguments: [String]) -> any Error {
    // The runtime hands an ignored signal on to the container's process.
    signal(SIGPIPE, SIG_DFL)
    return Program.replaceSelf(with: arguments)
  }
}
