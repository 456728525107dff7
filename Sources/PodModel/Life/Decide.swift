/// What to do next: one ordered pass over the whole pod, from what it is to what it should be.
extension PodLife {
  /// Until what could not be made is looked at again: the kubelet's sync error back-off.
  static let syncRetry = Duration.seconds(10)
  /// A sandbox lives at least so long before the next one: the kubelet looks once a second (PLEG).
  static let relist = Duration.seconds(1)
  /// What a container is always given between the stop signal and SIGKILL
  /// (kuberuntime `minimumGracePeriodInSeconds`).
  static let shortestGrace = Duration.seconds(2)

  mutating func decide(at now: Duration, _ plan: inout [Effect]) {
    guard admitted != nil, !isFinished else { return }
    removeEnded(&plan)
    if outcome == nil { outcome = verdict() }
    if isEnding {
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

  /// Whether the pod has come to its end, now that nothing of it may run again.
  private func verdict() -> Outcome? {
    if sandbox.state == .lost, !mayReplaceSandbox { return .sandboxLost }
    if let index = nextInitial {
      return isOver(containers[index]) ? .notInitialised : nil
    }
    let apps = containers.filter { $0.spec.role == .app }
    return apps.allSatisfy(isOver) ? .completed : nil
  }

  /// The container ended and will not run again.
  private func isOver(_ container: ContainerLife) -> Bool {
    guard case .exited(let end) = container.state else { return false }
    return !spec.restarts(container.spec.role, after: end)
  }

  /// A pod that is never restarted gets one sandbox in which containers are made
  /// (kubelet `computePodActions`).
  var mayReplaceSandbox: Bool {
    spec.restartPolicy != .never || !containers.contains(where: \.wasMade)
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
    case .failed:
      removeSandbox(&plan)
    case .lost:
      // Without its pause a pod has no namespaces: everything ends, then begins again.
      if haveStopped(grace: spec.grace, at: now, &plan) { removeSandbox(&plan) }
    case .removed:
      if (sandbox.retry ?? now) <= now { replaceSandbox(&plan) }
    case .starting, .removing:
      break
    }
    return false
  }

  private mutating func startSandbox(_ plan: inout [Effect]) {
    sandbox.state = .starting()
    plan.append(.startSandbox(run: sandbox.run))
  }

  /// In the next sandbox init containers run again; app containers go on as the policy says.
  private mutating func replaceSandbox(_ plan: inout [Effect]) {
    sandbox.run += 1
    sandbox.retry = nil
    for index in containers.indices where containers[index].spec.role == .initial {
      containers[index].requeue()
    }
    startSandbox(&plan)
  }

  /// True when every init container has succeeded; else the first that has not is helped on.
  private mutating func initialise(at now: Duration, _ plan: inout [Effect]) -> Bool {
    guard let index = nextInitial else { return true }
    advance(index, at: now, &plan)
    startIfCreated(index, &plan)
    return false
  }

  /// All app containers are made side by side, and started in their order.
  private mutating func runApps(at now: Duration, _ plan: inout [Effect]) {
    let apps = containers.indices.filter { containers[$0].spec.role == .app }
    for index in apps {
      advance(index, at: now, &plan)
    }
    for index in apps {
      // Asked for and not yet there: those after it wait with their start.
      if containers[index].state == .creating { return }
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
    case .waiting(.turn):
      containers[index].create(at: now, &plan)
    case .waiting(.retry(let moment)) where moment <= now:
      if let until = containers[index].pullBackoff?.end, until > now {
        containers[index].backOffPull(until: until, &plan)
      } else {
        containers[index].create(at: now, &plan)
      }
    case .waiting(.backOff(let until)) where until <= now:
      containers[index].create(at: now, &plan)
    case .exited(let end) where spec.restarts(containers[index].spec.role, after: end):
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
    guard haveStopped(grace: deletion?.grace ?? spec.grace, at: now, &plan) else { return }
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

  /// Helps every container on to its end; true when none lives.
  private mutating func haveStopped(
    grace: Duration, at now: Duration, _ plan: inout [Effect]
  ) -> Bool {
    for index in containers.indices {
      containers[index].stop(grace: grace, at: now, &plan)
    }
    return !containers.contains(where: \.isLive)
  }

  private mutating func removeSandbox(_ plan: inout [Effect]) {
    sandbox.state = .removing
    plan.append(.removeSandbox(run: sandbox.run))
  }
}

extension ContainerLife {
  /// Makes the next run; the same one again when the last attempt made nothing.
  fileprivate mutating func create(at now: Duration, _ plan: inout [Effect]) {
    if let ended, ended.run == run {
      backoff.count(after: ended.finished, at: now)
      run += 1
    }
    state = .creating
    plan.append(.create(instance))
  }

  /// What ended in a sandbox that is gone has another run to come, at once.
  fileprivate mutating func requeue() {
    guard case .exited = state else { return }
    run += 1
    state = .waiting(.turn)
  }

  fileprivate mutating func backOff(
    until: Duration, pod: String, _ plan: inout [Effect]
  ) {
    state = .waiting(.backOff(until: until))
    obstacle = Obstacle(
      reason: "CrashLoopBackOff",
      message: "back-off \(PodLife.shortText(backoff?.delay ?? .zero)) restarting failed "
        + "container=\(spec.name) pod=\(pod)")
    report(
      .warning, "BackOff", "Back-off restarting failed container \(spec.name) in pod \(pod)", &plan)
  }

  fileprivate mutating func backOffPull(until: Duration, _ plan: inout [Effect]) {
    state = .waiting(.backOff(until: until))
    let message = "Back-off pulling image \"\(spec.image)\""
    report(.normal, "BackOff", message, &plan)
    report(.warning, "Failed", "Error: ImagePullBackOff", &plan)
    let before = obstacle.map { ": \($0.reason): \($0.message)" } ?? ""
    obstacle = Obstacle(reason: "ImagePullBackOff", message: message + before)
  }

  /// Asks the process to end; what was not started yet is killed.
  fileprivate mutating func stop(grace: Duration, at now: Duration, _ plan: inout [Effect]) {
    let allowed = max(grace, PodLife.shortestGrace)
    switch state {
    case .created:
      kill(since: nil, &plan)
    case .running(let since):
      state = .stopping(since: since, Stop(killAt: now + allowed))
      report(.normal, "Killing", "Stopping container \(spec.name)", &plan)
      plan.append(.signal(instance, .stop))
    case .stopping(let since, let stop):
      guard let killAt = stop.killAt else { break }
      if killAt <= now {
        kill(since: since, &plan)
      } else if now + allowed < killAt {
        state = .stopping(since: since, Stop(killAt: now + allowed))
      }
    default:
      break
    }
  }

  private mutating func kill(since: Duration?, _ plan: inout [Effect]) {
    state = .stopping(since: since, Stop(killAt: nil))
    plan.append(.signal(instance, .kill))
  }
}

extension PodLife {
  /// A duration as Go prints it: `10s`, `2m40s`.
  static func shortText(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    return seconds < 60 ? "\(seconds)s" : "\(seconds / 60)m\(seconds % 60)s"
  }
}
