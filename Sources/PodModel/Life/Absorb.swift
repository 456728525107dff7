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
    case (.sandboxStarted(sandbox.run, let addresses), .starting):
      sandbox.state = .ready(since: now)
      sandbox.addresses = addresses
    case (.sandboxFailed(sandbox.run, let message), .starting):
      sandbox.state = .failed(message: message, retry: now + PodLife.syncRetry)
      plan.append(
        .report(
          Note(.warning, "FailedCreatePodSandBox", "Failed to create pod sandbox: \(message)")))
    case (.sandboxExited(sandbox.run), .ready):
      sandbox.state = .lost
    case (.sandboxRemoved(sandbox.run), .removing):
      sandbox.state = .removed
    default:
      break
    }
  }
}

extension ContainerLife {
  mutating func absorb(_ event: Event, of run: Int, at now: Duration, _ plan: inout [Effect]) {
    if case .removed = event { return remains.removeAll { $0.run == run } }
    guard run == self.run else { return }
    switch (event, state) {
    case (.created(_, let identity), .creating):
      state = .created
      self.identity = identity
      restarts = run
      pullBackoff = nil
      report(.normal, "Created", "Container created", &plan)
    case (.started, .starting(let exit)):
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
    case (.exited(_, let exit), .stopping(let since, _)):
      end(exit, started: since)
    default:
      break
    }
  }

  private mutating func end(_ exit: Exit, started: Duration?) {
    let reason = exit.outOfMemory ? "OOMKilled" : exit.code == 0 ? "Completed" : "Error"
    finish(
      Termination(
        run: run, code: exit.code, reason: reason, message: exit.message, started: started,
        finished: exit.at, containerID: identity?.containerID))
  }

  private mutating func finish(_ end: Termination) {
    state = .exited(end)
    remains.append(Remains(run: end.run))
  }

  private mutating func fail(_ failure: Failure, at now: Duration, _ plan: inout [Effect]) {
    report(.warning, "Failed", "Error: \(failure.message)", &plan)
    switch failure.stage {
    case .image:
      pullBackoff.count(after: now, at: now)
      state = .waiting(.failed(failure, retry: pullBackoff.due(after: now)))
    case .bundle:
      state = .waiting(.failed(failure, retry: now + PodLife.syncRetry))
    case .runtime:
      restarts = run
      finish(
        Termination(
          run: run, code: 128, reason: failure.reason, message: failure.message, started: nil,
          finished: now, containerID: identity?.containerID))
    }
  }

  func report(
    _ type: Note.NoteType, _ reason: String, _ message: String, _ plan: inout [Effect]
  ) {
    plan.append(.report(Note(type, reason, message, container: spec.name)))
  }
}
