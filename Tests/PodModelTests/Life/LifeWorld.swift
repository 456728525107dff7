import PodModel

/// A world for one life, made of dice: it does what it is asked sooner or later, in any order, and
/// things in it fail, end and die when they like.
///
/// It keeps the contract of `Effect` and nothing more. What it is asked goes through `LifeRules`
/// first, and a history of it all is kept, if wanted, for the one who has to find out what went
/// wrong.
struct LifeWorld {
  var random: SplitMix64
  var now = Duration.zero
  var rules: LifeRules
  var history: [String]?
  /// Facts that are true, or will be, and that nobody was told yet.
  private var news: [News] = []
  private var processes: [Instance: Process] = [:]
  /// How often in a hundred a probe of a container fails, and it exits badly.
  private var frailty: [String: Int] = [:]

  private struct News {
    var at: Duration
    var event: Event
    /// Known only to the supervisor that asked: lost when it dies. The rest is in the journal.
    var isAnswer: Bool
  }

  /// A container's first process.
  private struct Process {
    var wasStarted = false
    var diesAt: Duration?
  }

  static let longestAnswer = Duration.seconds(3)

  init(spec: LifeSpec, random: SplitMix64, keepsHistory: Bool) {
    self.random = random
    rules = LifeRules(spec)
    history = keepsHistory ? [] : nil
  }

  mutating func write(_ line: @autoclosure () -> String) {
    history?.append("\(Double(now / .milliseconds(1)) / 1000)s \(line())")
  }
}

// MARK: News

extension LifeWorld {
  /// When the next fact becomes known.
  var nextNews: Duration? {
    var next: Duration?
    for item in news { next = min(next ?? item.at, item.at) }
    return next
  }

  mutating func takeNews() -> Event? {
    guard var next = news.indices.first else { return nil }
    for place in news.indices where news[place].at < news[next].at { next = place }
    let item = news.remove(at: next)
    now = max(now, item.at)
    if case .created(let instance, _) = item.event { wasMade(instance) }
    return item.event
  }

  /// Somebody will ask for it.
  mutating func expect(_ event: Event, at moment: Duration) {
    news.append(News(at: moment, event: event, isAnswer: false))
  }

  private mutating func answer(_ event: Event, after delay: Duration? = nil) {
    let delay = delay ?? random.time(upTo: LifeWorld.longestAnswer)
    news.append(News(at: now + delay, event: event, isAnswer: true))
  }

  /// The supervisor dies, and with it what it alone knew; time goes by.
  mutating func loseSupervisor() {
    news.removeAll(where: \.isAnswer)
    now += random.time(upTo: .seconds(60))
  }
}

// MARK: Doing what is asked

extension LifeWorld {
  /// A life wants it: it is held against the rules, and not done yet.
  mutating func note(_ effect: Effect, again: Bool = false) throws(LifeRule.Broken) {
    write("  > \(effect)\(again ? " (again)" : "")")
    try rules.check(effect, at: now, again: again)
  }

  /// - Parameter again: by a supervisor that came back and cannot know how far the last one got.
  mutating func perform(_ effect: Effect, again: Bool = false) {
    switch effect {
    case .startSandbox(let run): startSandbox(run)
    case .removeSandbox(let run): removeSandbox(run)
    case .create(let instance): create(instance)
    case .start(let instance): start(instance, again: again)
    case .signal(let instance, .stop): ask(instance)
    case .signal(let instance, .kill): end(instance, at: now, code: 137)
    case .remove(let instance): answer(.removed(instance))
    case .hook(let instance, let hook): run(hook, in: instance)
    case .probe(let instance, let kind): probe(instance, kind)
    case .resize(let instance):
      answer(.resized(instance, failure: random.chance(20) ? "dice" : nil))
    case .report, .finish: break
    }
  }

  private mutating func startSandbox(_ run: Int) {
    forgetPause(run)
    let delay = random.time(upTo: LifeWorld.longestAnswer)
    if random.chance(10) {
      answer(
        random.chance(50)
          ? .sandboxFailed(run: run, message: "dice") : .volumesFailed(run: run, message: "dice"),
        after: delay)
      // What there is of it may go now or later.
      if random.chance(30) { losePause(run, at: now + random.time(upTo: .seconds(20))) }
    } else {
      answer(.sandboxStarted(run: run, addresses: ["10.0.0.1"]), after: delay)
      if random.chance(40) { losePause(run, at: now + random.time(upTo: .seconds(1000))) }
    }
  }

  private mutating func removeSandbox(_ run: Int) {
    if random.chance(80) { forgetPause(run) }
    answer(.sandboxRemoved(run: run))
  }

  private mutating func losePause(_ run: Int, at moment: Duration) {
    expect(.sandboxExited(run: run), at: moment)
  }

  private mutating func forgetPause(_ run: Int) {
    news.removeAll {
      if case .sandboxExited(run) = $0.event { return true }
      return false
    }
  }

  private mutating func create(_ instance: Instance) {
    if random.chance(30) {
      answer(.pulling(instance, image: "dice"), after: .zero)
      let pulled = PulledImage(name: "dice", took: .zero, tookWithWaiting: .zero, size: 6)
      if random.chance(50) { answer(.pulled(instance, pulled), after: .zero) }
    }
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<85:
      answer(.created(instance, Identity(containerID: "crun://0", imageID: "sha256:0")))
    case 85..<91:
      let reason = random.chance(70) ? "ErrImagePull" : "ErrImageNeverPull"
      answer(.failed(instance, Failure(.image, reason: reason, message: "dice")))
    case 91..<95:
      let reason = random.chance(50) ? "CreateContainerError" : "CreateContainerConfigError"
      answer(.failed(instance, Failure(.bundle, reason: reason, message: "dice")))
    default:
      answer(.failed(instance, Failure(.runtime, reason: "StartError", message: "dice")))
    }
  }

  private mutating func wasMade(_ instance: Instance) {
    processes[instance] = Process()
    if random.chance(4) {
      end(instance, at: now + random.time(upTo: .seconds(2)), code: 137)
    }
  }

  private mutating func start(_ instance: Instance, again: Bool) {
    let process = processes[instance] ?? Process()
    let isDead = process.diesAt.map { $0 <= now } ?? false
    if again, process.wasStarted { return answer(.started(instance)) }
    guard !isDead, !random.chance(5) else {
      end(instance, at: now, code: 1)
      return answer(.failed(instance, Failure(.runtime, reason: "StartError", message: "dice")))
    }
    processes[instance]?.wasStarted = true
    answer(.started(instance))
    if random.chance(75) {
      let code: Int32 = random.chance(50) ? 0 : Int32.random(in: 1...5, using: &random)
      end(instance, at: now + random.time(upTo: .seconds(900)), code: code)
    }
  }

  /// Some hooks fail, some never come to an end.
  private mutating func run(_ hook: Hook, in instance: Instance) {
    let failure = random.chance(20) ? "dice" : nil
    guard !random.chance(15) else { return }
    answer(
      .hooked(instance, hook, failure: failure), after: random.time(upTo: .seconds(40)))
  }

  private mutating func probe(_ instance: Instance, _ kind: ProbeKind) {
    let percent = frailty[instance.container] ?? random.pick([0, 0, 0, 3, 20, 60, 100])
    frailty[instance.container] = percent
    let result: ProbeResult =
      switch Int.random(in: 0..<100, using: &random) {
      case ..<3: .error("dice")
      case 97...: .warning("dice")
      default: random.chance(percent) ? .failure("dice") : .success
      }
    answer(.probed(instance, kind, result))
  }

  /// SIGTERM: some listen, some do not.
  private mutating func ask(_ instance: Instance) {
    guard random.chance(60) else { return }
    let code: Int32 = random.chance(50) ? 0 : 143
    end(instance, at: now + random.time(upTo: .seconds(40)), code: code)
  }

  /// The process is gone at `moment` unless it is gone before.
  private mutating func end(_ instance: Instance, at moment: Duration, code: Int32) {
    guard let process = processes[instance], process.diesAt.map({ $0 > moment }) ?? true else {
      return
    }
    processes[instance]?.diesAt = moment
    news.removeAll {
      if case .exited(instance, _) = $0.event { return true }
      return false
    }
    let exit = Exit(code: code, at: moment, outOfMemory: random.chance(10))
    let delay = random.time(upTo: .seconds(1))
    news.append(News(at: moment + delay, event: .exited(instance, exit), isAnswer: false))
  }
}
