/// Where a pod is in its life, by the kubelet's rules in the kubelet's order (`getPhase`).
extension PodLife {
  public var phase: PodPhase {
    let initial = shown(.initial)
    let apps = shown(.app)
    if spec.restartPolicy == .never, initial.contains(where: { !$0.isRunning && $0.hasFailed }) {
      return .failed
    }
    // A pod that comes to its end before it ran has failed (status manager `TerminatePod`).
    if initial.contains(where: { $0.isRunning || $0.isAwaited })
      || apps.contains(where: \.isAwaited)
    {
      return isFinished ? .failed : .pending
    }
    if apps.contains(where: \.isRunning) { return .running }
    let isOver = isFinished || isEnding && !containers.contains(where: \.isLive)
    if !isOver, apps.contains(where: { mayRestart($0) }) { return .running }
    return apps.contains(where: \.hasFailed) ? .failed : .succeeded
  }

  private func mayRestart(_ app: Shown) -> Bool {
    app.container.ended.map { spec.restarts(.app, after: $0) } ?? false
  }
}

extension Shown {
  fileprivate var hasFailed: Bool { code.map { $0 != 0 } ?? false }
}
