/// How long a thing that keeps failing has to wait: the kubelet's crash-loop and image back-off.
///
/// The first wait is 10 s, each later one twice the last, at most 300 s
/// (kubelet `initialCrashLoopBackOff`, `MaxContainerBackOff`; no jitter).
public struct Backoff: Codable, Equatable, Sendable {
  public private(set) var delay: Duration
  /// When `delay` was last raised, time since boot.
  public private(set) var raised: Duration

  static let initial = Duration.seconds(10)
  static let longest = Duration.seconds(300)
  /// An entry is forgotten when the container lived longer than this after the last raise.
  static let memory = Duration.seconds(600)

  init(at now: Duration) {
    delay = Backoff.initial
    raised = now
  }

  /// When it is over for what failed at the moment of the last raise.
  var end: Duration { raised + delay }

  mutating func raise(at now: Duration) {
    delay = min(delay * 2, Backoff.longest)
    raised = now
  }

  func isForgotten(by finished: Duration) -> Bool { finished - raised > Backoff.memory }
}

extension Backoff? {
  /// When a container that ended at `finished` may run again: at once for the first time.
  func due(after finished: Duration) -> Duration {
    guard let self, !self.isForgotten(by: finished) else { return finished }
    return finished + self.delay
  }

  /// Counts one more attempt at `now`, after an end at `finished`.
  mutating func count(after finished: Duration, at now: Duration) {
    if var entry = self, !entry.isForgotten(by: finished) {
      entry.raise(at: now)
      self = entry
    } else {
      self = Backoff(at: now)
    }
  }
}
