/// What to do next: one ordered pass over the whole pod, from what it is to what it should be.
extension PodLife {
  /// Until a failed sandbox or bundle is tried again: the kubelet's sync error back-off.
  static let syncRetry = Duration.seconds(10)
  /// What a container is always given between the stop signal and SIGKILL
  /// (kuberuntime `minimumGracePeriodInSeconds`).
  static let shortestGrace = Duration.seconds(2)

  mutating func decide(at now: Duration, _ plan: inout [Effect]) {
    guard admitted != nil, !isFinished else { return }
    removeEnded(&plan)
    if outcome == nil { outcome = verdict() }
    if deletion != nil || outcome != nil {
      endPod(at: now, &plan)
    } else if !sandboxIsReady(at: now, &plan) {
      return
    } else if initialise(at: now, &plan) {
      runApps(at: now, &plan)
    }
  }

  /// Every ended run is taken away once.
  private mutating func removeEnded(_ plan: inout [Effect]) {
    for index in containers.indices {
      let name = containers[index].spec.name
      for place in containers[index].remains.indices where !containers[index].remains[place].asked {
        containers[index].remains[place].asked = true
        plan.append(.remove(Instance(name, containers[index].remains[place].run)))
      }
    }
  }

  /// How the pod came out, once nothing of it is left to run.
  private func verdict() -> Outcome? {
    if containers.contains(where: { $0.spec.role == .initial && isOver($0, failed: true) }) {
      return .failed
    }
    let apps = containers.filter { $0.spec.role == .app }
    guard apps.allSatisfy({ isOver($0, failed: false) }) else { return nil }
    return apps.allSatisfy { $0.ended?.code == 0 } ? .succeeded : .failed
  }

  /// The container ended and will not run again; `failed` asks for a bad end.
  private func isOver(_ container: ContainerLife, failed: Bool) -> Bool {
    guard case .exited(let end) = container.state, !failed || end.code != 0 else { return false }
    return !spec.restarts(after: end.code)
  }
}

// MARK: Going on

extension PodLife {
  private mutating func sandboxIsReady(at now: Duration, _ plan: inout [Effect]) -> Bool {
    switch sandbox.state {
    case .ready:
      return true
    case .absent:
      startSandbox(&plan)
    case .failed(_, let retry) where retry <= now:
      startSandbox(&plan)
    case .lost:
      rebuild(at: now, &plan)
    case .removed:
      resetAfterLoss(&plan)
    case .starting, .removing, .failed:
      break
    }
    return false
  }

  private mutating func startSandbox(_ plan: inout [Effect]) {
    sandbox.state = .starting
    plan.append(.startSandbox(run: sandbox.run))
  }

  /// Without its pause a pod has no namespaces: everything ends, then begins again.
  private mutating func rebuild(at now: Duration, _ plan: inout [Effect]) {
    for index in containers.indices where containers[index].isLive {
      containers[index].kill(&plan)
    }
    guard !containers.contains(where: \.isLive) else { return }
    plan.append(
      .report(
        Note(.normal, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.")))
    removeSandbox(&plan)
  }

  /// The next sandbox: init containers run again; what succeeded for good does not
  /// (kubelet `computePodActions`, sandbox changed).
  private mutating func resetAfterLoss(_ plan: inout [Effect]) {
    if spec.restartPolicy == .never {
      outcome = .failed
      return
    }
    sandbox.run += 1
    for index in containers.indices {
      let container = containers[index]
      guard case .exited(let end) = container.state else { continue }
      if container.spec.role == .initial || spec.restarts(after: end.code) {
        containers[index].requeue()
      }
    }
    startSandbox(&plan)
  }

  /// True when every init container has succeeded; else the first that has not is helped on.
  private mutating func initialise(at now: Duration, _ plan: inout [Effect]) -> Bool {
    for index in containers.indices where containers[index].spec.role == .initial {
      if case .exited(let end) = containers[index].state, end.code == 0 { continue }
      advance(index, at: now, &plan)
      startIfCreated(index, &plan)
      return false
    }
    return true
  }

  /// All app containers are made side by side, and started in their order.
  private mutating func runApps(at now: Duration, _ plan: inout [Effect]) {
    let apps = containers.indices.filter { containers[$0].spec.role == .app }
    for index in apps {
      advance(index, at: now, &plan)
    }
    for index in apps {
      if containers[index].isComing { return }
      startIfCreated(index, &plan)
    }
  }

  private mutating func startIfCreated(_ index: Int, _ plan: inout [Effect]) {
    guard containers[index].state == .created else { return }
    containers[index].state = .starting(exit: nil)
    plan.append(.start(containers[index].instance))
  }

  /// Makes the container when it is due and may run (again).
  private mutating func advance(_ index: Int, at now: Duration, _ plan: inout [Effect]) {
    switch containers[index].state {
    case .waiting(.failed(_, let retry)) where retry <= now:
      containers[index].create(&plan)
    case .waiting(.turn):
      containers[index].create(&plan)
    case .waiting(.backOff(let until)) where until <= now:
      containers[index].create(at: now, &plan)
    case .exited(let end) where spec.restarts(after: end.code):
      let due = containers[index].backoff.due(after: end.finished)
      if due <= now {
        containers[index].create(at: now, &plan)
      } else {
        containers[index].backOff(until: due, pod: spec.pod, &plan)
      }
    default:
      break
    }
  }
}

// MARK: Ending

extension PodLife {
  /// Stops what lives, then the sandbox, then says that the pod is finished.
  private mutating func endPod(at now: Duration, _ plan: inout [Effect]) {
    let grace = deletion?.grace ?? spec.grace
    for index in containers.indices where containers[index].isLive {
      containers[index].stop(grace: grace, at: now, &plan)
    }
    guard !containers.contains(where: \.isLive) else { return }
    switch sandbox.state {
    case .ready, .lost, .failed:
      removeSandbox(&plan)
    case .absent:
      sandbox.state = .removed
    case .starting, .removing, .removed:
      break
    }
    guard sandbox.state == .removed, containers.allSatisfy(\.remains.isEmpty) else { return }
    isFinished = true
    plan.append(.finish(deleted: deletion != nil))
  }

  private mutating func removeSandbox(_ plan: inout [Effect]) {
    sandbox.state = .removing
    plan.append(.removeSandbox(run: sandbox.run))
  }
}

extension ContainerLife {
  /// Asked for and not yet there: those after it wait with their start.
  fileprivate var isComing: Bool { state == .creating }

  /// A first attempt, or one after an attempt that made nothing.
  fileprivate mutating func create(_ plan: inout [Effect]) {
    state = .creating
    plan.append(.create(instance))
  }

  /// One more run after the last one ended.
  fileprivate mutating func create(at now: Duration, _ plan: inout [Effect]) {
    guard let end = ended else { return create(&plan) }
    backoff.count(after: end.finished, at: now)
    requeue()
    create(&plan)
  }

  /// The run that ended becomes the last one; the next may be made.
  fileprivate mutating func requeue() {
    if case .exited(let end) = state { last = end }
    run += 1
    state = .waiting(.turn)
  }

  fileprivate mutating func backOff(
    until: Duration, pod: String, _ plan: inout [Effect]
  ) {
    if case .exited(let end) = state { last = end }
    state = .waiting(.backOff(until: until))
    report(
      .warning, "BackOff", "Back-off restarting failed container \(spec.name) in pod \(pod)", &plan)
  }

  /// Asks the process to end; what has no process that could hear is killed.
  fileprivate mutating func stop(grace: Duration, at now: Duration, _ plan: inout [Effect]) {
    let allowed = max(grace, PodLife.shortestGrace)
    switch state {
    case .running(let since):
      state = .stopping(since: since, Stop(killAt: now + allowed))
      report(.normal, "Killing", "Stopping container \(spec.name)", &plan)
      plan.append(.signal(instance, .stop))
    case .stopping(let since, let stop):
      guard let killAt = stop.killAt else { break }
      if killAt <= now {
        kill(&plan)
      } else if now + allowed < killAt {
        state = .stopping(since: since, Stop(killAt: now + allowed))
      }
    case .created:
      kill(&plan)
    default:
      break
    }
  }

  /// SIGKILL, once.
  fileprivate mutating func kill(_ plan: inout [Effect]) {
    switch state {
    case .running(let since):
      state = .stopping(since: since, Stop(killAt: nil))
    case .stopping(let since, let stop) where stop.killAt != nil:
      state = .stopping(since: since, Stop(killAt: nil))
    case .created:
      state = .stopping(since: nil, Stop(killAt: nil))
    default:
      return
    }
    plan.append(.signal(instance, .kill))
  }
}
