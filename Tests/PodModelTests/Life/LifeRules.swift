import PodModel

/// What a life may ask for, judged by what it was told and by nothing else.
///
/// Written from the reference and not from the code, so that the two can disagree.
struct LifeRules {
  let spec: LifeSpec
  var sandbox = Sandbox()
  var runs: [Instance: Run] = [:]
  private var newest: [String: Int] = [:]
  /// How the newest run of a container that counted came to its end.
  var ends: [String: End] = [:]
  var timesStarted: [String: Int] = [:]
  var pulls: [String: (failed: Duration, wait: Duration)] = [:]
  var isDeleted = false
  private(set) var finished = 0
  /// The pod has to be gone by then.
  var mustFinishBy: Duration?

  struct Broken: Error, CustomStringConvertible {
    var description: String
  }

  struct Sandbox {
    var run = -1
    var isThere = false
    var isReady = false
    var isGoing = false
    var isGone = false
    var failedAt: Duration?
  }

  struct End {
    var run: Int
    var code: Int32
    var isFailure: Bool
    var at: Duration
    var sandbox: Int
    /// When its run was asked for, if that was another attempt after an end.
    var restartedAt: Duration?
  }

  /// One run as far as the life can know.
  struct Run {
    enum Stage { case creating, created, starting, running, retrying, over }
    var stage = Stage.creating
    var sandbox: Int
    var createdAt: Duration
    var isRestart: Bool
    var stoppedAt: Duration?
    var wasKilled = false
    var wasRemoved = false
    var isRemoved = false
    var exit: Exit?
    var failedAt: Duration?

    var isLive: Bool { stage != .over && stage != .retrying }
  }

  init(_ spec: LifeSpec) {
    self.spec = spec
  }

  private func require(
    _ holds: Bool, _ rule: @autoclosure () -> String
  ) throws(Broken) {
    guard holds else { throw Broken(description: rule()) }
  }

  private func role(_ name: String) -> LifeSpec.Role? {
    spec.containers.first { $0.name == name }?.role
  }
}

// MARK: What is asked

extension LifeRules {
  mutating func check(_ effect: Effect, at now: Duration, again: Bool) throws(Broken) {
    try require(finished == 0, "something is asked for after the end")
    switch effect {
    case .startSandbox(let run): try checkStart(sandbox: run, at: now, again: again)
    case .removeSandbox(let run): try checkRemove(sandbox: run, again: again)
    case .create(let instance): try checkCreate(instance, at: now, again: again)
    case .start(let instance): try checkStart(instance, again: again)
    case .signal(let instance, let signal):
      try check(signal, to: instance, at: now, again: again)
    case .remove(let instance):
      try require(runs[instance]?.stage == .over, "a run is removed that is not over")
      try require(again || runs[instance]?.wasRemoved == false, "a run is removed twice")
      runs[instance]?.wasRemoved = true
    case .report, .hook, .probe: break
    case .finish(let deleted): try checkFinish(deleted: deleted)
    }
  }

  private mutating func checkStart(
    sandbox run: Int, at now: Duration, again: Bool
  ) throws(Broken) {
    if again { return try require(run == sandbox.run, "an old sandbox is begun again") }
    try require(!isDeleted, "a sandbox is begun after the deletion")
    try require(run > sandbox.run, "a sandbox has the number of an earlier one")
    try require(!sandbox.isReady && !sandbox.isGoing, "a second sandbox is begun beside the first")
    try require(!runs.values.contains(where: \.isLive), "a container outlives its sandbox")
    if let failed = sandbox.failedAt {
      try require(now - failed >= .seconds(10), "a sandbox is tried again too soon")
    }
    sandbox = Sandbox(run: run, isThere: true)
  }

  private mutating func checkRemove(sandbox run: Int, again: Bool) throws(Broken) {
    try require(run == sandbox.run, "a sandbox is removed that is not the current one")
    try require(again == sandbox.isGoing && !sandbox.isGone, "a sandbox is removed twice")
    try require(!runs.values.contains(where: \.isLive), "a sandbox is removed with live containers")
    sandbox.isReady = false
    sandbox.isGoing = true
  }

  private mutating func checkCreate(
    _ instance: Instance, at now: Duration, again: Bool
  ) throws(Broken) {
    let name = instance.container
    if again { return try require(runs[instance]?.stage == .creating, "nobody made \(instance)") }
    try require(!isDeleted, "\(instance) is made after the deletion")
    try require(sandbox.isReady, "\(instance) is made without a sandbox")
    try require(
      !runs.contains { $0.key.container == name && $0.value.isLive }, "two \(name) at once")
    let isRetry = runs[instance]?.stage == .retrying
    try require(isRetry || instance.run > newest[name] ?? -1, "\(instance) was made before")
    for other in spec.containers.prefix(while: { $0.name != name }) where other.role == .initial {
      try require(isDone(other.name), "\(instance) is made before \(other.name) is done")
    }
    if let failed = runs[instance]?.failedAt {
      try require(now - failed >= .seconds(10), "\(instance) is tried again too soon")
    }
    if let pull = pulls[name] {
      try require(now - pull.failed >= pull.wait, "\(instance) is pulled again too soon")
    }
    // An init container of a new sandbox begins anew, and so does what was taken back unstarted.
    let last = ends[name].flatMap {
      role(name) == .app || $0.sandbox == sandbox.run ? $0 : nil
    }
    if let last, !isRetry { try checkAgain(instance, after: last, at: now) }
    try require(
      spec.restartPolicy != .never || timesStarted[name] == nil, "\(name) is run again under Never")
    if spec.restartPolicy == .onFailure, role(name) == .app, let last = ends[name] {
      try require(last.code != 0, "\(name) is run again though it succeeded")
    }
    let isRestart = last.map { $0.run == newest[name] } ?? false
    newest[name] = instance.run
    if isRetry {
      runs[instance]?.stage = .creating
      runs[instance]?.sandbox = sandbox.run
    } else {
      runs[instance] = Run(sandbox: sandbox.run, createdAt: now, isRestart: isRestart)
    }
  }

  /// The back-off: at once for the first time, or after a long life; else not within ten seconds.
  private func checkAgain(_ instance: Instance, after end: End, at now: Duration) throws(Broken) {
    try require(role(instance.container) == .app || end.isFailure, "a done init container is run")
    guard let before = end.restartedAt, end.at - before <= .seconds(600) else { return }
    try require(now - end.at >= .seconds(10), "\(instance) is run again without a back-off")
  }

  private func isDone(_ initial: String) -> Bool {
    guard let end = ends[initial] else { return false }
    return end.sandbox == sandbox.run && !end.isFailure
  }

  private mutating func checkStart(_ instance: Instance, again: Bool) throws(Broken) {
    if again {
      return try require(runs[instance]?.stage == .starting, "\(instance) is started for nothing")
    }
    try require(runs[instance]?.stage == .created, "\(instance) is started that is not made")
    try require(!isDeleted, "\(instance) is started after the deletion")
    if role(instance.container) == .app {
      for other in spec.containers.prefix(while: { $0.name != instance.container }) {
        let isComing = runs.contains {
          $0.key.container == other.name && $0.value.stage == .creating
        }
        try require(!isComing, "\(instance) is started before \(other.name) is made")
      }
    }
    runs[instance]?.stage = .starting
  }

  private mutating func check(
    _ signal: StopSignal, to instance: Instance, at now: Duration, again: Bool
  ) throws(Broken) {
    guard let run = runs[instance], run.stage == .created || run.stage == .running else {
      throw Broken(description: "a signal goes to \(instance), which does not live")
    }
    switch signal {
    case .stop:
      try require(run.stage == .running, "\(instance) is asked to stop before it runs")
      try require(again || run.stoppedAt == nil, "\(instance) is asked twice to stop")
      runs[instance]?.stoppedAt = run.stoppedAt ?? now
    case .kill:
      try require(again || !run.wasKilled, "\(instance) is killed twice")
      if run.stage == .running {
        guard let asked = run.stoppedAt, now - asked >= .seconds(2) else {
          throw Broken(description: "\(instance) is killed without two seconds of grace")
        }
      }
      runs[instance]?.wasKilled = true
    }
  }

  private mutating func checkFinish(deleted: Bool) throws(Broken) {
    try require(deleted == isDeleted, "the end says deleted=\(deleted)")
    try require(!sandbox.isReady && !sandbox.isGoing, "the end comes before the sandbox is gone")
    for (instance, run) in runs {
      try require(!run.isLive, "the end comes while \(instance) lives")
      try require(
        run.stage == .retrying || run.isRemoved, "the end comes before \(instance) is gone")
    }
    finished += 1
  }

  /// How the pod came out, as its last facts say; nil when some app never ended.
  var allSucceeded: Bool {
    let apps = spec.containers.filter { $0.role == .app }
    return apps.allSatisfy { ends[$0.name]?.code == 0 }
  }
}
