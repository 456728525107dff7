/// A pod that ends: its containers, then its sandbox, then the life itself.
extension PodLife {
  mutating func endPod(at now: Duration, _ plan: inout [Effect]) {
    // Who asks for a longer one does not hold up an eviction.
    let longest: Duration? = outcome == .evicted ? Eviction.grace : nil
    let wished = deletion?.grace ?? longest ?? spec.grace
    let grace = min(wished, longest ?? wished)
    guard haveStopped(.pod, grace: grace, at: now, &plan) else { return }
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

  /// Has every container end; true when none lives.
  mutating func haveStopped(
    _ cause: Stop.Cause, grace: Duration, at now: Duration, _ plan: inout [Effect]
  ) -> Bool {
    for index in containers.indices {
      let message = "Stopping container \(containers[index].spec.name)"
      containers[index].stop(cause, grace: grace, message: message, at: now, &plan)
    }
    return !containers.contains(where: \.isLive)
  }

  mutating func removeSandbox(_ plan: inout [Effect]) {
    sandbox.state = .removing
    plan.append(.removeSandbox(run: sandbox.run))
  }
}

extension ContainerLife {
  /// Begins its end; what was not started yet is killed, what ends already may have to hurry.
  mutating func stop(
    _ cause: Stop.Cause, grace: Duration, message: String, at now: Duration,
    _ plan: inout [Effect]
  ) {
    switch state {
    case .created:
      state = .stopping(nil, .kill(cause, at: now))
      plan.append(.signal(instance, .kill))
    case .running(let activity):
      let hasHook = spec.hasPreStop && grace > .zero
      state = .stopping(
        activity, Stop(cause: cause, graceEnd: now + grace, stage: hasHook ? .preStop : .turn))
      report(.normal, "Killing", message, &plan)
      if hasHook { plan.append(.hook(instance, .preStop)) }
    case .stopping(let activity, var stop):
      if cause.isOfPod { stop.cause = cause }
      stop.shorten(to: grace, at: now)
      state = .stopping(activity, stop)
    default:
      break
    }
  }
}
