import FoundationEssentials
import PodModel

/// One life from its beginning to its end, in one world of dice.
struct LifeRound {
  var world: LifeWorld
  private var life: PodLife
  private var watch = LifeWatch()

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let spec = LifeRound.spec(&random)
    world = LifeWorld(spec: spec, random: random)
    life = PodLife(spec)
  }

  private static func spec(_ random: inout SplitMix64) -> LifeSpec {
    let initial = (0..<Int.random(in: 0...3, using: &random)).map {
      LifeSpec.ContainerSpec(name: "init\($0)", role: .initial, image: "image")
    }
    let apps = (0..<Int.random(in: 1...3, using: &random)).map {
      LifeSpec.ContainerSpec(name: "app\($0)", role: .app, image: "image")
    }
    let policies: [RestartPolicy] = [.always, .onFailure, .never]
    let graces: [Int] = [0, 1, 5, 30]
    return LifeSpec(
      pod: "pod_default(uid)", restartPolicy: policies.randomElement(using: &random) ?? .always,
      grace: .seconds(graces.randomElement(using: &random) ?? 30), containers: initial + apps)
  }

  mutating func play() throws {
    askForDeletions()
    try tell(.begun)
    var steps = 0
    while world.rules.finished == 0 {
      steps += 1
      if steps > 20_000 { throw LifeRules.Broken(description: "no end after \(steps) steps") }
      if world.random.chance(2) { try loseSupervisor() }
      if world.random.chance(2) { try tell(oldFact()) }
      if world.rules.finished == 0 { try goOn() }
    }
    try checkEnd()
  }

  /// Every pod is deleted some time, some once more; it may be over by then.
  private mutating func askForDeletions() {
    let graces: [Duration?] = [nil, .zero, .seconds(1), .seconds(5), .seconds(100)]
    let ages: [Int64] = [50, 2000, 60_000, 1_000_000, 5_000_000]
    let age = ages.randomElement(using: &world.random) ?? 0
    let first = Duration.milliseconds(Int64.random(in: 0...age, using: &world.random))
    let grace = graces.randomElement(using: &world.random) ?? nil
    world.expect(.deletionRequested(grace: grace), at: first)
    for _ in 0..<Int.random(in: 0...2, using: &world.random) {
      let grace = graces.randomElement(using: &world.random) ?? nil
      let moment = first + world.random.time(upTo: .seconds(60))
      world.expect(.deletionRequested(grace: grace), at: moment)
    }
  }

  /// What comes next: a fact or a deadline, which may be kept late.
  private mutating func goOn() throws {
    if let deadline = life.deadline, deadline <= world.nextNews ?? deadline {
      let lateness = world.random.chance(80) ? .zero : world.random.time(upTo: .seconds(2))
      world.now = max(world.now, deadline + lateness)
      world.write("wake")
      let plan = life.wake(at: world.now)
      try follow(plan)
    } else if let event = world.takeNews() {
      try tell(event)
    } else {
      throw LifeRules.Broken(description: "nothing will ever happen any more")
    }
  }

  private mutating func tell(_ event: Event) throws {
    world.write("\(event)")
    world.rules.hear(event, at: world.now)
    let plan = life.handle(event, at: world.now)
    try follow(plan)
  }

  private mutating func follow(_ plan: [Effect]) throws {
    for effect in plan { try world.note(effect) }
    try check()
    for effect in plan {
      // Written down and not begun: the next supervisor has to see to it.
      if world.random.chance(1), world.rules.finished == 0 { return try loseSupervisor() }
      world.perform(effect)
    }
  }

  private mutating func check() throws(LifeRules.Broken) {
    let now = world.now
    if let deadline = life.deadline, deadline <= now {
      throw LifeRules.Broken(description: "a deadline is past and nothing was done: \(deadline)")
    }
    if world.rules.finished == 0, let latest = world.rules.mustFinishBy, now > latest {
      throw LifeRules.Broken(description: "the pod should have been gone at \(latest)")
    }
    guard life.admitted != nil else { return }
    try watch.look(at: life.status(bootedAt: .zero), sandbox: life.sandbox.run)
  }

  /// The supervisor dies; another one reads what was written down and begins again what was not
  /// answered. What ended meanwhile is in the journal.
  private mutating func loseSupervisor() throws {
    let before = world.now
    world.loseSupervisor()
    world.rules.excuse(world.now - before)
    world.write("the supervisor is lost")
    let read = try JSONDecoder().decode(PodLife.self, from: JSONEncoder().encode(life))
    if read != life { throw LifeRules.Broken(description: "a snapshot does not say everything") }
    life = read
    for effect in life.pending {
      try world.note(effect, again: true)
      world.perform(effect, again: true)
    }
    let plan = life.wake(at: world.now)
    try follow(plan)
  }

  /// Something about a run that is over, or about nobody that this life knows.
  private mutating func oldFact() -> Event {
    let container = life.containers.randomElement(using: &world.random)
    let run = (container?.run ?? 0) - 1
    let name = run < 0 ? "nobody" : container?.spec.name ?? ""
    let instance = Instance(name, max(run, 0))
    let facts: [Event] = [
      .begun, .started(instance), .exited(instance, Exit(code: 9, at: world.now)),
      .failed(instance, Failure(.runtime, reason: "StartError", message: "old")),
      .created(instance, Identity(containerID: "old", imageID: "old")),
      .sandboxExited(run: life.sandbox.run - 1), .sandboxRemoved(run: life.sandbox.run - 1),
      .sandboxStarted(run: life.sandbox.run - 1, addresses: ["old"]),
      .sandboxFailed(run: life.sandbox.run - 1, message: "old"),
    ]
    return facts.randomElement(using: &world.random) ?? .begun
  }

  private mutating func checkEnd() throws {
    guard life.pending == [.finish(deleted: world.rules.isDeleted)], life.deadline == nil else {
      throw LifeRules.Broken(description: "a finished life still wants \(life.pending)")
    }
    if (life.phase == .succeeded) != world.rules.allSucceeded {
      throw LifeRules.Broken(description: "the pod came out as \(life.phase)")
    }
    guard life.wake(at: world.now).isEmpty else {
      throw LifeRules.Broken(description: "a finished life wakes up")
    }
    let end = life
    while let event = world.takeNews() {
      guard life.handle(event, at: world.now).isEmpty, life == end else {
        throw LifeRules.Broken(description: "a finished life listens to \(event)")
      }
    }
  }
}
