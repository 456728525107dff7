import PodModel

/// What a pod's volumes show, kept up to date while it lives.
extension Supervisor {
  /// What has to be in the volumes before any container runs.
  func writeVolumes() throws(Volumes.NotReady) {
    var contents = VolumeContents(plan: plan, host: paths.host)
    try contents.write()
    renewTokens(at: contents.renewal)
  }

  /// Objects, labels or annotations have changed, or tokens have aged. A volume that cannot be
  /// written keeps what it has, and says why.
  func refreshVolumes() {
    // Otherwise they are written when the next sandbox begins.
    guard life.sandbox.isUp else { return }
    var contents = VolumeContents(plan: plan, host: paths.host)
    let problems = contents.refresh()
    for problem in problems {
      EventLog.append(Note(.warning, "FailedMount", "\(problem)"), to: paths)
    }
    let again = Clock.wall() + .seconds(60)
    renewTokens(at: problems.isEmpty ? contents.renewal : min(contents.renewal ?? again, again))
  }

  /// - Parameter moment: time since 1970; nil when nothing has to be written unless it changes.
  private func renewTokens(at moment: Duration?) {
    tokenRenewal?.cancel()
    tokenRenewal = moment.map { moment in
      loop.after(max(moment - Clock.wall(), .seconds(1))) { [unowned self] in refreshVolumes() }
    }
  }
}
