/// What to do next: one ordered pass over the whole pod, from what it is to what it should be.
extension PodLife {
  /// Until what could not be made is looked at again: the kubelet's sync error back-off.
  static let syncRetry = Duration.seconds(10)
  /// Until volumes that could not be made ready are looked at again: at first, and at most after
  /// doubling (kubelet `goroutinemap/exponentialbackoff`).
  static let volumeRetry = Duration.milliseconds(500)
  static let longestVolumeRetry = Duration.seconds(122)
  /// A sandbox lives at least so long before the next one: the kubelet looks once a second (PLEG).
  static let relist = Duration.seconds(1)

  mutating func decide(at now: Duration, _ plan: inout [Effect]) {
    guard admitted != nil || deletion != nil, !isFinished else { return }
    removeEnded(&plan)
    if outcome == nil { outcome = verdict(at: now, &plan) }
    if isEnding {
      endPod(at: now, &plan)
    } else if sandboxIsReady(at: now, &plan) {
      goOn(at: now, &plan)
    }
    care(at: now, &plan)
  }

  /// Every ended run is taken away once.
  private mutating func removeEnded(_ plan: inout [Effect]) {
    for index in containers.indices {
      let name = containers[index].spec.name
      for place in containers[index].remains.indices where !containers[index].remains[place].asked {
        containers[index].remains[place].asked = true
        plan.append(.remove(Instance(name, containers[index].remains[place].run)))
      }
    }
  }

  /// Whether the pod has come to its end, now that nothing of it may run again.
  private func verdict(at now: Duration, _ plan: inout [Effect]) -> Outcome? {
    if let until = activeUntil, until <= now, deletion == nil {
      plan.append(.report(Note(.normal, DeadlineExceeded.reason, DeadlineExceeded.event)))
      return .deadlineExceeded
    }
    if let eviction {
      plan.append(.report(Note(.warning, Eviction.reason, eviction)))
      return .evicted
    }
    if sandbox.state == .lost, !mayReplaceSandbox { return .sandboxLost }
    guard !isRenewing else { return nil }
    if let gate, containers[gate].spec.role == .initial {
      return isOver(containers[gate]) ? .notInitialised : nil
    }
    let apps = containers.filter { $0.spec.role == .app }
    return apps.allSatisfy(isOver) ? .completed : nil
  }

  /// The container ended and will not run again.
  private func isOver(_ container: ContainerLife) -> Bool {
    guard case .exited(let end) = container.state else { return false }
    return !runsAgain(container, after: end)
  }

  func runsAgain(_ container: ContainerLife, after end: Termination) -> Bool {
    container.revives || spec.restarts(container.spec, after: end)
  }

  /// A pod that is never restarted gets one sandbox in which containers are made
  /// (kubelet `computePodActions`).
  var mayReplaceSandbox: Bool {
    spec.restartPolicy != .never || !containers.contains(where: \.wasMade)
  }
}

/// What is said of a pod that was active for too long; event and status differ by a word.
enum DeadlineExceeded {
  static let reason = "DeadlineExceeded"
  static let event = "Pod was active on the node longer than specified deadline"
  static let status = "Pod was active on the node longer than the specified deadline"
}

/// What is done with a pod that has taken too much (kubelet `evictPod`).
enum Eviction {
  static let reason = "Evicted"
  /// Its hooks and its own grace do not hold it up.
  static let grace = Duration.seconds(1)
}
