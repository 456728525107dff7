import PodModel

/// What the life was told, as far as the rules need it.
extension LifeRules {
  mutating func hear(_ event: Event, at now: Duration) {
    guard !isFinished else { return }
    switch event {
    case .begun: admitted = admitted ?? now
    case .unschedulable, .resized: break
    case .rejected(let rejection): hearRejection(rejection, at: now)
    case .evicted(let message): hearEviction(message, at: now)
    case .objectsChanged: hearObjects()
    case .imagesCame(let names): hearImages(of: names)
    case .updated(let spec): hearUpdate(spec, at: now)
    case .deletionRequested(let grace): hearDeletion(grace ?? spec.grace, at: now)
    case .sandboxStarted, .sandboxFailed, .volumesFailed, .sandboxExited, .sandboxRemoved:
      hearSandbox(event, at: now)
    case .pulling, .pulled: break
    case .created(let instance, _), .started(let instance), .failed(let instance, _),
      .exited(let instance, _), .hooked(let instance, _, _), .probed(let instance, _, _):
      if let index = index(of: instance) { hear(event, of: index, at: now) }
    case .removed(let instance):
      guard let index = index(instance.container) else { return }
      containers[index].remains.removeAll { $0.run == instance.run && $0.wasAsked }
    }
  }

  /// Time in which nobody could do anything.
  mutating func excuse(_ outage: Duration) {
    mustFinishBy? += outage
  }

  private mutating func hearRejection(_ rejection: Rejection, at now: Duration) {
    guard admitted == nil else { return }
    (admitted, self.rejection, isEnding) = (now, rejection, true)
  }

  private mutating func hearEviction(_ message: String, at now: Duration) {
    guard admitted != nil, !isEnding else { return }
    eviction = message
    mustEnd(within: .seconds(1), at: now)
  }

  private mutating func mustEnd(within grace: Duration, at now: Duration) {
    let latest = now + max(grace, .seconds(2)) + LifeWorld.longestAnswer * 8
    mustFinishBy = min(mustFinishBy ?? latest, latest)
  }

  private mutating func hearDeletion(_ grace: Duration, at now: Duration) {
    let grace = max(grace, .seconds(1))
    deletionGrace = min(deletionGrace ?? grace, grace)
    mustEnd(within: grace, at: now)
  }

  private mutating func hearSandbox(_ event: Event, at now: Duration) {
    switch (event, sandbox.stage) {
    case (.sandboxStarted(sandbox.run, _), .starting):
      sandbox.stage = sandbox.hasExited ? .lost : .ready
    case (.sandboxFailed(sandbox.run, _), .starting):
      (sandbox.stage, sandbox.retryAt, sandbox.lacksVolumes) = (.failed, now + .seconds(10), false)
    case (.volumesFailed(sandbox.run, _), .starting):
      (sandbox.stage, sandbox.retryAt) = (.failed, now + .milliseconds(500))
      sandbox.lacksVolumes = true
    case (.sandboxExited(sandbox.run), .starting): sandbox.hasExited = true
    case (.sandboxExited(sandbox.run), .ready): sandbox.stage = .lost
    case (.sandboxRemoved(sandbox.run), .going): sandbox.stage = .gone
    default: break
    }
  }

  /// 2.1: an image that is here is taken, whatever the back-off.
  private mutating func hearImages(of names: [String]) {
    for index in containers.indices
    where containers[index].lacksImage && names.contains(containers[index].name) {
      (containers[index].retryAt, containers[index].lacksImage) = (nil, false)
    }
  }

  /// What waits for an object looks again at once.
  private mutating func hearObjects() {
    if sandbox.lacksVolumes { sandbox.retryAt = nil }
    for index in containers.indices where containers[index].lacksObjects {
      containers[index].retryAt = nil
    }
  }

  /// What waits looks again at once (2.1: an update is a sync), and goes on waiting for its
  /// back-off. Another image or other resources have none: they are part of the key.
  private mutating func hearUpdate(_ new: LifeSpec, at now: Duration) {
    spec = new
    if !sandbox.lacksVolumes { sandbox.retryAt = nil }
    for container in new.containers {
      guard let index = index(container.name) else {
        containers.append(ContainerRecord(container))
        continue
      }
      let before = containers[index].spec
      if before.image != container.image || before.allotment != container.allotment {
        (containers[index].backoff, containers[index].pull) = (nil, nil)
        containers[index].retryAt = nil
      }
      if containers[index].retryAt != nil { containers[index].retryAt = now }
      containers[index].run?.wasUpdated = true
      containers[index].spec = container
    }
  }

  private mutating func hear(_ event: Event, of index: Int, at now: Duration) {
    guard let run = containers[index].run else { return }
    switch (event, run.stage) {
    case (.created, .creating):
      containers[index].run?.stage = .created
      containers[index].wasMade = true
    case (.started, .starting): hearStarted(index, run, at: now)
    case (.failed(_, let failure), .creating), (.failed(_, let failure), .starting):
      hearFailed(index, failure, at: now)
    case (.exited(_, let exit), .starting): containers[index].run?.exit = exit
    case (.exited, .created) where run.wasKilled:
      containers[index].run?.stage = .over
      containers[index].remains.append(.init(run: run.number))
    case (.exited(_, let exit), .created), (.exited(_, let exit), .running):
      containers[index].finish(exit)
    case (.hooked(_, .postStart, let failure), .running):
      guard run.postStart == .asked, run.stop == nil else { return }
      containers[index].run?.postStart = failure == nil ? .done : .failed
    case (.hooked(_, .preStop, _), .running):
      if run.stop?.preStop == .asked { containers[index].run?.stop?.preStop = .done }
    case (.probed(_, let kind, let result), .running):
      guard let place = run.probes.firstIndex(where: { $0.kind == kind }) else { return }
      containers[index].run?.probes[place].take(result, at: now)
    default: break
    }
  }

  private mutating func hearStarted(_ index: Int, _ run: ContainerRecord.Run, at now: Duration) {
    containers[index].timesStarted += 1
    if let exit = run.exit { return containers[index].finish(exit) }
    let spec = containers[index].spec
    containers[index].run?.stage = .running
    containers[index].run?.startedAt = now
    if spec.hasPostStart { containers[index].run?.postStart = .wanted }
    containers[index].run?.probes = ProbeKind.allCases.compactMap { kind in
      spec.probes[kind].map { ProbeRecord(kind, $0) }
    }
  }

  private mutating func hearFailed(_ index: Int, _ failure: Failure, at now: Duration) {
    guard failure.stage != .runtime else {
      return containers[index].finish(Exit(code: 128, at: now))
    }
    let container = containers[index]
    containers[index].run?.stage = .failed
    // What failed with an image that nobody wants any more says nothing of the one that is wanted.
    guard container.run?.image == container.spec.image else { return }
    containers[index].retryAt = container.run?.wasUpdated == true ? now : now + .seconds(10)
    containers[index].lacksObjects = failure.reason == "CreateContainerConfigError"
    containers[index].lacksImage = failure.stage == .image
    if failure.reason == "ErrImagePull" {
      containers[index].pull = .raised(container.pull, after: now, at: now)
    }
  }
}
