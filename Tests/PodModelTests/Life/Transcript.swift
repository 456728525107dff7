import PodModel

/// A life told in lines of text: the pod, what happened when, what was answered.
///
///     # what this transcript shows
///     restartPolicy Always
///     app web
///     ---
///     0s begun
///       > startSandbox 0
///       = Pending web:waiting(ContainerCreating)
///
/// Only the header and the unindented lines are read; the indented ones are what `replay` writes.
/// A line with a time alone lets time pass; what is woken on the way is marked with `@`.
/// `show` writes the whole status, `:` before each line.
struct Transcript {
  var header: [Substring] = []
  var spec = LifeSpec(
    pod: "pod_default(uid)", restartPolicy: .always, grace: .seconds(30), containers: [])
  var steps: [Substring] = []

  struct Malformed: Error, CustomStringConvertible {
    var description: String
  }

  init(_ text: String) throws {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    while let line = lines.popFirst(), line != "---" {
      header.append(line)
      try readHeader(line)
    }
    steps = lines.filter { !$0.isEmpty && !$0.hasPrefix(" ") }
  }

  private mutating func readHeader(_ line: Substring) throws {
    let words = line.split(separator: " ").map(String.init)
    switch (words.first, words.dropFirst().first) {
    case ("restartPolicy", let policy?):
      guard let policy = RestartPolicy(rawValue: policy) else {
        throw Malformed(description: "no such restart policy: \(line)")
      }
      spec.restartPolicy = policy
    case ("grace", let grace?):
      spec.grace = try Transcript.time(grace)
    case ("deadline", let deadline?):
      spec.activeDeadline = try Transcript.time(deadline)
    case ("readinessGate", let type?):
      spec.readinessGates.append(type)
    case (let role?, let name?) where LifeSpec.Role(rawValue: role) != nil:
      let role = LifeSpec.Role(rawValue: role) ?? .app
      spec.containers.append(
        try TranscriptContainer.read(name: name, role: role, options: words.dropFirst(2)))
    case (nil, _), (.some("#"), _):
      break
    default:
      throw Malformed(description: "not a header line: \(line)")
    }
  }

  /// The whole text as it should be: every step with its answers.
  ///
  /// - Parameter interrupt: what becomes of the life between two steps.
  func replay(interrupt: (PodLife) throws -> PodLife = { $0 }) throws -> String {
    var text = header.joined(separator: "\n") + "\n---\n"
    var life = PodLife(spec)
    var last = ""
    for step in steps {
      life = try interrupt(life)
      let words = step.split(separator: " ", maxSplits: 1).map(String.init)
      let now = try Transcript.time(words[0])
      text += "\(step)\n"
      while let due = life.deadline, due <= now {
        let plan = life.wake(at: due)
        guard !plan.isEmpty || life.deadline != due else {
          throw Malformed(description: "woken at \(due) for nothing in: \(step)")
        }
        text += "  @\(Transcript.text(due))\n" + Transcript.lines(plan)
      }
      if words.last == "show" {
        text += Transcript.show(life)
      } else if words.count > 1 {
        let event = try Transcript.event(words[1], of: life, at: now)
        text += Transcript.lines(life.handle(event, at: now))
      }
      let state = Transcript.summary(life)
      if state != last { text += "  = \(state)\n" }
      last = state
    }
    return text
  }

  private static func lines(_ plan: [Effect]) -> String {
    plan.map { "  > \($0)\n" }.joined()
  }

  private static func summary(_ life: PodLife) -> String {
    let status = life.status(bootedAt: .zero)
    let all =
      status.initContainerStatuses + status.containerStatuses + status.ephemeralContainerStatuses
    let containers = all.map { container in
      let count = container.restartCount > 0 ? "x\(container.restartCount)" : ""
      return "\(container.name):\(word(container))\(count)"
    }
    return ([status.phase.map { "\($0.rawValue)" } ?? "-"] + containers).joined(separator: " ")
  }

  private static func word(_ container: ContainerStatus) -> String {
    let state = container.state
    if let waiting = state?.waiting { return "waiting(\(waiting.reason ?? ""))" }
    if state?.running != nil { return container.ready ? "ready" : "running" }
    if let end = state?.terminated { return "terminated(\(end.reason ?? ""),\(end.exitCode))" }
    return "?"
  }

  static func time(_ text: String) throws -> Duration {
    guard text.hasSuffix("s"), let seconds = Double(text.dropLast()) else {
      throw Malformed(description: "not a time: \(text)")
    }
    return .milliseconds(Int64((seconds * 1000).rounded()))
  }

  static func text(_ time: Duration) -> String {
    let milliseconds =
      time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
    guard milliseconds % 1000 != 0 else { return "\(milliseconds / 1000)s" }
    var fraction = String(milliseconds % 1000 + 1000).dropFirst()
    while fraction.last == "0" { fraction = fraction.dropLast() }
    return "\(milliseconds / 1000).\(fraction)s"
  }
}
