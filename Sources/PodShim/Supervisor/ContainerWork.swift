import Glibc
import OCISpec
import PodModel

/// Making, starting and taking away one run of one container.
extension Supervisor {
  func create(_ instance: Instance) {
    let container = container(instance)
    obtainImages(for: container, instance) { [unowned self] in
      guard let image = lookedUp[container.image] else {
        let message = "image \"\(container.image)\" is gone again"
        return tell(
          .failed(
            instance,
            Failure(.image, reason: "ErrImagePull", message: message, image: container.image)))
      }
      make(container, instance, image)
    }
  }

  private func make(_ container: Container, _ instance: Instance, _ image: StoredImage) {
    do throws(Failure) {
      do {
        if laid[instance] == nil { try clear(instance) }
        try readObjects()
        try showImages(to: container)
        try build(container, instance, image)
      } catch let error as PlanError {
        throw Failure(.bundle, reason: error.reason, message: error.message)
      } catch let error as Failure {
        throw error
      } catch {
        throw Failure(.bundle, reason: "CreateContainerError", message: "\(error)")
      }
    } catch {
      tell(.failed(instance, error))
    }
  }

  func container(_ instance: Instance) -> Container {
    pod.spec.allContainers.first { $0.name == instance.container } ?? Container()
  }

  /// nil when there is another run by now, or none.
  func run(of instance: Instance) -> ContainerRun? {
    runs[instance.container].flatMap { $0.instance == instance ? $0 : nil }
  }

  /// What can be done while the runtime makes the first pause: lays out the bundles of the
  /// containers that come first, where nobody has to be asked for their images. What fails is tried
  /// again, and told, in its turn.
  func lookAhead() {
    guard life.sandbox.run == 0 else { return }
    let initial = pod.spec.initContainers.prefix(1)
    for container in initial.isEmpty ? pod.spec.containers[...] : initial {
      let instance = Instance(container.name, 0)
      // Another container may write the file while this one waits.
      guard container.environmentFiles.isEmpty, hasImages(of: container),
        isAddressed || !Plan.showsAddresses(in: container),
        let image = lookedUp[container.image],
        !Files.exists(paths.bundle(instance.container, run: instance.run))
      else { continue }
      guard (try? showImages(to: container)) != nil else { continue }
      laid[instance] = try? ContainerBundle.lay(
        container, instance, image: image, plan: plan, paths: paths)
    }
  }

  /// Takes away what was laid out for containers that will not be made.
  func clearAway() {
    for instance in laid.keys {
      tidy("remove \(instance)") { try ContainerBundle.remove(instance, paths: paths) }
    }
    laid.removeAll()
  }

  /// The process that a container which came to look inside shall see.
  private func target(of name: String) throws(Failure) -> String? {
    let container = pod.spec.ephemeralContainers.first { $0.common.name == name }
    guard let target = container?.targetContainerName, !target.isEmpty else { return nil }
    if let process = runs[target]?.process { return "\(process.pid)" }
    throw Failure(
      .bundle, reason: "CreateContainerError",
      message: "failed to generate container \"\(name)\" spec: target container \"\(target)\" is "
        + "not running")
  }

  private func build(_ container: Container, _ instance: Instance, _ image: StoredImage) throws {
    var bundle =
      try laid.removeValue(forKey: instance)
      ?? ContainerBundle.lay(
        container, instance, image: image, plan: plan, paths: paths,
        targetPID: try target(of: instance.container))
    try bundle.join(pausePID: pause.map { "\($0.pid)" } ?? "")
    let id = paths.containerID(instance.container, run: instance.run)
    let logs = paths.logs(of: pod)
    try Files.makeDirectories("\(logs)/\(instance.container)")
    tidy("remove old logs of \(instance.container)") {
      try LogFolder.forget(before: instance.run - 1, in: "\(logs)/\(instance.container)")
    }
    let log = try LogFile(path: "\(logs)/\(instance.container)/\(instance.run).log")
    let spool = bundle.path + "/output"
    let stdio =
      container.tty == true
      ? ContainerStdio()
      : try ContainerStdio.pipes(
        for: instance.description, withInput: container.stdin == true, owner: bundle.owner,
        keeper: keeper)
    let run = try ContainerRun(instance, id: id, stdio: stdio, log: log, spool: spool)
    runs[instance.container] = run
    try watchStreams(of: run)
    var creation = Runtime.Creation(
      id: id, bundle: bundle.path, pidFile: bundle.path + "/pid", log: bundle.path + "/runtime.log")
    let console = container.tty == true ? try ConsoleSocket(in: bundle.path) : nil
    creation.consoleSocket = console.map { _ in ConsoleSocket.name }
    let position = processes.position
    let ends = stdio.childEnds.map(\.raw)
    try runRuntime(
      runtime.create(creation), log: creation.log, descriptors: ends.isEmpty ? [-1, -1, -1] : ends,
      directory: bundle.path
    ) { [unowned self] failure in
      run.stdio.childEnds = []
      if let failure { return runtimeFailed(run, failure) }
      made(run, image: image, bundle: bundle, position: position, console: console)
    }
  }

  private func made(
    _ run: ContainerRun, image: StoredImage, bundle: ContainerBundle, position: Int64,
    console: ConsoleSocket?
  ) {
    do {
      if let console {
        let terminal = try console.takeTerminal()
        try keeper.hold(terminal.raw, as: "\(run.instance) terminal")
        try run.takeTerminal(terminal, spool: bundle.path + "/output")
        try watchStreams(of: run)
      }
      let pid = try PidFile.read(bundle.path + "/pid")
      let record = ProcessRecord(run: run.instance.run, pid: pid, position: position)
      try record.write(to: bundle.path)
      run.process = PidDescriptor(pid)
      let identity = Identity(
        containerID: "\(runtime.name)://\(run.id)", imageID: image.repositoryDigest,
        user: bundle.user)
      tell(.created(run.instance, identity))
      processes.expect(pid, since: position) { [unowned self] in ended(run, $0, at: $1) }
    } catch {
      runtimeFailed(run, "\(error)")
    }
  }

  func ended(_ run: ContainerRun, _ status: ExitStatus, at time: Duration) {
    run.drain()
    run.inquiries.forEach { $0.drop() }
    run.process = nil
    let message = TerminationMessage.read(
      container(run.instance), run, status, in: pod, paths: paths)
    var exit = Exit(code: status.code, at: time, message: message)
    // Also when it was a child of it, and whatever it made of that, as containerd has it.
    exit.outOfMemory = cgroup(of: run.instance).map(Cgroup.lacksMemory) ?? false
    tell(.exited(run.instance, exit))
  }

  /// The run's own, which is there until the runtime deletes the container.
  func cgroup(of instance: Instance) -> String? {
    Cgroup.path(bundle: paths.bundle(instance.container, run: instance.run))
  }

  func watchStreams(of run: ContainerRun) throws(SyscallError) {
    run.log.compress(on: loop)
    run.inputEndsWithClient = container(run.instance).stdinOnce == true
    run.whenInputEnds = { [unowned self] in keeper.drop("\(run.instance) stdin") }
    for source in run.stdio.sources where !loop.watches(source.raw) {
      try loop.watch(source.raw, .readable) { [unowned self] events in
        run.pump()
        // The last process that had the terminal open is gone; the journal tells the rest.
        if events.contains(.hangup) { loop.unwatch(source.raw) }
      }
    }
  }

  private func runtimeFailed(_ run: ContainerRun, _ message: String) {
    tell(.failed(run.instance, Failure(.runtime, reason: "StartError", message: message)))
  }

  /// - Parameter again: an earlier supervisor may have asked for it: where the runtime refuses
  ///   because that came through meanwhile, the container is started.
  func start(_ instance: Instance, again: Bool = false) {
    guard let run = run(of: instance) else { return }
    let log = paths.bundle(instance.container, run: instance.run) + "/runtime.log"
    do {
      try runRuntime(runtime.start(run.id, log: log), log: log) { [unowned self] failure in
        guard let failure else { return tell(.started(instance)) }
        guard again, run.process != nil else { return runtimeFailed(run, failure) }
        awaitRelease(of: instance, within: .seconds(2)) { [unowned self] isReleased in
          if isReleased { tell(.started(instance)) } else { runtimeFailed(run, failure) }
        }
      }
    } catch {
      runtimeFailed(run, "\(error)")
    }
  }

  func send(_ signal: StopSignal, to instance: Instance) {
    guard let run = run(of: instance) else { return }
    switch signal {
    case .kill: run.process?.signal(SIGKILL)
    case .stop: run.process?.signal(stopSignal(of: instance))
    }
  }

  /// The container's own, else that of the image that the run was made of, else SIGTERM.
  private func stopSignal(of instance: Instance) -> CInt {
    let madeOf = life.containers.first { $0.spec.name == instance.container }?.madeOf
    let image = madeOf.flatMap { lookedUp[$0] ?? (try? images.find(ImageReference($0))) }
    let signal = container(instance).lifecycle?.stopSignal ?? image?.config.config?.StopSignal
    return signal.flatMap(SignalName.number) ?? SIGTERM
  }

  func remove(_ instance: Instance) {
    let run = run(of: instance)
    let id = paths.containerID(instance.container, run: instance.run)
    deleteContainer(id, log: paths.bundle(instance.container, run: instance.run) + "/runtime.log") {
      [unowned self] in
      if let run { close(run) }
      tidy("remove \(instance)") {
        try ContainerBundle.remove(instance, paths: paths)
      }
      tell(.removed(instance))
    }
  }

  /// The last words, then the pipes and the terminal.
  private func close(_ run: ContainerRun) {
    run.drain()
    for source in run.stdio.sources {
      loop.unwatch(source.raw)
    }
    run.attached.forEach { $0.end() }
    ContainerStdio.names(run.instance.description).forEach(keeper.drop)
    if runs[run.instance.container] === run { runs[run.instance.container] = nil }
  }

  /// What a supervisor that was killed while it made this run may have left.
  private func clear(_ instance: Instance) throws {
    guard Files.exists(paths.bundle(instance.container, run: instance.run)) else { return }
    let delete = runtime.delete(paths.containerID(instance.container, run: instance.run))
    _ = try? Program(delete[0], delete).run(timeout: .seconds(10))
    ContainerStdio.names(instance.description).forEach(keeper.drop)
    try ContainerBundle.remove(instance, paths: paths)
  }
}
