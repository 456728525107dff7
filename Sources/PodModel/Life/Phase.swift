/// Where a pod is in its life, by the kubelet's rules in the kubelet's order (`getPhase`).
extension PodLife {
  public var phase: PodPhase { phase(of: containers.map(shown)) }

  /// - Parameter all: the containers of this life as they are shown.
  func phase(of all: [Shown]) -> PodPhase {
    if rejection != nil { return .failed }
    // What is final is not said while anything may still run (status manager `mergePodStatus`).
    let isOver = isFinished || isEnding && !containers.contains(where: \.isLive)
    func has(_ role: LifeSpec.Role, _ isSo: (Shown) -> Bool) -> Bool {
      all.contains { $0.container.spec.role == role && isSo($0) }
    }
    if has(.initial, { !$0.isRunning && $0.hasFailed && !runsAgain($0) }) {
      return isOver ? .failed : .pending
    }
    // A pod that comes to its end before it ran has failed (status manager `TerminatePod`).
    if has(.initial, { $0.isRunning || $0.isAwaited }) || has(.app, \.isAwaited)
      || !has(.app, \.hasBegun) && has(.sidecar, \.isPending)
    {
      return isFinished ? .failed : .pending
    }
    if has(.app, \.isRunning) || has(.sidecar, \.isRunning) { return .running }
    guard isOver else { return .running }
    if outcome == .deadlineExceeded || outcome == .evicted { return .failed }
    return has(.app, \.hasFailed) ? .failed : .succeeded
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
