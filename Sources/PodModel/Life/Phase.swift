/// Where a pod is in its life, by the kubelet's rules in the kubelet's order (`getPhase`).
extension PodLife {
  public var phase: PodPhase {
    let initial = shown(.initial)
    let apps = shown(.app)
    // What is final is not said while anything may still run (status manager `mergePodStatus`).
    let isOver = isFinished || isEnding && !containers.contains(where: \.isLive)
    if initial.contains(where: { !$0.isRunning && $0.hasFailed && !runsAgain($0) }) {
      return isOver ? .failed : .pending
    }
    // A pod that comes to its end before it ran has failed (status manager `TerminatePod`).
    if initial.contains(where: { $0.isRunning || $0.isAwaited })
      || apps.contains(where: \.isAwaited)
      || !apps.contains(where: \.hasBegun) && shown(.sidecar).contains(where: \.isPending)
    {
      return isFinished ? .failed : .pending
    }
    if (apps + shown(.sidecar)).contains(where: \.isRunning) { return .running }
    guard isOver else { return .running }
    if outcome == .deadlineExceeded { return .failed }
    return apps.contains(where: \.hasFailed) ? .failed : .succeeded
  }

  private func runsAgain(_ shown: Shown) -> Bool {
    shown.container.ended.map { runsAgain(shown.container, after: $0) } ?? false
  }
}

extension Shown {
  fileprivate var hasFailed: Bool { code.map { $0 != 0 } ?? false }

  /// A sidecar that the others wait for.
  fileprivate var isPending: Bool { isAwaited || isRunning && !isStarted }
}
