import PodModel

/// A whole status as lines of a transcript: what `show` writes.
extension Transcript {
  static func show(_ life: PodLife) -> String {
    let status = life.status(bootedAt: .zero)
    var lines = ["phase \(status.phase.map(\.rawValue) ?? "-")"]
    if let started = status.startTime { lines.append("startTime \(clock(started))") }
    if !status.podIPs.isEmpty { lines.append("podIPs \(status.podIPs.map(\.ip))") }
    lines += status.conditions.map(line)
    if let reason = status.reason { lines.append("\(reason): \(status.message ?? "")") }
    let containers =
      status.initContainerStatuses + status.containerStatuses + status.ephemeralContainerStatuses
    for container in containers {
      lines.append(line(container))
      if let state = container.state { lines.append("  state \(text(state))") }
      if let state = container.lastState { lines.append("  last \(text(state))") }
    }
    if let deadline = life.deadline { lines.append("deadline \(text(deadline))") }
    return lines.map { "  : \($0)\n" }.joined()
  }

  private static func line(_ condition: PodCondition) -> String {
    let since = condition.lastTransitionTime.map { " since \(clock($0))" } ?? ""
    let reason = condition.reason.map { " \($0)" } ?? ""
    let message = condition.message.map { ": \($0)" } ?? ""
    return "\(condition.type) \(condition.status.rawValue)\(since)\(reason)\(message)"
  }

  private static func line(_ container: ContainerStatus) -> String {
    var line = container.name
    if container.ready { line += " ready" }
    if container.started == true { line += " started" }
    line += " restartCount \(container.restartCount)"
    if let id = container.containerID { line += " \(id)" }
    // All of them run `image`, until somebody says otherwise.
    if container.image != "image" { line += " of \(container.image)" }
    for (word, amounts) in [
      ("requests", container.resources?.requests), ("limits", container.resources?.limits),
    ] {
      guard let amounts, !amounts.isEmpty else { continue }
      let all = amounts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text)" }
      line += " \(word) " + all.joined(separator: ",")
    }
    return line
  }

  private static func text(_ state: ContainerState) -> String {
    if let running = state.running {
      return "running since \(running.startedAt.map(clock) ?? "-")"
    }
    if let waiting = state.waiting {
      return "waiting \(waiting.reason ?? "-")" + (waiting.message.map { ": \($0)" } ?? "")
    }
    guard let end = state.terminated else { return "nothing" }
    var line = "terminated \(end.reason ?? "-") \(end.exitCode)"
    if let started = end.startedAt { line += " from \(clock(started))" }
    if let finished = end.finishedAt { line += " to \(clock(finished))" }
    if let id = end.containerID { line += " \(id)" }
    return line + (end.message.map { ": \($0)" } ?? "")
  }

  /// The time of day alone: transcripts begin with 1970.
  private static func clock(_ time: String) -> String {
    time.split(separator: "T").last.map { String($0.dropLast()) } ?? time
  }
}
