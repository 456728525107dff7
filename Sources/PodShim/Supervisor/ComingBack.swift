import CLinux
import Glibc
import PodModel

/// A supervisor that comes after one that was killed: finds again what runs, learns what ended
/// meanwhile, begins again what was not answered.
extension Supervisor {
  func comeBack() throws {
    try findPause()
    findForwarder()
    for container in life.containers where container.isLive {
      try find(Instance(container.spec.name, container.run), container.state)
    }
    for effect in life.pending { beginAgain(effect) }
  }

  private func findPause() throws {
    guard life.sandbox.isReady || life.sandbox.state == .removing else { return }
    let bundle = paths.bundle(Supervisor.pauseName, run: life.sandbox.run)
    guard let record = ProcessRecord(bundle: bundle) else { return }
    pause = PidDescriptor(record.pid)
    try processes.expectAgain(record, pause, loop: loop) { [unowned self] _, _ in
      pauseEnded(record.run)
    }
  }

  /// Takes up a run that has a process again.
  private func find(_ instance: Instance, _ state: ContainerLife.State) throws {
    if case .creating = state { return }
    let bundle = paths.bundle(instance.container, run: instance.run)
    guard let record = ProcessRecord(bundle: bundle) else { return }
    let logs = paths.logs(namespace: pod.metadata.namespace ?? "default", name: pod.metadata.name)
    let log = try LogFile(path: "\(logs)/\(instance.container)/\(instance.run).log")
    let run = try ContainerRun(
      instance, id: paths.containerID(instance.container, run: instance.run),
      stdio: ContainerStdio.held(for: instance.description, keeper: keeper), log: log,
      spool: bundle + "/output")
    if let terminal = run.stdio.terminal {
      try run.takeTerminal(terminal, spool: bundle + "/output")
    }
    run.isBeingMade = false
    run.process = PidDescriptor(record.pid)
    runs[instance.container] = run
    try watchStreams(of: run)
    run.pump()
    try processes.expectAgain(record, run.process, loop: loop) { [unowned self] in
      ended(run, $0, at: $1)
    }
  }

  /// An effect that was not answered: the one who was doing it died with us.
  private func beginAgain(_ effect: Effect) {
    switch effect {
    case .start(let instance):
      startAgain(instance)
    default:
      perform(effect)
    }
  }

  /// The runtime was stopped somewhere in `start`: it says itself how far it came.
  private func startAgain(_ instance: Instance) {
    let id = paths.containerID(instance.container, run: instance.run)
    let arguments = runtime.state(id)
    let result = try? Program(arguments[0], arguments).run(timeout: .seconds(10))
    switch RuntimeState(answer: result?.output ?? [])?.status {
    case "created":
      start(instance)
    case "running", "paused", "stopped":
      tell(.started(instance))
    default:
      let lost = "the runtime has lost the container while it was started"
      tell(.failed(instance, Failure(.runtime, reason: "StartError", message: lost)))
    }
  }

  /// The keeper was killed. What it held of the streams we hold too, so this process becomes the
  /// keeper and starts a supervisor after itself. The pod's processes belong to the host's PID 1
  /// by now: their ends are read from their pidfds from here on.
  func succeedKeeper() throws {
    Diagnostics.report("the keeper is gone: taking its place")
    loop.endChildren()
    let held = runs.values.flatMap { $0.stdio.named($0.instance.description) }
    try Heritage.exec(held, arguments: ["podshim", "keeper", paths.uid] + worldArguments)
  }
}
