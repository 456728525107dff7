import PodModel

/// What a life may ask for and what it must, judged by what it was told and by nothing else.
///
/// Written from the reference and not from the code, so that the two can disagree. `hear` takes in
/// what is told, `settle` draws what follows from it, `check` judges one effect, `checkDues` what
/// is missing; each rule is a function of its own, named as its case of `LifeRule`.
struct LifeRules {
  typealias Broken = LifeRule.Broken

  var spec: LifeSpec
  var containers: [ContainerRecord]
  var sandbox = Sandbox()
  var admitted: Duration?
  /// The shortest grace that a deletion asked for.
  var deletionGrace: Duration?
  /// The pod comes to its end, whoever wanted it.
  var isEnding = false
  /// It was active for too long, and that is why.
  var hasExceededDeadline = false
  /// What it has taken too much of; evicted when that is why it ends.
  var eviction: String?
  var isEvicted = false
  /// Why this host did not take it.
  var rejection: Rejection?
  /// A container's rule has all begin again.
  var isRenewing = false
  var isFinished = false
  /// The pod has to be gone by then.
  var mustFinishBy: Duration?

  struct Sandbox {
    enum Stage { case none, starting, ready, failed, lost, going, gone }
    var run = -1
    var stage = Stage.none
    /// Pause is gone before anybody said that it is there.
    var hasExited = false
    /// The next one must not begin before.
    var retryAt: Duration?
    var lacksVolumes = false
  }

  init(_ spec: LifeSpec) {
    self.spec = spec
    containers = spec.containers.map { ContainerRecord($0) }
  }

  var isDeleted: Bool { deletionGrace != nil }
  /// None where all begins again (KEP 5532), a second for what is evicted.
  var podGrace: Duration {
    if isEvicted { return min(deletionGrace ?? .seconds(1), .seconds(1)) }
    if let deletionGrace { return deletionGrace }
    return isRenewing && !isEnding && sandbox.stage == .ready ? .zero : spec.grace
  }

  /// Every container has to end.
  var isStoppingAll: Bool {
    isEnding || sandbox.stage == .lost || isRenewing && sandbox.stage == .ready
  }

  var activeUntil: Duration? {
    guard let admitted, let limit = spec.activeDeadline else { return nil }
    return admitted + limit
  }

  func index(_ name: String) -> Int? { containers.firstIndex { $0.spec.name == name } }

  /// The newest run of the container is this one.
  func index(of instance: Instance) -> Int? {
    index(instance.container).flatMap {
      containers[$0].run?.number == instance.run ? $0 : nil
    }
  }
}

// MARK: What follows from what was told

extension LifeRules {
  mutating func settle(at now: Duration) {
    guard admitted != nil || isDeleted, !isFinished else { return }
    // One that ends is no foundation for those after it.
    for index in containers.indices where !containers[index].isStopping {
      if containers[index].isStarted { containers[index].wasStarted = true }
    }
    noteEnd(at: now)
    noteRenewal()
    guard isStoppingAll else { return beginProbes(at: now) }
    let grace = podGrace
    for index in containers.indices where containers[index].isStopping {
      containers[index].run?.stop?.isOfPod = true
      containers[index].run?.stop?.shorten(to: grace, at: now)
    }
    beginProbes(at: now)
  }

  /// Section 2.6, `activeDeadlineSeconds` and eviction: why a pod ends.
  private mutating func noteEnd(at now: Duration) {
    guard !isEnding else { return }
    if isDeleted {
      isEnding = true
    } else if let activeUntil, activeUntil <= now {
      (isEnding, hasExceededDeadline) = (true, true)
    } else if eviction != nil {
      (isEnding, isEvicted) = (true, true)
    } else if sandbox.stage == .lost, !mayReplaceSandbox {
      isEnding = true
    } else if !isRenewing {
      let gate = containers.first {
        $0.spec.role == .initial && !$0.isDone || $0.spec.role == .sidecar && !$0.wasStarted
      }
      if let gate, gate.spec.role == .initial {
        isEnding = isOver(gate)
      } else {
        isEnding = containers.allSatisfy { $0.spec.role != .app || isOver($0) }
      }
    }
  }

  /// `RestartAllContainers` (cases CR06 to CR10): all ends, then all begins anew, after those that
  /// asked for it no sooner than their back-off allows.
  private mutating func noteRenewal() {
    guard !isEnding, sandbox.stage == .ready else { return }
    if containers.contains(where: { asksForRenewal($0) && !$0.wasHeard }) { isRenewing = true }
    guard isRenewing, !containers.contains(where: \.isLive) else { return }
    for index in containers.indices where containers[index].spec.role != .ephemeral {
      if asksForRenewal(containers[index]) {
        (containers[index].wasHeard, containers[index].wasStarted) = (true, false)
      } else {
        containers[index].beginAnew()
      }
    }
    isRenewing = false
  }

  private func asksForRenewal(_ container: ContainerRecord) -> Bool {
    guard container.hasEnded, let end = container.end else { return false }
    return rule(of: container, for: end)?.restartsAll ?? false
  }

  /// The first question of a probe is due when it may be asked and its initial delay is over.
  private mutating func beginProbes(at now: Duration) {
    for index in containers.indices {
      guard let run = containers[index].run, run.stage == .running else { continue }
      for place in run.probes.indices where run.probes[place].due == nil {
        let probe = run.probes[place]
        guard containers[index].isAsked(probe.kind) else { continue }
        containers[index].run?.probes[place].due = max(run.startedAt + probe.spec.initialDelay, now)
      }
    }
  }

  /// 2.2.3: a pod that is never restarted gets no second sandbox once a container was made.
  var mayReplaceSandbox: Bool {
    spec.restartPolicy != .never || !containers.contains(where: \.wasMade)
  }

  private func isOver(_ container: ContainerRecord) -> Bool {
    container.hasEnded && !runsAgain(container)
  }

  /// The first rule that is for this exit status.
  func rule(
    of container: ContainerRecord, for end: ContainerRecord.End
  ) -> LifeSpec.RestartRule? {
    container.spec.rules.first { $0.codes.contains(end.code) != $0.isInverted }
  }

  /// 2.2 `shouldRestart`: sidecars always; else the container's rules, its policy, the pod's.
  func runsAgain(_ container: ContainerRecord) -> Bool {
    guard let end = container.end, !container.revives else { return true }
    switch container.spec.role {
    case .sidecar: return true
    case .ephemeral: return false
    case .initial: if !end.isFailure { return false }
    case .app: break
    }
    if rule(of: container, for: end) != nil { return true }
    switch container.spec.restartPolicy ?? spec.restartPolicy {
    case .always: return true
    case .onFailure: return container.spec.role == .initial || end.code != 0
    case .never: return false
    }
  }
}

// MARK: What is asked

extension LifeRules {
  /// - Parameter again: a supervisor that came back begins once more what was not answered.
  mutating func check(_ effect: Effect, at now: Duration, again: Bool) throws(Broken) {
    try LifeRule.require(.finishIsLast, !isFinished, "\(effect) is asked for after the end")
    switch effect {
    case .startSandbox(let run): try checkStart(sandbox: run, at: now, again: again)
    case .removeSandbox(let run): try checkRemove(sandbox: run, again: again)
    case .create(let instance): try checkCreate(instance, at: now, again: again)
    case .start(let instance): try checkStart(instance, at: now, again: again)
    case .signal(let instance, .stop): try checkStop(instance, at: now, again: again)
    case .signal(let instance, .kill): try checkKill(instance, at: now, again: again)
    case .hook(let instance, .postStart): try postStartOnce(instance, again: again)
    case .hook(let instance, .preStop): try preStopOnce(instance, again: again)
    case .probe(let instance, let kind): try checkProbe(instance, kind, at: now, again: again)
    case .resize(let instance): try checkResize(instance)
    case .remove(let instance): try remainsGoOnce(instance, again: again)
    case .report(let note): if note.reason == "Killing" { try beginStop(note, at: now) }
    case .finish(let deleted): try finishIsLast(deleted: deleted)
    }
  }

  /// What has to be asked for by now and is not.
  func checkDues(at now: Duration) throws(Broken) {
    guard admitted != nil || isDeleted, !isFinished else { return }
    for container in containers {
      if let run = container.run, run.stage == .running {
        try checkDues(of: run, of: container, at: now)
      }
      try startsComeInTime(container, at: now)
    }
  }

  /// When the next thing is due by itself: a life wants to be woken by then.
  var nextDue: Duration? {
    guard admitted != nil, !isFinished else { return nil }
    var next = isEnding ? nil : activeUntil
    func note(_ moment: Duration?) {
      if let moment { next = min(next ?? moment, moment) }
    }
    for container in containers {
      note(nextStart(of: container))
      guard let run = container.run, run.stage == .running else { continue }
      if let stop = run.stop, !run.wasKilled { note(stop.killAt ?? stop.graceEnd) }
      for probe in run.probes where !probe.isInFlight && !probe.isOnHold {
        if container.isAsked(probe.kind) { note(probe.due) }
      }
    }
    return next
  }
}
