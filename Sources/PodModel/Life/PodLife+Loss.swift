extension PodLife {
  /// The life of a pod after the host was started anew: what ran is gone, and nobody saw it end.
  ///
  /// The init sequence runs again, and who is restarted counts one restart more; a pod that is
  /// never restarted has failed.
  ///
  /// - Parameters:
  ///   - runs: the last run of each container that had one.
  ///   - now: when that was found out, time since boot.
  public init(_ spec: LifeSpec, lost runs: [String: Int], at now: Duration) {
    self.init(spec)
    guard !runs.isEmpty else { return }
    sandbox.state = .lost
    for index in containers.indices {
      guard let run = runs[containers[index].spec.name] else { continue }
      containers[index].lose(run, at: now)
    }
  }
}

extension ContainerLife {
  fileprivate mutating func lose(_ run: Int, at now: Duration) {
    let end = Termination(
      run: run, code: Termination.lostCode, reason: Termination.lost, message: "", started: nil,
      finished: now, containerID: nil)
    self.run = run
    state = .exited(end)
    ends = [end]
    remains = [Remains(run: run)]
  }
}
