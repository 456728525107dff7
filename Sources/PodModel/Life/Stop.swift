/// How far the ending of one container is: its preStop hook, its turn, the stop signal, SIGKILL.
///
/// All of it has to fit into the grace, but for the two seconds that a process is always given
/// between the stop signal and SIGKILL.
public struct Stop: Codable, Equatable, Sendable {
  public internal(set) var cause: Cause
  /// When the grace is used up.
  var graceEnd: Duration
  public internal(set) var stage: Stage

  public enum Cause: String, Codable, Sendable {
    /// The pod ends.
    case pod
    /// Its namespaces are gone.
    case sandbox
    /// All of the pod begins again, `RestartAllContainers`.
    case renewal
    /// It failed its startup or liveness probe.
    case probe
    case postStart
    /// It is to run another image.
    case update

    /// All containers end together, so that sidecars wait for their turn.
    var isOfPod: Bool { self == .pod || self == .sandbox || self == .renewal }
  }

  public enum Stage: Codable, Equatable, Sendable {
    /// The hook runs. → turn
    case preStop
    /// A sidecar serves until the others have ended. → asked
    case turn
    /// It has the stop signal. → killed
    case asked(killAt: Duration)
    case killed
  }

  /// What a container is always given between the stop signal and SIGKILL
  /// (kuberuntime `minimumGracePeriodInSeconds`).
  static let shortestGrace = Duration.seconds(2)

  /// What is never started has nothing to say.
  static func kill(_ cause: Cause, at now: Duration) -> Stop {
    Stop(cause: cause, graceEnd: now, stage: .killed)
  }

  /// When the next step is due by itself.
  var due: Duration? {
    switch stage {
    case .preStop, .turn: graceEnd
    case .asked(let killAt): killAt
    case .killed: nil
    }
  }

  /// A grace that ends sooner wins; one that ends later changes nothing.
  mutating func shorten(to grace: Duration, at now: Duration) {
    graceEnd = min(graceEnd, now + grace)
    if case .asked(let killAt) = stage {
      stage = .asked(killAt: min(killAt, now + max(grace, Stop.shortestGrace)))
    }
  }

  /// Begins what is due: the answer is what to tell the process.
  ///
  /// - Parameter isItsTurn: those have ended that have to end before.
  mutating func advance(isItsTurn: Bool, at now: Duration) -> StopSignal? {
    switch stage {
    case .preStop where graceEnd <= now, .turn where isItsTurn || graceEnd <= now:
      stage = .asked(killAt: max(graceEnd, now + Stop.shortestGrace))
      return .stop
    case .asked(let killAt) where killAt <= now:
      stage = .killed
      return .kill
    default:
      return nil
    }
  }

  /// Effects whose answers are awaited, or that cannot be known to have been done.
  func pending(_ instance: Instance) -> [Effect] {
    switch stage {
    case .preStop: [.hook(instance, .preStop)]
    case .turn: []
    case .asked: [.signal(instance, .stop)]
    case .killed: [.signal(instance, .kill)]
    }
  }
}
