/// Where a pod is in its life, by the kubelet's rules in the kubelet's order (`getPhase`).
extension PodLife {
  public var phase: PodPhase {
    let initial = containers.filter { $0.spec.role == .initial }
    let apps = containers.filter { $0.spec.role == .app }
    if initial.contains(where: { hasFailedForGood($0) }) { return .failed }
    if initial.contains(where: { !$0.hasSucceeded }), !apps.contains(where: \.hasBegun) {
      return isFinished ? .failed : .pending
    }
    if apps.contains(where: { !$0.hasBegun }) { return isFinished ? .failed : .pending }
    if apps.contains(where: \.isRunning) { return .running }
    let ends = apps.compactMap(\.ended)
    let isOver = outcome != nil || deletion != nil || isFinished
    if !isOver, ends.contains(where: { spec.restarts(after: $0.code) }) { return .running }
    return ends.allSatisfy { $0.code == 0 } ? .succeeded : .failed
  }

  private func hasFailedForGood(_ container: ContainerLife) -> Bool {
    guard case .exited(let end) = container.state, end.code != 0 else { return false }
    return !spec.restarts(after: end.code)
  }
}
