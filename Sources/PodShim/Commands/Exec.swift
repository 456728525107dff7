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
    let container = try ContainerChoice.one(of: stored.pod, named: invocation.text(.container))
    let run = try running(container.name, of: stored)
    let runtime = try world.runtime(of: stored.paths)
    let terminal = TerminalWish(
      stdin: invocation.isOn(.stdin), tty: invocation.isOn(.tty), alone: true)
    let bundle = stored.paths.bundle(container.name, run: run)
    let process = try process(bundle, invocation.arguments, isTerminal: terminal.tty)
    let file = try ExecProcess.file(process)
    try checked("fcntl", "descriptor \(file.raw)") { fcntl(file.raw, F_SETFD, 0) }
    let id = stored.paths.containerID(container.name, run: run)
    if !terminal.stdin { try closeStandardInput() }
    throw replace(with: runtime.exec(id, process: "/proc/self/fd/\(file.raw)"))
  }

  /// The run that the container is in.
  private static func running(_ name: String, of stored: StoredPod) throws -> Int {
    let life = try stored.life().life
    if life.phase == .succeeded || life.phase == .failed {
      throw CommandError(
        "cannot exec into a container in a completed pod; current phase is \(life.phase.rawValue)")
    }
    if let container = life.containers.first(where: { $0.spec.name == name }) {
      switch container.state {
      case .running, .stopping(.some, _): return container.run
      default: break
      }
    }
    let state = try stored.status().container(name)?.state
    let reason = state?.waiting?.reason ?? state?.terminated?.reason
    throw CommandError.refused(
      "container \"\(name)\" in pod \"\(stored.name)\" is not running"
        + (reason.map { ": \($0)" } ?? ""))
  }

  private static func process(
    _ bundle: String, _ arguments: [String], isTerminal: Bool
  ) throws -> OCISpec.Process {
    var process = try ExecProcess.like(bundle, running: arguments)
    guard isTerminal else { return process }
    process.terminal = true
    if let size = try? Terminal.size(STDIN_FILENO), size.rows > 0 {
      process.consoleSize = .init(height: UInt64(size.rows), width: UInt64(size.columns))
    }
    // As containerd does.
    process.env = (process.env ?? []).filter { !$0.hasPrefix("TERM=") } + ["TERM=xterm"]
    return process
  }

  private static func closeStandardInput() throws(SyscallError) {
    let null = try FileDescriptor.open("/dev/null", O_RDONLY)
    try checked("dup2", "/dev/null") { dup2(null.raw, STDIN_FILENO) }
  }

  /// Answers why it could not.
  private static func replace(with arguments: [String]) -> any Error {
    // The runtime hands an ignored signal on to the container's process.
    signal(SIGPIPE, SIG_DFL)
    var words = arguments.map { strdup($0) } + [nil]
    execv(arguments[0], &words)
    return SyscallError("execve", arguments[0], errno: errno)
  }
}
