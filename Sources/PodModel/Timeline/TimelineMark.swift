/// One change in the life of a pod, as its time line shows it: who came into which state, and when.
///
/// A life forgets what is over; marks are written down as it goes, one line each.
public struct TimelineMark: Equatable, Sendable {
  /// Since boot.
  public var at: Duration
  /// A container, or `_pause`.
  public var subject: String
  public var run: Int
  public var what: What

  public enum What: Equatable, Sendable {
    case stage(Stage)
    /// The run is over, with this exit status.
    case ended(Int32)
    /// A probe had no good answer.
    case failed(ProbeKind)
  }

  /// What is going on until the next mark.
  public enum Stage: String, CaseIterable, Sendable {
    case waiting, backOff, creating, postStart, starting, running, preStop, stopping
  }

  public init(at: Duration, subject: String, run: Int, what: What) {
    self.at = at
    self.subject = subject
    self.run = run
    self.what = what
  }

  /// What holds the namespaces, by a name that no container can have.
  public static let pause = "_pause"
}

/// As a line: `<nanoseconds since boot> <subject> <run> <stage>|ended:<code>|failed:<probe>`.
extension TimelineMark: CustomStringConvertible {
  public var description: String {
    let word =
      switch what {
      case .stage(let stage): stage.rawValue
      case .ended(let code): "ended:\(code)"
      case .failed(let kind): "failed:\(kind.rawValue)"
      }
    let (seconds, attoseconds) = at.components
    return "\(seconds * 1_000_000_000 + attoseconds / 1_000_000_000) \(subject) \(run) \(word)"
  }

  /// nil for a line that is none.
  public init?(_ line: some StringProtocol) {
    let words = String(line).split(separator: " ")
    guard words.count == 4, let time = Int64(words[0]), let run = Int(words[2]) else { return nil }
    let parts = words[3].split(separator: ":").map(String.init)
    let what: What
    switch (parts.first, parts.count) {
    case ("ended", 2):
      guard let code = Int32(parts[1]) else { return nil }
      what = .ended(code)
    case ("failed", 2):
      guard let kind = ProbeKind(rawValue: parts[1]) else { return nil }
      what = .failed(kind)
    case (let word?, 1):
      guard let stage = Stage(rawValue: word) else { return nil }
      what = .stage(stage)
    default: return nil
    }
    self.init(at: .nanoseconds(time), subject: String(words[1]), run: run, what: what)
  }
}
