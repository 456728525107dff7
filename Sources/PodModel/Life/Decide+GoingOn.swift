/// A pod that lives: its sandbox, its init containers and sidecars in their row, its apps.
extension PodLife {
  mutating func sandboxIsReady(at now: Duration, _ plan: inout [Effect]) -> Bool {
    switch sandbox.state {
    case .ready:
      return true
    case .absent:
      startSandbox(&plan)
    case .failed:
      removeSandbox(&plan)
    case .lost:
      // Without its pause a pod has no namespaces: everything ends, then begins again.
      if haveStopped(.sandbox, grace: spec.grace, at: now, &plan) { removeSandbox(&plan) }
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
    isRenewing = false
    for index in containers.indices {
      switch containers[index].spec.role {
      case .initial, .sidecar: containers[index].requeue()
      case .app, .ephemeral: break
      }
    }
    startSandbox(&plan)
  }

  mutating func goOn(at now: Duration, _ plan: inout [Effect]) {
    if !isRenewing, asksForRenewal { isRenewing = true }
    guard !isRenewing || renew(at: now, &plan) else { return }
    for index in containers.indices where isTurn(of: index) {
      advance(index, at: now, &plan)
    }
    startCreated(&plan)
  }

  /// A container ended in a way after which, its rule says, all of the pod begins again.
  private var asksForRenewal: Bool {
    containers.contains {
      if case .exited = $0.state { $0.hasAskedForRenewal } else { false }
    }
  }

  /// Ends everything at once, without hooks and grace (KEP 5532), then has everything begin again;
  /// true once it has.
  private mutating func renew(at now: Duration, _ plan: inout [Effect]) -> Bool {
    guard haveStopped(.renewal, grace: .zero, at: now, &plan) else { return false }
    for index in containers.indices where containers[index].spec.role != .ephemeral {
      containers[index].renew(pod: spec.pod, at: now, &plan)
    }
    isRenewing = false
    return true
  }

  /// What was made is started in its order: app containers are made side by side, and one whose
  /// start or postStart hook is not over has those after it wait.
  private mutating func startCreated(_ plan: inout [Effect]) {
    var appsMayStart = true
    for index in containers.indices {
      let isApp = containers[index].spec.role == .app
      if isApp, containers[index].state == .creating { appsMayStart = false }
      guard appsMayStart || !isApp else { continue }
      if containers[index].state == .created {
        containers[index].state = .starting(exit: nil)
        plan.append(.start(containers[index].instance))
      }
      if isApp, containers[index].holdsBackOthers { appsMayStart = false }
    }
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
    case .exited(let end) where runsAgain(containers[index], after: end):
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

extension ContainerLife {
  /// The end that its next run comes after is one after which all of the pod begins again.
  fileprivate var hasAskedForRenewal: Bool {
    guard let ended, ended.run == run else { return false }
    return spec.rule(for: ended)?.restartsAll ?? false
  }

  /// Begins again with all others, at once. But who asked for it waits as after any other end: a
  /// container that always fails shall not have the pod spin.
  fileprivate mutating func renew(pod: String, at now: Duration, _ plan: inout [Effect]) {
    guard let ended, hasAskedForRenewal else {
      requeue()
      if ended != nil { obstacle = .restartsWithAll }
      return
    }
    wasStarted = false
    guard case .exited = state else { return }
    let due = backoff.due(after: ended.finished)
    if due > now {
      backOff(until: due, pod: pod, &plan)
    } else {
      state = .waiting(.backOff(until: due))
      obstacle = .restartsWithAll
    }
  }

  /// Its postStart hook is not over, or has failed and it ends for that (kubelet `startContainer`
  /// returns after the kill).
  fileprivate var holdsBackOthers: Bool {
    if case .starting = state { return spec.hasPostStart }
    return activity.map { $0.postStart != .done } ?? false
  }

  /// Makes the next run; the same one again when the last attempt made nothing.
  fileprivate mutating func create(at now: Duration, _ plan: inout [Effect]) {
    if let ended, ended.run == run {
      backoff.count(after: ended.finished, at: now)
      run += 1
    }
    state = .creating
    (madeOf, hasPulled) = (spec.image, false)
    (given, resize) = (spec.allotment, nil)
    (revives, triesAgain) = (false, false)
    plan.append(.create(instance))
  }

  /// What has ended has another run to come, at once, as if it had never been started: also what
  /// waits for its back-off (the kubelet forgets the ends of init containers with their sandbox).
  fileprivate mutating func requeue() {
    wasStarted = false
    switch state {
    case .exited: break
    case .waiting where ended?.run == run: obstacle = nil
    default: return
    }
    run += 1
    state = .waiting(.turn)
  }

  fileprivate mutating func backOff(
    until: Duration, pod: String, _ plan: inout [Effect]
  ) {
    state = .waiting(.backOff(until: until))
    obstacle = Obstacle(
      reason: "CrashLoopBackOff",
      message: "back-off \((backoff?.delay ?? .zero).goText) restarting failed "
        + "container=\(spec.name) pod=\(pod)")
    report(
      .warning, "BackOff", "Back-off restarting failed container \(spec.name) in pod \(pod)", &plan)
  }

  fileprivate mutating func backOffPull(until: Duration, _ plan: inout [Effect]) {
    state = .waiting(.backOff(until: until))
    let message = "Back-off pulling image \((lacking ?? spec.image).quoted)"
    report(.normal, "BackOff", message, &plan)
    report(.warning, "Failed", "Error: ImagePullBackOff", &plan)
    let before = obstacle.map { ": \($0.reason): \($0.message)" } ?? ""
    obstacle = Obstacle(reason: "ImagePullBackOff", message: message + before)
  }
}
