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
    switch (words.first ?? "#", words.dropFirst().first) {
    case ("restartPolicy", let policy?):
      guard let policy = RestartPolicy(rawValue: policy) else {
        throw Malformed(description: "no such restart policy: \(line)")
      }
      spec.restartPolicy = policy
    case ("grace", let grace?):
      spec.grace = try Transcript.time(grace)
    case ("init", let name?):
      spec.containers.append(.init(name: name, role: .initial, image: "image"))
    case ("app", let name?):
      spec.containers.append(.init(name: name, role: .app, image: "image"))
    case (let word, _) where word.hasPrefix("#"):
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
        text += Transcript.lines(life.handle(try Transcript.event(words[1], at: now), at: now))
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
    let containers = (status.initContainerStatuses + status.containerStatuses).map { container in
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

  static func event(_ text: String, at now: Duration) throws -> Event {
    let words = text.split(separator: " ").map(String.init)
    let rest = words.dropFirst(2).joined(separator: " ")
    switch (words.first, words.dropFirst().first) {
    case ("begun", nil): return .begun
    case ("delete", let grace): return .deletionRequested(grace: try grace.map { try time($0) })
    case ("sandboxStarted", let run?):
      return .sandboxStarted(run: try number(run), addresses: Array(words.dropFirst(2)))
    case ("sandboxFailed", let run?): return .sandboxFailed(run: try number(run), message: rest)
    case ("sandboxExited", let run?): return .sandboxExited(run: try number(run))
    case ("sandboxRemoved", let run?): return .sandboxRemoved(run: try number(run))
    case ("created", let of?):
      let instance = try instance(of)
      return .created(
        instance, Identity(containerID: "crun://\(of)", imageID: "sha256:0"))
    case ("started", let of?): return .started(try instance(of))
    case ("removed", let of?): return .removed(try instance(of))
    case ("exited", let of?):
      guard words.count > 2, let code = Int32(words[2]) else {
        throw Malformed(description: "no exit code: \(text)")
      }
      return .exited(
        try instance(of), Exit(code: code, at: now, outOfMemory: words.dropFirst(3).first == "oom"))
    case ("failed", let of?):
      guard words.count > 3, let stage = Failure.Stage(rawValue: words[2]) else {
        throw Malformed(description: "failed INSTANCE image|bundle|runtime REASON MESSAGE: \(text)")
      }
      let message = words.dropFirst(4).joined(separator: " ")
      return .failed(try instance(of), Failure(stage, reason: words[3], message: message))
    default:
      throw Malformed(description: "no such event: \(text)")
    }
  }

  private static func number(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw Malformed(description: "not a number: \(text)") }
    return number
  }

  private static func instance(_ text: String) throws -> Instance {
    let parts = text.split(separator: "/").map(String.init)
    guard parts.count == 2 else { throw Malformed(description: "not NAME/RUN: \(text)") }
    return Instance(parts[0], try number(parts[1]))
  }
}
