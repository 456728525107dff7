import CLinux
import Glibc
import PodModel

/// A supervisor that comes after one that was killed: finds again what runs, learns what ended
/// meanwhile, begins again what was not answered.
extension Supervisor {
  func comeBack() throws {
    try findPause()
    findForwarder()
    if life.sandbox.isReady {
      checkPlugins()
      findUserNetwork()
    }
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
    let logs = paths.logs(of: pod)
    let log = try LogFile(path: "\(logs)/\(instance.container)/\(instance.run).log")
    let run = try ContainerRun(
      instance, id: paths.containerID(instance.container, run: instance.run),
      stdio: ContainerStdio.held(for: instance.description, keeper: keeper), log: log,
      spool: bundle + "/output")
    if let terminal = run.stdio.terminal {
      try run.takeTerminal(terminal, spool: bundle + "/output")
    }
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

  /// The runtime was stopped somewhere in `start`, before it let the process go or after.
  private func startAgain(_ instance: Instance) {
    awaitRelease(of: instance, within: .milliseconds(50)) { [unowned self] isReleased in
      if isReleased { tell(.started(instance)) } else { start(instance, again: true) }
    }
  }

  /// Answers whether the runtime has let the process go. The process tells: until it begins its own
  /// program, which may take a while on a busy host, its command line is the runtime's own.
  func awaitRelease(
    of instance: Instance, within limit: Duration, then: @escaping (Bool) -> Void
  ) {
    guard let process = runs[instance.container]?.process, runtime.holds(process.pid) else {
      return then(true)
    }
    guard limit > .zero else { return then(false) }
    let step = Duration.milliseconds(5)
    loop.after(step) { [unowned self] in
      awaitRelease(of: instance, within: limit - step, then: then)
    }
  }

  /// The keeper was killed. What it held of the streams we hold too, so this process becomes the
  /// keeper and starts a supervisor after itself. The pod's processes belong to the host's PID 1
  /// by now: their ends are read from their pidfds from here on.
  func succeedKeeper() {
    Diagnostics.report("the keeper is gone: taking its place")
    loop.endChildren()
    let held = runs.values.flatMap { $0.stdio.named($0.instance.description) }
    do throws(SyscallError) {
      try Heritage.exec(held, arguments: ["podshim", "keeper", paths.uid] + world.arguments)
    } catch {
      Diagnostics.report("its place cannot be taken, trying again soon: \(error)")
      loop.after(.seconds(1)) { [unowned self] in succeedKeeper() }
    }
  }
}
