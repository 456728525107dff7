/// Taking in a fact about one run of one container.
extension ContainerLife {
  mutating func absorb(_ event: Event, of run: Int, at now: Duration, _ plan: inout [Effect]) {
    if case .removed = event { return remains.removeAll { $0.run == run && $0.asked } }
    guard run == self.run else { return }
    switch (event, state) {
    case (.pulling(_, let image), .creating):
      report(.normal, "Pulling", "Pulling image \(image.quoted)", &plan)
    case (.pulled(_, let image), .creating):
      if image.name == madeOf { hasPulled = true }
      report(.normal, "Pulled", image.note, &plan)
    case (.created(_, let identity), .creating):
      state = .created
      self.identity = identity
      reportImage(&plan)
      report(.normal, "Created", "Container created", &plan)
    case (.started, .starting(let exit)):
      obstacle = nil
      report(.normal, "Started", "Container started", &plan)
      if let exit {
        end(exit, started: min(now, exit.at))
      } else {
        state = .running(Activity(since: now, spec))
        noteStart()
      }
    case (.failed(_, let failure), .creating), (.failed(_, let failure), .starting):
      fail(failure, at: now, &plan)
    case (.exited(_, let exit), .starting):
      state = .starting(exit: exit)
    case (.exited(_, let exit), .created):
      end(exit, started: nil)
    case (.exited(_, let exit), .running(let activity)),
      (.exited(_, let exit), .stopping(.some(let activity), _)):
      end(exit, started: activity.since)
    case (.exited, .stopping(.none, _)):
      unmake()
    case (.hooked(_, let hook, let failure), _):
      absorb(hook, failure: failure, &plan)
    case (.resized(_, let failure), _):
      absorbResize(failure: failure, at: now, &plan)
    case (.probed(_, let kind, let result), _):
      absorb(result, of: kind, at: now, &plan)
    default:
      break
    }
  }

  private mutating func absorb(_ hook: Hook, failure: String?, _ plan: inout [Effect]) {
    switch (hook, state) {
    case (.postStart, .running(var activity)) where activity.postStart == .asked:
      activity.postStart = failure == nil ? .done : .failed
      state = .running(activity)
      noteStart()
      guard let failure else { return }
      report(.warning, "FailedPostStartHook", "PostStartHook failed", &plan)
      obstacle = Obstacle(reason: "PostStartHookError", message: failure)
    case (.preStop, .stopping(let activity, var stop)) where stop.stage == .preStop:
      stop.stage = .turn
      state = .stopping(activity, stop)
      if failure != nil { report(.warning, "FailedPreStopHook", "PreStopHook failed", &plan) }
    default:
      break
    }
  }

  private mutating func absorb(
    _ result: ProbeResult, of kind: ProbeKind, at now: Duration, _ plan: inout [Effect]
  ) {
    guard let probe = spec.probes[kind] else { return }
    switch state {
    case .running(var activity):
      let news = activity.probes[kind]?.take(result, of: kind, probe, at: now)
      state = .running(activity)
      noteStart()
      if let news { report(.warning, news.reason, news.message, &plan) }
    case .stopping(.some(var activity), let stop):
      let news = activity.probes[kind]?.take(result, of: kind, probe, at: now)
      state = .stopping(activity, stop)
      // Who is ending need not live.
      if kind == .readiness, let news { report(.warning, news.reason, news.message, &plan) }
    default:
      break
    }
  }

  /// Kept also when it ends later: only the first start is waited for.
  private mutating func noteStart() {
    if activity?.isStarted(spec) ?? false { wasStarted = true }
  }

  private mutating func end(_ exit: Exit, started: Duration?) {
    var end = Termination(
      run: run, code: exit.code, reason: exit.code == 0 ? "Completed" : "Error",
      message: exit.message, started: started, finished: exit.at,
      containerID: identity?.containerID)
    if exit.outOfMemory { end.reason = Termination.outOfMemory }
    finish(end)
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
    if failure.stage != .image, state == .creating { reportImage(&plan) }
    switch failure.stage {
    case .image:
      if failure.isPull, madeOf == spec.image { pullBackoff.count(after: now, at: now) }
      lacking = failure.image ?? madeOf
      let (reason, message) = failure.imageNote(lacking ?? spec.image)
      report(.warning, reason, message, &plan)
      report(.warning, "Failed", "Error: \(failure.reason)", &plan)
      retry(after: failure, at: now)
    case .bundle:
      report(.warning, "Failed", "Error: \(failure.message)", &plan)
      retry(after: failure, at: now)
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

  /// With the next sync, which is at once when the pod was changed meanwhile.
  private mutating func retry(after failure: Failure, at now: Duration) {
    obstacle = Obstacle(reason: failure.reason, message: failure.message)
    state = .waiting(.retry(at: triesAgain ? now : now + PodLife.syncRetry))
  }

  private func reportImage(_ plan: inout [Effect]) {
    if hasPulled { return }
    report(
      .normal, "Pulled",
      "Container image \"\(spec.image)\" already present on machine and can be accessed by the pod",
      &plan)
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

  /// How the kubelet's image manager reports it.
  fileprivate func imageNote(_ image: String) -> (reason: String, message: String) {
    switch reason {
    case "ErrImageNeverPull": (reason, message)
    case "InvalidImageName", "ImageInspectError": ("InspectFailed", message)
    default: ("Failed", "Failed to pull image \(image.quoted): \(message)")
    }
  }
}

extension PulledImage {
  fileprivate var note: String {
    "Successfully pulled image \(name.quoted) in \(took.goText) "
      + "(\(tookWithWaiting.goText) including waiting). Image size: \(size) bytes."
  }
}
