import PodModel

/// What the life was told, as far as the rules need it: `check` judges by this and by nothing else.
extension LifeRules {
  mutating func hear(_ event: Event, at now: Duration) {
    switch event {
    case .begun, .unschedulable, .updated, .hooked, .probed: break
    case .deletionRequested(let grace):
      isDeleted = true
      let allowed = max(grace ?? spec.grace, .seconds(2))
      let latest = now + allowed + LifeWorld.longestAnswer * 8
      mustFinishBy = min(mustFinishBy ?? latest, latest)
    case .sandboxStarted(sandbox.run, _): sandbox.isReady = sandbox.isThere && !sandbox.isGoing
    case .sandboxFailed(sandbox.run, _): sandbox.failedAt = now
    case .sandboxExited(sandbox.run): (sandbox.isThere, sandbox.isReady) = (false, false)
    case .sandboxRemoved(sandbox.run): (sandbox.isGoing, sandbox.isGone) = (false, true)
    case .sandboxStarted, .sandboxFailed, .sandboxExited, .sandboxRemoved: break
    case .created(let instance, _):
      if runs[instance]?.stage == .creating { runs[instance]?.stage = .created }
    case .started(let instance): hearStarted(instance)
    case .failed(let instance, let failure): hearFailed(instance, failure, at: now)
    case .exited(let instance, let exit): hearExited(instance, exit)
    case .removed(let instance):
      if runs[instance]?.wasRemoved == true { runs[instance]?.isRemoved = true }
    }
  }

  /// Time in which nobody could do anything.
  mutating func excuse(_ outage: Duration) {
    mustFinishBy? += outage
  }

  private mutating func hearStarted(_ instance: Instance) {
    guard runs[instance]?.stage == .starting else { return }
    timesStarted[instance.container, default: 0] += 1
    runs[instance]?.stage = .running
    if let exit = runs[instance]?.exit { finish(instance, exit) }
  }

  private mutating func hearFailed(_ instance: Instance, _ failure: Failure, at now: Duration) {
    guard let run = runs[instance], run.stage == .creating || run.stage == .starting else { return }
    if failure.stage == .runtime {
      finish(instance, Exit(code: 128, at: now))
    } else {
      runs[instance]?.stage = .retrying
      runs[instance]?.failedAt = now
      if failure.reason == "ErrImagePull" { countPull(instance.container, at: now) }
    }
  }

  private mutating func countPull(_ name: String, at now: Duration) {
    if let last = pulls[name], now - last.failed <= .seconds(600) {
      pulls[name] = (now, min(last.wait * 2, .seconds(300)))
    } else {
      pulls[name] = (now, .seconds(10))
    }
  }

  private mutating func hearExited(_ instance: Instance, _ exit: Exit) {
    guard let run = runs[instance] else { return }
    switch run.stage {
    case .starting: runs[instance]?.exit = exit
    case .created where run.wasKilled: runs[instance]?.stage = .over
    case .created, .running: finish(instance, exit)
    case .creating, .retrying, .over: break
    }
  }

  private mutating func finish(_ instance: Instance, _ exit: Exit) {
    guard let run = runs[instance] else { return }
    runs[instance]?.stage = .over
    ends[instance.container] = End(
      run: instance.run, code: exit.code, isFailure: exit.code != 0 || exit.outOfMemory,
      at: exit.at,
      sandbox: run.sandbox, restartedAt: run.isRestart ? run.createdAt : nil)
  }
}
