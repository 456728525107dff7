/// Taking in a fact: only the part of the pod that the fact is about changes.
extension PodLife {
  mutating func absorb(_ event: Event, at now: Duration, _ plan: inout [Effect]) {
    switch event {
    case .begun:
      admitted = admitted ?? now
    case .deletionRequested(let grace):
      let wanted = max(grace ?? spec.grace, .seconds(1))
      deletion = Deletion(
        requested: deletion?.requested ?? now, grace: min(wanted, deletion?.grace ?? wanted))
    case .sandboxStarted, .sandboxFailed, .sandboxExited, .sandboxRemoved:
      absorbSandbox(event, at: now, &plan)
    case .created(let instance, _), .started(let instance), .failed(let instance, _),
      .exited(let instance, _), .removed(let instance):
      guard let index = containers.firstIndex(where: { $0.spec.name == instance.container })
      else { return }
      containers[index].absorb(event, of: instance.run, at: now, &plan)
    }
  }

  private mutating func absorbSandbox(_ event: Event, at now: Duration, _ plan: inout [Effect]) {
    switch (event, sandbox.state) {
    case (.sandboxStarted(sandbox.run, let addresses), .starting(let hasExited)):
      sandbox.addresses = addresses
      sandbox.state = .ready(since: now)
      if hasExited { loseSandbox(since: now, &plan) }
    case (.sandboxFailed(sandbox.run, let message), .starting):
      sandbox.state = .failed
      sandbox.retry = now + PodLife.syncRetry
      plan.append(
        .report(
          Note(.warning, "FailedCreatePodSandBox", "Failed to create pod sandbox: \(message)")))
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
}

extension ContainerLife {
  mutating func absorb(_ event: Event, of run: Int, at now: Duration, _ plan: inout [Effect]) {
    if case .removed = event { return remains.removeAll { $0.run == run && $0.asked } }
    guard run == self.run else { return }
    switch (event, state) {
    case (.created(_, let identity), .creating):
      state = .created
      self.identity = identity
      report(.normal, "Created", "Container created", &plan)
    case (.started, .starting(let exit)):
      obstacle = nil
      report(.normal, "Started", "Container started", &plan)
      if let exit {
        end(exit, started: min(now, exit.at))
      } else {
        state = .running(since: now)
      }
    case (.failed(_, let failure), .creating), (.failed(_, let failure), .starting):
      fail(failure, at: now, &plan)
    case (.exited(_, let exit), .starting):
      state = .starting(exit: exit)
    case (.exited(_, let exit), .created):
      end(exit, started: nil)
    case (.exited(_, let exit), .running(let since)):
      end(exit, started: since)
    case (.exited(_, let exit), .stopping(.some(let since), _)):
      end(exit, started: since)
    case (.exited, .stopping(.none, _)):
      unmake()
    default:
      break
    }
  }

  private mutating func end(_ exit: Exit, started: Duration?) {
    let reason =
      exit.outOfMemory ? Termination.outOfMemory : exit.code == 0 ? "Completed" : "Error"
    finish(
      Termination(
        run: run, code: exit.code, reason: reason, message: exit.message, started: started,
        finished: exit.at, containerID: identity?.containerID))
  }

  private mutating func finish(_ end: Termination) {
    state = .exited(end)
    ends = (ends + [end]).suffix(2)
    remains.append(Remains(run: run))
  }

  /// Taken back before it was started: no end that anybody should see, and another run if any.
  private mutating func unmake() {
    remains.append(Remains(run: run))
    run += 1
    state = .waiting(.turn)
  }

  private mutating func fail(_ failure: Failure, at now: Duration, _ plan: inout [Effect]) {
    switch failure.stage {
    case .image:
      if failure.isPull { pullBackoff.count(after: now, at: now) }
      report(.warning, failure.imageNote, failure.message, &plan)
      report(.warning, "Failed", "Error: \(failure.reason)", &plan)
      obstacle = Obstacle(reason: failure.reason, message: failure.message)
      state = .waiting(.retry(at: now + PodLife.syncRetry))
    case .bundle:
      report(.warning, "Failed", "Error: \(failure.message)", &plan)
      obstacle = Obstacle(reason: failure.reason, message: failure.message)
      state = .waiting(.retry(at: now + PodLife.syncRetry))
    case .runtime:
      report(.warning, "Failed", "Error: \(failure.message)", &plan)
      // The kubelet's word for what the runtime calls `StartError`.
      obstacle = Obstacle(reason: "RunContainerError", message: failure.message)
      finish(
        Termination(
          run: run, code: 128, reason: failure.reason, message: failure.message, started: nil,
          finished: now, containerID: state == .creating ? nil : identity?.containerID))
    }
  }

  func report(
    _ type: Note.NoteType, _ reason: String, _ message: String, _ plan: inout [Effect]
  ) {
    plan.append(.report(Note(type, reason, message, container: spec.name)))
  }
}

extension Failure {
  /// A registry was asked and did not give: what the kubelet counts in its pull back-off.
  fileprivate var isPull: Bool {
    switch reason {
    case "ErrImageNeverPull", "InvalidImageName", "ImageInspectError": false
    default: true
    }
  }

  /// The word under which the kubelet's image manager reports it.
  fileprivate var imageNote: String {
    switch reason {
    case "ErrImageNeverPull": reason
    case "InvalidImageName", "ImageInspectError": "InspectFailed"
    default: "Failed"
    }
  }
}
