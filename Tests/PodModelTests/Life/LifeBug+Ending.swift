import PodModel

/// Bugs in what a life asks for while things run, and when they end.
extension LifeBug {
  var end: Change? {
    switch self {
    case .endsForNothing:
      .add { container, rules, _ in rules.mayGoOn(container) ? container.stop : [] }
    case .updatesTheOthers:
      .addOfPod { rules, _ in
        guard rules.containers.contains(where: rules.endsForItsImage) else { return [] }
        return rules.containers.first(where: rules.mayGoOn)?.stop ?? []
      }
    case .keepsOldImages: .drop { $1.container(of: $0).map($1.endsForItsImage) ?? false && $0.ends }
    case .keepsUnhealthyOnes:
      .drop { effect, rules in
        guard effect.ends, !rules.isStoppingAll, let container = rules.container(of: effect)
        else { return false }
        return container.failedProbe != nil && !container.isStopping
      }
    default: nil
    }
  }

  var stop: Change? {
    switch self {
    case .forgetsTheSignal:
      .drop { effect, _ in
        if case .signal(_, .stop) = effect { true } else { false }
      }
    case .forgetsToKill:
      .drop { effect, rules in
        guard case .signal(_, .kill) = effect else { return false }
        return rules.container(of: effect)?.isRunning ?? false
      }
    case .killsAtOnce:
      .replace { effect, _ in
        guard case .signal(let instance, .stop) = effect else { return [effect] }
        return [effect, .signal(instance, .kill)]
      }
    case .killsBeforeTheGraceEnds:
      .add { container, _, now in
        guard let stop = container.run?.stop, container.run?.wasKilled == false,
          container.isRunning,
          let asked = stop.signalledAt, now - asked >= .seconds(2),
          let instance = container.instance
        else { return [] }
        return [.signal(instance, .kill)]
      }
    case .endsSidecarsAtOnce:
      .add { container, _, _ in
        guard container.spec.role == .sidecar, container.isStopping,
          let stop = container.run?.stop, stop.signalledAt == nil, stop.preStop != .asked,
          let instance = container.instance
        else { return [] }
        return [.signal(instance, .stop)]
      }
    default: nil
    }
  }

  var probe: Change? {
    switch self {
    case .probesTheDying:
      .add { container, _, _ in container.isStopping ? container.ask(.liveness) : [] }
    case .probesBeforeTheStart:
      .add { container, _, _ in
        container.isRunning && !container.isStopping && !container.isStarted
          ? container.ask(.liveness) : []
      }
    case .probesTwice:
      .double { if case .probe = $0 { true } else { false } }
    case .probesTooOften:
      .add { container, _, now in
        container.isAsked(.readiness) && container.run?.probe(.readiness)?.isInFlight == false
          ? container.ask(.readiness) : []
      }
    case .forgetsProbes:
      .drop { effect, _ in
        if case .probe = effect { true } else { false }
      }
    default: nil
    }
  }

  var sandbox: Change? {
    switch self {
    case .makesTwoSandboxes:
      .addOfPod { rules, _ in
        rules.sandbox.stage == .ready ? [.startSandbox(run: rules.sandbox.run + 1)] : []
      }
    case .dropsTheSandbox:
      .addOfPod { rules, _ in
        rules.sandbox.stage == .ready && rules.containers.contains(where: \.isLive)
          ? [.removeSandbox(run: rules.sandbox.run)] : []
      }
    case .retriesTheSandboxAtOnce:
      .addOfPod { rules, now in
        rules.sandbox.stage == .gone && rules.sandbox.retryAt != nil && !rules.isEnding
          ? [.startSandbox(run: rules.sandbox.run + 1)] : []
      }
    case .removesTwice:
      .double { if case .remove = $0 { true } else { false } }
    case .finishesEarly:
      .addOfPod { rules, _ in
        rules.isEnding && rules.sandbox.stage == .ready ? [.finish(deleted: rules.isDeleted)] : []
      }
    case .waitsForNobody:
      .drop { effect, _ in
        if case .removeSandbox = effect { true } else { false }
      }
    case .forgetsTheDeletion:
      .drop { effect, _ in
        if case .remove = effect { true } else { false }
      }
    case .forgetsTheEviction:
      .drop { effect, rules in
        if case .remove = effect { rules.isEvicted } else { false }
      }
    case .takesTheRejected:
      .replace { effect, rules in
        guard rules.rejection != nil, case .finish = effect else { return [effect] }
        return [.startSandbox(run: 0)]
      }
    default: nil
    }
  }
}

extension LifeRules {
  /// Nothing is there that has it end.
  fileprivate func mayGoOn(_ container: ContainerRecord) -> Bool {
    container.isRunning && !container.isStopping && grace(toEnd: container) == nil
  }

  /// It has ended, and others go on.
  func mayBegin(_ container: ContainerRecord) -> Bool {
    container.hasEnded && !isStoppingAll && sandbox.stage == .ready
  }

  /// It may begin again, and not yet.
  func isBackingOff(_ container: ContainerRecord, at now: Duration) -> Bool {
    let due = mayBegin(container) ? nextStart(of: container) : nil
    return due.map { $0 > now } ?? false
  }

  fileprivate func endsForItsImage(_ container: ContainerRecord) -> Bool {
    container.isRunning && !container.isStopping && !isStoppingAll && runsOldImage(container)
  }

  fileprivate func container(of effect: Effect) -> ContainerRecord? {
    let name: String? =
      if case .report(let note) = effect { note.container } else { effect.instance?.container }
    return name.flatMap(index).map { containers[$0] }
  }
}

extension ContainerRecord {
  var instance: Instance? { run.map { Instance(name, $0.number) } }

  /// What would make its next run.
  var next: [Effect] { [.create(Instance(name, (run?.number ?? -1) + 1))] }

  fileprivate var stop: [Effect] {
    guard let instance else { return [] }
    return [
      .report(Note(.normal, "Killing", "Stopping container \(name)", container: name)),
      .signal(instance, .stop),
    ]
  }

  fileprivate func ask(_ kind: ProbeKind) -> [Effect] {
    guard run?.probe(kind) != nil, let instance else { return [] }
    return [.probe(instance, kind)]
  }

  /// It begins, and somebody before it is not through.
  func jumps(_ rules: LifeRules, _ isWaitedFor: (ContainerRecord) -> Bool) -> [Effect] {
    guard !isLive, !hasEnded, retryAt == nil, !rules.isStoppingAll, rules.sandbox.stage == .ready
    else { return [] }
    for other in rules.containers {
      if other.name == name { return [] }
      if isWaitedFor(other) { return next }
    }
    return []
  }
}

extension Effect {
  var instance: Instance? {
    switch self {
    case .create(let instance), .start(let instance), .signal(let instance, _),
      .hook(let instance, _), .probe(let instance, _), .resize(let instance),
      .remove(let instance):
      instance
    case .startSandbox, .removeSandbox, .report, .finish: nil
    }
  }

  /// It belongs to the end of a container that runs.
  fileprivate var ends: Bool {
    switch self {
    case .report(let note): note.reason == "Killing"
    case .signal, .hook(_, .preStop): true
    default: false
    }
  }

  func isHook(_ hook: Hook) -> Bool {
    if case .hook(_, hook) = self { true } else { false }
  }

  var isCreate: Bool { if case .create = self { true } else { false } }
  var isStart: Bool { if case .start = self { true } else { false } }
}
