import FoundationEssentials
import PodModel

/// One life from its beginning to its end, in one world of dice, perhaps with a bug planted between
/// the two.
struct LifeRound {
  private(set) var world: LifeWorld
  /// How many facts the life was told, how often it was woken.
  private(set) var (told, woken) = (0, 0)
  private var life: PodLife
  /// As the life said after the newest step.
  private var deadline: Duration?
  private var watch = LifeWatch()
  private var bug: LifeBug?
  private var steps = 0
  private var looks = 0
  /// The newest fact that may be told once more: a supervisor reads its journal twice.
  private var repeatable: Event?

  init(seed: UInt64, bug: LifeBug? = nil, keepsHistory: Bool = false) {
    var random = SplitMix64(seed: seed)
    let spec = RandomPod.spec(&random)
    world = LifeWorld(spec: spec, random: random, keepsHistory: keepsHistory)
    life = PodLife(spec)
    self.bug = bug
  }

  mutating func play() throws {
    let end = askForDeletions()
    askForChanges(until: end)
    askForEviction(until: end)
    try wait()
    while !world.rules.isFinished {
      steps += 1
      try LifeRule.require(.somethingGoesOn, steps < 100_000, "no end after \(steps) steps")
      let dice = Int.random(in: 0..<200, using: &world.random)
      if dice < 2 { try loseSupervisor() } else if dice < 6 { try tell(oldFact()) }
      if !world.rules.isFinished { try goOn() }
    }
    try checkEnd()
  }

  /// Every pod is deleted some time, some once more; it may be over by then.
  private mutating func askForDeletions() -> Duration {
    let graces: [Duration?] = [nil, .zero, .seconds(1), .seconds(5), .seconds(100)]
    let ages: [Int64] = [50, 2000, 20_000, 60_000, 300_000, 1_000_000, 4_000_000]
    let age = world.random.pick(ages)
    let first = Duration.milliseconds(Int64.random(in: 0...age, using: &world.random))
    world.expect(.deletionRequested(grace: world.random.pick(graces)), at: first)
    for _ in 0..<Int.random(in: 0...2, using: &world.random) {
      let grace = world.random.pick(graces)
      let moment = first + world.random.time(upTo: .seconds(60))
      world.expect(.deletionRequested(grace: grace), at: moment)
    }
    return first
  }

  private mutating func askForChanges(until end: Duration) {
    guard world.random.chance(50) else { return }
    let count = Int.random(in: 1...4, using: &world.random)
    let moments = (0..<count).map { _ in world.random.time(upTo: end + .seconds(20)) }.sorted()
    var spec = life.spec
    for (number, moment) in moments.enumerated() {
      spec = RandomPod.change(spec, number: number, &world.random)
      world.expect(.updated(spec), at: moment)
    }
  }

  /// Some take too much, and who measures it may find out twice.
  private mutating func askForEviction(until end: Duration) {
    guard world.random.chance(15) else { return }
    let moment = world.random.time(upTo: end + .seconds(20))
    world.expect(.evicted(message: "dice"), at: moment)
    guard world.random.chance(30) else { return }
    let later = moment + world.random.time(upTo: .seconds(20))
    world.expect(.evicted(message: "more dice"), at: later)
  }

  /// Some pods are not taken at once, and some never.
  private mutating func wait() throws {
    let answer: Event =
      world.random.chance(5) ? .rejected(Rejection("Dice", "more dice")) : .begun
    guard world.random.chance(10) else { return try tell(answer) }
    world.expect(answer, at: world.random.time(upTo: .seconds(100)))
    try tell(.unschedulable(message: "dice"))
    if world.random.chance(50) { try tell(.unschedulable(message: "other dice")) }
  }

  /// What comes next: a fact or a deadline, which may be kept late.
  private mutating func goOn() throws {
    if let deadline, deadline <= world.nextNews ?? deadline {
      let lateness = world.random.chance(90) ? .zero : world.random.time(upTo: .seconds(2))
      world.now = max(world.now, deadline + lateness)
      world.write("wake")
      woken += 1
      let before = life
      let plan = life.wake(at: world.now)
      try LifeRule.require(
        .noIdleWaking, !plan.isEmpty || life != before, "woken for nothing")
      try follow(plan)
    } else if let event = world.takeNews() {
      try tell(event)
    } else {
      throw LifeRule.Broken(rule: .somethingGoesOn, why: "nothing will ever happen any more")
    }
  }

  private mutating func tell(_ event: Event) throws {
    world.write("\(event)")
    told += 1
    if event.isRepeatable { repeatable = event }
    world.rules.hear(event, at: world.now)
    try follow(life.handle(event, at: world.now))
  }

  private mutating func follow(_ plan: [Effect]) throws {
    world.rules.settle(at: world.now)
    let plan = bug.map { $0.edit(plan, world.rules, at: world.now) } ?? plan
    for effect in plan { try world.note(effect) }
    try check()
    for effect in plan {
      // Written down and not begun: the next supervisor has to see to it.
      if world.random.chance(1), !world.rules.isFinished { return try loseSupervisor() }
      world.perform(effect)
    }
  }

  private mutating func check() throws(LifeRule.Broken) {
    let now = world.now
    try world.rules.checkDues(at: now)
    try deadlineIsKept()
    if !world.rules.isFinished, let latest = world.rules.mustFinishBy {
      try LifeRule.require(.wantedEndsCome, now <= latest, "it should have been gone at \(latest)")
    }
    looks += 1
    // A status is dear: it is looked at twice in a row now and then, and at the end.
    if looks % 32 < 2 || life.isFinished { try look(isNext: looks % 32 == 1) }
  }

  private mutating func look(isNext: Bool) throws(LifeRule.Broken) {
    var status = life.status(bootedAt: .zero)
    bug?.edit(&status, world.rules, look: looks)
    try watch.look(at: status, isNext: isNext, world.rules)
  }

  private var shownDeadline: Duration? {
    guard let bug else { return life.deadline }
    return bug.edit(life.deadline, at: world.now)
  }

  /// A life names the next moment at which it has to do something, and has done what was due.
  private mutating func deadlineIsKept() throws(LifeRule.Broken) {
    deadline = shownDeadline
    if let deadline {
      try LifeRule.require(.deadlineIsKept, deadline > world.now, "\(deadline) is past")
    }
    guard let due = world.rules.nextDue else { return }
    try LifeRule.require(
      .deadlineIsKept, deadline.map { $0 <= due } ?? false,
      "something is due at \(due), and the life wakes at \(String(describing: deadline))")
  }

  /// The supervisor dies; another one reads what was written down and begins again what was not
  /// answered. What ended meanwhile is in the journal.
  private mutating func loseSupervisor() throws {
    let before = world.now
    world.loseSupervisor()
    world.rules.excuse(world.now - before)
    world.write("the supervisor is lost")
    if world.random.chance(20) { try readBack() }
    for effect in life.pending {
      try world.note(effect, again: true)
      world.perform(effect, again: true)
    }
    try follow(life.wake(at: world.now))
  }

  private mutating func readBack() throws {
    let data = try JSONEncoder().encode(life)
    var read = try JSONDecoder().decode(PodLife.self, from: data)
    bug?.edit(&read, at: world.now)
    try LifeRule.require(
      .snapshotsSayEverything, read == life, "a snapshot does not say everything")
    life = read
  }

  /// Something about a run that is over, or about nobody that this life knows, or the newest news
  /// once more.
  private mutating func oldFact() -> Event {
    if let repeatable, world.random.chance(30) { return repeatable }
    let container = life.containers[
      Int.random(in: life.containers.indices, using: &world.random)]
    let name = container.run == 0 ? "nobody" : container.spec.name
    let instance = Instance(name, max(container.run - 1, 0))
    let sandbox = life.sandbox.run - 1
    return world.random.pick([
      .started(instance), .exited(instance, Exit(code: 9, at: world.now)),
      .failed(instance, Failure(.runtime, reason: "StartError", message: "old")),
      .created(instance, Identity(containerID: "old", imageID: "old")),
      .hooked(instance, .postStart, failure: nil), .hooked(instance, .preStop, failure: "old"),
      .probed(instance, .liveness, .failure("old")), .probed(instance, .readiness, .success),
      .sandboxExited(run: sandbox), .sandboxRemoved(run: sandbox),
      .sandboxStarted(run: sandbox, addresses: ["old"]),
      .sandboxFailed(run: sandbox, message: "old"),
      .volumesFailed(run: sandbox, message: "old"), .objectsChanged,
      .imagesCame(of: [container.spec.name]),
    ])
  }

  private mutating func checkEnd() throws {
    let rules = world.rules
    try LifeRule.require(
      .finishIsLast, life.pending == [.finish(deleted: rules.isDeleted)] && life.deadline == nil,
      "a finished life still wants \(life.pending)")
    var status = life.status(bootedAt: .zero)
    bug?.edit(&status, rules, look: looks)
    try rules.onlyAppsDecide(status.phase ?? .unknown)
    try rules.deadlineFails(status)
    try rules.evictionFails(status)
    try rules.rejectionIsFinal(status)
    try LifeRule.require(
      .finishIsLast, life.wake(at: world.now).isEmpty, "a finished life wakes up")
    let end = life
    while let event = world.takeNews() {
      try LifeRule.require(
        .finishIsLast, life.handle(event, at: world.now).isEmpty && life == end,
        "a finished life listens to \(event)")
    }
  }
}

extension Event {
  /// Told twice it says no more than once.
  fileprivate var isRepeatable: Bool {
    switch self {
    case .failed, .probed, .updated, .deletionRequested: false
    default: true
    }
  }
}
