import PodModel

/// One container of a simulated pod as far as its life can know of it: what was told of it, what
/// was asked for.
struct ContainerRecord {
  var spec: LifeSpec.ContainerSpec
  /// The newest run that was asked for.
  var run: Run?
  /// How the newest run came to its end that had one.
  var end: End?
  /// That end is what the next run comes after; not so when all begins anew.
  var hasEnded = false
  /// That end asked for all to begin anew, and all did.
  var wasHeard = false
  var timesStarted = 0
  /// Its sidecar's start is behind it, in this sandbox.
  var wasStarted = false
  /// It was ended in order to run again.
  var revives = false
  /// The runtime made a run of it.
  var wasMade = false
  var backoff: Wait?
  var pull: Wait?
  /// An attempt to make it failed: not again before.
  var retryAt: Duration?
  /// It failed for an object that was not there.
  var lacksObjects = false
  var lacksImage = false
  /// Runs that are over and whose remains are there.
  var remains: [Remains] = []

  struct Wait {
    var delay: Duration
    var raised: Duration

    /// 10 s, then twice as long up to 300 s; forgotten when `last` is 600 s after the last raise.
    static func raised(_ wait: Wait?, after last: Duration, at now: Duration) -> Wait {
      guard let wait, last - wait.raised <= .seconds(600) else {
        return Wait(delay: .seconds(10), raised: now)
      }
      return Wait(delay: min(wait.delay * 2, .seconds(300)), raised: now)
    }
  }

  struct End {
    var code: Int32
    /// Counts against an init container: out of memory, too.
    var isFailure: Bool
    var at: Duration
  }

  struct Remains {
    var run: Int
    var wasAsked = false
  }

  struct Run {
    enum Stage { case creating, created, starting, running, failed, over }
    enum HookStage { case none, wanted, asked, done, failed }
    var number: Int
    var stage = Stage.creating
    var image: String
    var exit: Exit?
    /// The pod was changed after it was asked for.
    var wasUpdated = false
    /// SIGKILL was asked for.
    var wasKilled = false
    var startedAt = Duration.zero
    var postStart = HookStage.none
    var probes: [ProbeRecord] = []
    var stop: Stop?

    var isLive: Bool { stage != .failed && stage != .over }

    func probe(_ kind: ProbeKind) -> ProbeRecord? { probes.first { $0.kind == kind } }
  }

  /// The end of a process that was started.
  struct Stop {
    var graceEnd: Duration
    /// All of the pod ends, so that a sidecar waits for its turn.
    var isOfPod: Bool
    var preStop: Run.HookStage
    var signalledAt: Duration?
    var killAt: Duration?

    mutating func shorten(to grace: Duration, at now: Duration) {
      graceEnd = min(graceEnd, now + grace)
      killAt = killAt.map { min($0, now + max(grace, .seconds(2))) }
    }
  }

  init(_ spec: LifeSpec.ContainerSpec) {
    self.spec = spec
  }
}

extension ContainerRecord {
  var name: String { spec.name }
  var isLive: Bool { run?.isLive ?? false }
  var isRunning: Bool { run?.stage == .running }
  var isStopping: Bool { isRunning && run?.stop != nil }

  /// Its postStart hook is over, and its startup probe has succeeded (2.3).
  var isStarted: Bool {
    guard let run, run.stage == .running, run.postStart == .none || run.postStart == .done
    else { return false }
    return run.probe(.startup).map { $0.verdict == true } ?? true
  }

  /// It is started, and its readiness probe said yes last (2.3).
  var isReady: Bool { isStarted && (run?.probe(.readiness).map { $0.verdict == true } ?? true) }

  /// An init container that is done in this sandbox.
  var isDone: Bool { hasEnded && end?.isFailure == false }

  /// The probe whose failure ends it.
  var failedProbe: ProbeRecord? {
    run?.probes.first { $0.kind != .readiness && $0.verdict == false }
  }

  /// Which probes are asked now (2.3: until it is started only the startup probe, while it ends
  /// only readiness).
  func isAsked(_ kind: ProbeKind) -> Bool {
    guard let run, run.stage == .running, run.postStart == .none || run.postStart == .done,
      kind == .readiness || run.stop == nil
    else { return false }
    return (kind == .startup) != isStarted
  }

  /// What has ended begins anew, as if it had never run.
  mutating func beginAnew() {
    (hasEnded, wasHeard, wasStarted) = (false, false, false)
  }

  mutating func finish(_ exit: Exit) {
    guard let number = run?.number else { return }
    run?.stage = .over
    end = End(code: exit.code, isFailure: exit.code != 0 || exit.outOfMemory, at: exit.at)
    (hasEnded, wasMade) = (true, true)
    remains.append(Remains(run: number))
  }
}
