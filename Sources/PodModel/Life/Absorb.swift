/// Taking in a fact: only the part of the pod that the fact is about changes.
extension PodLife {
  mutating func absorb(_ event: Event, at now: Duration, _ plan: inout [Effect]) {
    switch event {
    case .begun:
      admitted = admitted ?? now
      unschedulable = nil
    case .unschedulable(let message):
      guard admitted == nil, unschedulable != message else { return }
      unschedulable = message
      plan.append(.report(Note(.warning, "FailedScheduling", message)))
    case .rejected(let rejection):
      guard admitted == nil else { return }
      admitted = now
      unschedulable = nil
      self.rejection = rejection
      outcome = .rejected
      plan.append(.report(Note(.warning, rejection.reason, rejection.message)))
    case .updated(let spec):
      update(spec, at: now)
    case .objectsChanged:
      if sandbox.volumeWait != nil { sandbox.retry = now }
      for index in containers.indices { containers[index].lookAgain() }
    case .imagesCame(let names):
      for index in containers.indices where names.contains(containers[index].spec.name) {
        containers[index].takeImage()
      }
    case .deletionRequested(let grace):
      let wanted = max(grace ?? spec.grace, .seconds(1))
      deletion = Deletion(
        requested: deletion?.requested ?? now, grace: min(wanted, deletion?.grace ?? wanted))
    case .evicted(let message):
      guard admitted != nil, !isEnding else { return }
      eviction = message
    case .sandboxStarted, .sandboxFailed, .volumesFailed, .sandboxExited, .sandboxRemoved:
      absorbSandbox(event, at: now, &plan)
    case .pulling(let instance, _), .pulled(let instance, _), .created(let instance, _),
      .started(let instance), .failed(let instance, _), .exited(let instance, _),
      .hooked(let instance, _, _), .probed(let instance, _, _), .resized(let instance, _),
      .removed(let instance):
      guard let index = containers.firstIndex(where: { $0.spec.name == instance.container })
      else { return }
      containers[index].absorb(event, of: instance.run, at: now, &plan)
    }
  }

  private mutating func absorbSandbox(_ event: Event, at now: Duration, _ plan: inout [Effect]) {
    switch (event, sandbox.state) {
    case (.sandboxStarted(sandbox.run, let addresses), .starting(let hasExited)):
      sandbox.addresses = addresses
      sandbox.volumeWait = nil
      sandbox.state = .ready(since: now)
      if hasExited { loseSandbox(since: now, &plan) }
    case (.sandboxFailed(sandbox.run, let message), .starting):
      sandbox.state = .failed
      sandbox.volumeWait = nil
      sandbox.retry = now + PodLife.syncRetry
      plan.append(
        .report(
          Note(.warning, "FailedCreatePodSandBox", "Failed to create pod sandbox: \(message)")))
    case (.volumesFailed(sandbox.run, let message), .starting):
      let wait = min(
        sandbox.volumeWait.map { $0 * 2 } ?? PodLife.volumeRetry, PodLife.longestVolumeRetry)
      sandbox.state = .failed
      sandbox.volumeWait = wait
      sandbox.retry = now + wait
      plan.append(.report(Note(.warning, "FailedMount", message)))
    case (.sandboxExited(sandbox.run), .starting):
      sandbox.state = .starting(hasExited: true)
    case (.sandboxExited(sandbox.run), .ready(let since)):
      loseSandbox(since: since, &plan)
    case (.sandboxRemoved(sandbox.run), .removing):
      sandbox.state = .removed
    default:
      break
    }
  }

  private mutating func loseSandbox(since: Duration, _ plan: inout [Effect]) {
    sandbox.state = .lost
    sandbox.retry = since + PodLife.relist
    guard !isEnding, mayReplaceSandbox else { return }
    plan.append(
      .report(
        Note(.normal, "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.")))
  }

  /// Images, resources and the deadline may have changed, ephemeral containers may have come. Any
  /// change has the kubelet look at all of the pod at once; only its back-offs go on.
  private mutating func update(_ spec: LifeSpec, at now: Duration) {
    self.spec = spec
    if sandbox.volumeWait == nil { sandbox.retry = sandbox.retry.map { min($0, now) } }
    for container in spec.containers {
      if let index = containers.firstIndex(where: { $0.spec.name == container.name }) {
        containers[index].update(container, at: now)
      } else {
        containers.append(ContainerLife(container))
      }
    }
  }
}

extension ContainerLife {
  /// What lacked an object may have it now.
  fileprivate mutating func lookAgain() {
    guard case .waiting(.retry) = state, obstacle?.reason == "CreateContainerConfigError" else {
      return
    }
    state = .waiting(.turn)
  }

  /// The kubelet finds an image that was brought with its next sync, whatever the back-off.
  fileprivate mutating func takeImage() {
    switch state {
    case .waiting(.retry), .waiting(.backOff): break
    default: return
    }
    switch obstacle?.reason {
    case "ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull": state = .waiting(.turn)
    default: break
    }
  }

  /// What could not be made is tried again; with another image or other resources it has no
  /// back-off to wait for.
  fileprivate mutating func update(_ new: LifeSpec.ContainerSpec, at now: Duration) {
    let old = spec
    spec = new
    switch state {
    case .creating: triesAgain = true
    case .waiting(.retry): state = .waiting(.retry(at: now))
    default: break
    }
    let isResized = !old.allotment.matches(new.allotment)
    if isResized, case .failed = resize { resize = nil }
    guard old.image != new.image || isResized else { return }
    (backoff, pullBackoff) = (nil, nil)
    if due != nil { state = .waiting(.turn) }
  }
}
