/// What of a life is worth a mark.
extension TimelineMark {
  /// The marks of what has changed between two moments of a life.
  ///
  /// - Parameter now: time since boot, of what has no time of its own.
  public static func changes(
    from before: PodLife, to after: PodLife, at now: Duration
  ) -> [TimelineMark] {
    var marks: [TimelineMark] = []
    if after.pauseStanding != before.pauseStanding {
      marks.append(after.pauseStanding.mark(at: now))
    }
    for container in after.containers {
      let name = container.spec.name
      let old = before.containers.first { $0.spec.name == name }
      marks += ends(of: container, since: old) + begun(container, since: old, at: now)
    }
    return marks
  }

  /// The runs that have ended. One may have been quicker than we could see it run, and the next one
  /// may be under way already.
  private static func ends(
    of container: ContainerLife, since old: ContainerLife?
  ) -> [TimelineMark] {
    let known = old?.ends.map(\.run) ?? []
    return container.ends.filter { !known.contains($0.run) }.flatMap { end -> [TimelineMark] in
      func mark(_ what: What, at time: Duration) -> TimelineMark {
        TimelineMark(at: time, subject: container.spec.name, run: end.run, what: what)
      }
      let wasSeen = old?.run == end.run && old?.standing.hasRun == true
      let began = wasSeen ? nil : end.started.map { mark(.stage(.running), at: $0) }
      return [began, mark(.ended(end.code), at: end.finished)].compactMap { $0 }
    }
  }

  private static func begun(
    _ container: ContainerLife, since old: ContainerLife?, at now: Duration
  ) -> [TimelineMark] {
    let standing = container.standing
    guard standing != old?.standing, old != nil || standing.what != .stage(.waiting) else {
      return []
    }
    if case .ended = standing.what { return [] }
    return [standing.mark(at: now)]
  }

  /// The mark of a probe that failed.
  public static func failure(_ event: Event, at now: Duration) -> TimelineMark? {
    guard case .probed(let instance, let kind, .failure) = event else { return nil }
    return TimelineMark(
      at: now, subject: instance.container, run: instance.run, what: .failed(kind))
  }
}

/// How one row of a time line stands.
private struct Standing: Equatable {
  var subject: String
  var run: Int
  var what: TimelineMark.What

  func mark(at time: Duration) -> TimelineMark {
    TimelineMark(at: time, subject: subject, run: run, what: what)
  }

  var hasRun: Bool {
    switch what {
    case .stage(let stage): ![.waiting, .backOff, .creating].contains(stage)
    case .ended, .failed: true
    }
  }
}

extension PodLife {
  fileprivate var pauseStanding: Standing {
    let stage: TimelineMark.What =
      switch sandbox.state {
      case .absent: .stage(.waiting)
      case .starting: .stage(.creating)
      case .ready: .stage(.running)
      case .lost, .failed, .removing: .stage(.stopping)
      case .removed: .ended(0)
      }
    return Standing(subject: TimelineMark.pause, run: sandbox.run, what: stage)
  }
}

extension ContainerLife {
  fileprivate var standing: Standing {
    let what: TimelineMark.What
    switch state {
    case .waiting(.backOff): what = .stage(.backOff)
    case .waiting: what = .stage(.waiting)
    case .creating, .created, .starting: what = .stage(.creating)
    case .running(let activity):
      if activity.postStart != .done {
        what = .stage(.postStart)
      } else {
        what = .stage(activity.isStarted(spec) ? .running : .starting)
      }
    case .stopping(_, let stop): what = .stage(stop.stage == .preStop ? .preStop : .stopping)
    case .exited(let end): what = .ended(end.code)
    }
    return Standing(subject: spec.name, run: run, what: what)
  }
}
