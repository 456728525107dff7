import Glibc
import OCISpec
import PodModel

/// A verb of a runtime, about a pod or one of its containers.
///
/// A pod is kept by its supervisor, which makes and removes containers: so a caller can look, send
/// signals, freeze and take the whole pod away, and no more.
struct PodCall {
  let line: RuntimeCommandLine
  let operand: PodOperand

  /// nil when another command line, for the pod's own runtime, does it.
  func run() throws -> CInt? {
    switch line.verb?.name {
    case "state":
      try Output.show(PodState(operand).answer(id: operand.id).jsonText(sortedKeys: false))
    case "ps": try ProcessListing(line, pids: processes().map(\.pid)).show()
    case "kill": try kill()
    case "pause": try PodFreezer(operand).freeze()
    case "resume": try PodFreezer(operand).thaw()
    case "delete": try delete()
    case "exec", "update", "events":
      if operand.container == nil { throw refused("name one of its containers") }
      return nil
    default: throw refused("its supervisor does that")
    }
    return 0
  }

  /// The same, as the pod's runtime knows the container.
  func lowered() throws -> RuntimeCall {
    let running = try RunningContainer(operand.container ?? "", of: operand.stored, operand.world)
    var line = line
    line.globals.removeAll { ["root", "runtime"].contains($0.flag.name) }
    line.globals.append(GivenFlag(RuntimeVerb.root, running.runtime.root))
    line.operands[0] = running.id
    return RuntimeCall(
      line, LowerRuntime(name: running.runtime.name, path: running.runtime.path))
  }

  private func refused(_ reason: String) -> RuntimeCall.Failure {
    RuntimeCall.Failure(
      description: "`\(operand.id)` is \(operand.container == nil ? "a pod" : "part of a pod"): "
        + reason)
  }

  /// All but pause, which nobody should hit by accident.
  private func processes() throws -> [PodProcess] {
    try PodProcesses.read(operand.stored.paths).filter { process in
      process.container != Supervisor.pauseName
        && process.container == operand.container ?? process.container
    }
  }

  /// The first process of each container that the operand names, or with `--all` every process.
  private func kill() throws {
    let word = line.operands.count > 1 ? line.operands[1] : "TERM"
    guard let signal = word == "0" ? 0 : SignalName.number(word) else {
      throw RuntimeTranslation.UnknownSignal(name: word)
    }
    let targets = line.flags.has("all") ? try processes().map(\.pid) : try firstProcesses()
    guard !targets.isEmpty else {
      throw RuntimeCall.Failure(
        description: "container not running: `\(operand.id)`: no such process")
    }
    for pid in targets { try send(signal, to: pid) }
    if signal == SIGKILL { try PodFreezer(operand).thawAll() }
  }

  private func send(_ signal: CInt, to pid: Int32) throws(SyscallError) {
    do {
      let handle = try PidFD.open(pid)
      try PidFD.signal(handle.raw, signal)
    } catch let error where error.errno == ESRCH {
      // It has ended meanwhile.
    }
  }

  private func firstProcesses() throws -> [Int32] {
    try operand.stored.life().life.containers.compactMap { container in
      let name = container.spec.name
      guard operand.container ?? name == name else { return nil }
      let bundle = operand.stored.paths.bundle(name, run: container.run)
      guard let process = ProcessRecord(bundle: bundle), process.isRunning else { return nil }
      return process.pid
    }
  }

  /// Of a pod all that there is of it; a container goes with its pod.
  private func delete() throws {
    let isForced = line.flags.has("force")
    guard operand.container == nil else {
      let running = try firstProcesses()
      guard running.isEmpty || isForced else {
        throw RuntimeCall.Failure(description: "container still running: `\(operand.id)`")
      }
      for pid in running { try send(SIGKILL, to: pid) }
      if !running.isEmpty { try PodFreezer(operand).thawAll() }
      return
    }
    guard try operand.stored.life().life.isFinished || isForced else {
      throw RuntimeCall.Failure(
        description: "container still running: pod `\(operand.id)`: delete it with --force")
    }
    let deletion = PodDeletion(operand.stored, grace: 0, world: operand.world)
    try deletion.ask()
    try deletion.wait()
  }
}
