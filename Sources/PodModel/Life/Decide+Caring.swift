/// What runs is looked after: hooks, probes, and the steps of an end.
extension PodLife {
  mutating func care(at now: Duration, _ plan: inout [Effect]) {
    for index in containers.indices {
      if !isEnding {
        stopIfUnfit(index, at: now, &plan)
        resize(index, at: now, &plan)
      }
      if case .stopping = containers[index].state {
        let isItsTurn = maySignal(index)
        containers[index].advanceStop(isItsTurn: isItsTurn, at: now, &plan)
      }
      containers[index].attend(at: now, &plan)
    }
  }

  /// A container that runs and should not as it is.
  private mutating func stopIfUnfit(_ index: Int, at now: Duration, _ plan: inout [Effect]) {
    let container = containers[index]
    let name = container.spec.name
    guard case .running(let activity) = container.state else { return }
    if activity.postStart == .failed {
      containers[index].stop(
        .postStart, grace: spec.grace, message: "FailedPostStartHook", at: now, &plan)
    } else if container.runsOldImage {
      containers[index].revives = true
      containers[index].stop(
        .update, grace: spec.grace,
        message: "Container \(name) definition changed, will be restarted", at: now, &plan)
    } else if container.needsRestartToResize, spec.infeasible == nil {
      containers[index].revives = true
      containers[index].stop(
        .update, grace: spec.grace, message: "Container \(name) resize requires restart", at: now,
        &plan)
    } else if let kind = activity.failedProbe {
      let runsAgain = spec.restartsUnhealthy(container.spec)
      containers[index].revives = runsAgain
      containers[index].stop(
        .probe, grace: container.spec.probes[kind]?.grace ?? spec.grace,
        message: "Container \(name) failed \(kind.rawValue) probe"
          + (runsAgain ? ", will be restarted" : ""),
        at: now, &plan)
    }
  }

  /// Sidecars serve the others: in a pod that ends, each waits for the apps and for the sidecars
  /// after it (kubelet `terminationOrdering`).
  private func maySignal(_ index: Int) -> Bool {
    guard containers[index].spec.role == .sidecar,
      case .stopping(_, let stop) = containers[index].state, stop.cause.isOfPod
    else { return true }
    return !containers.indices.contains { other in
      switch containers[other].spec.role {
      case .app: containers[other].isLive
      case .sidecar: other > index && containers[other].isLive
      case .initial, .ephemeral: false
      }
    }
  }
}

extension ContainerLife {
  /// Only what runs for as long as the pod is made anew (the kubelet's hash of name and image).
  fileprivate var runsOldImage: Bool {
    (spec.role == .app || spec.role == .sidecar) && madeOf != spec.image
  }

  fileprivate mutating func advanceStop(
    isItsTurn: Bool, at now: Duration, _ plan: inout [Effect]
  ) {
    guard case .stopping(let activity, var stop) = state,
      let signal = stop.advance(isItsTurn: isItsTurn, at: now)
    else { return }
    state = .stopping(activity, stop)
    plan.append(.signal(instance, signal))
  }

  /// Runs the postStart hook, asks the probes that are due.
  fileprivate mutating func attend(at now: Duration, _ plan: inout [Effect]) {
    switch state {
    case .running(var activity):
      if activity.postStart == .wanted {
        activity.postStart = .asked
        plan.append(.hook(instance, .postStart))
      }
      ask(&activity, isStopping: false, at: now, &plan)
      state = .running(activity)
    case .stopping(.some(var activity), let stop):
      ask(&activity, isStopping: true, at: now, &plan)
      state = .stopping(activity, stop)
    default:
      break
    }
  }

  private func ask(
    _ activity: inout Activity, isStopping: Bool, at now: Duration, _ plan: inout [Effect]
  ) {
    for kind in activity.probe(spec, isStopping: isStopping, at: now) {
      plan.append(.probe(instance, kind))
    }
  }
}
