/// What a container can be asked, again and again.
public enum ProbeKind: String, Codable, CaseIterable, Sendable {
  /// Has it begun? Until it has, the others are not asked.
  case startup
  /// Is it alive? Else it is restarted.
  case liveness
  /// Can it do its work? Nothing but the status depends on it.
  case readiness

  /// As the kubelet's messages begin.
  var title: String {
    switch self {
    case .startup: "Startup"
    case .liveness: "Liveness"
    case .readiness: "Readiness"
    }
  }
}

/// Something for each kind of probe.
public struct EachProbe<Value: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
  public var startup: Value?
  public var liveness: Value?
  public var readiness: Value?

  public init() {}

  public subscript(_ kind: ProbeKind) -> Value? {
    get {
      switch kind {
      case .startup: startup
      case .liveness: liveness
      case .readiness: readiness
      }
    }
    set {
      switch kind {
      case .startup: startup = newValue
      case .liveness: liveness = newValue
      case .readiness: readiness = newValue
      }
    }
  }
}

/// When a probe is asked and how often it has to answer the same before that counts. What is asked,
/// and how long an answer may take, is the supervisor's business. The defaults are the API's.
public struct ProbeSpec: Codable, Equatable, Sendable {
  /// Counted from the start of the container.
  public var initialDelay = Duration.zero
  public var period = Duration.seconds(10)
  public var successThreshold = 1
  public var failureThreshold = 3
  /// What a container gets to end in when this probe failed; the pod's own grace when nil.
  public var grace: Duration?

  public init() {}
}

/// What came of asking once.
public enum ProbeResult: Codable, Equatable, Sendable {
  case success
  /// It counts as a success, and somebody should know this.
  case warning(String)
  case failure(String)
  /// Nobody could ask: says nothing about the container.
  case error(String)
}

/// One probe of one run of a container (kubelet `prober/worker`).
struct ProbeLife: Codable, Equatable, Sendable {
  /// What the last row of equal answers came to; nil until the first was long enough.
  private(set) var verdict: Bool?
  private(set) var state: State
  private var streak = Streak()
  /// How often in a row nobody could ask.
  private var errors = 0

  enum State: Codable, Equatable, Sendable {
    case due(Duration)
    /// The answer is awaited; it was due at `since`.
    case asked(since: Duration)
    /// It has said what it had to say of this run.
    case onHold
  }

  private struct Streak: Codable, Equatable, Sendable {
    var isGood = true
    var count = 0
  }

  /// Nobody is asked more often for one answer (kubelet `maxProbeRetries`).
  private static let patience = 3

  init(due: Duration) {
    state = .due(due)
  }

  var due: Duration? {
    if case .due(let moment) = state { return moment }
    return nil
  }

  var isAsked: Bool {
    if case .asked = state { return true }
    return false
  }

  /// True when it is to be asked now.
  mutating func ask(at now: Duration) -> Bool {
    guard let due, due <= now else { return false }
    state = .asked(since: due)
    return true
  }

  /// Takes the answer to the last question, and answers what is to be told of it.
  mutating func take(
    _ result: ProbeResult, of kind: ProbeKind, _ spec: ProbeSpec, at now: Duration
  ) -> (reason: String, message: String)? {
    guard case .asked(let since) = state else { return nil }
    state = .due(max(since + spec.period, now))
    switch result {
    case .success:
      count(true, kind, spec)
    case .warning(let message):
      count(true, kind, spec)
      return ("ProbeWarning", "\(kind.title) probe warning: \(message)")
    case .failure(let message):
      count(false, kind, spec)
      return ("Unhealthy", "\(kind.title) probe failed: \(message)")
    case .error(let message):
      errors += 1
      guard errors < ProbeLife.patience else {
        errors = 0
        return (
          "Unhealthy", "\(kind.title) probe errored and resulted in unknown state: \(message)"
        )
      }
      state = .due(now)
    }
    return nil
  }

  private mutating func count(_ isGood: Bool, _ kind: ProbeKind, _ spec: ProbeSpec) {
    errors = 0
    streak = Streak(isGood: isGood, count: streak.isGood == isGood ? streak.count + 1 : 1)
    guard streak.count >= (isGood ? spec.successThreshold : spec.failureThreshold) else { return }
    verdict = isGood
    if kind == .startup || kind == .liveness && !isGood { state = .onHold }
  }
}
