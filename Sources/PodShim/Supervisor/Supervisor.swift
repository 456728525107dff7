import OCISpec
import PodModel

/// The event loop of one pod: tells its life what happens, does what the life answers.
///
/// It may be killed at any instant. Before an effect is begun the life that asked for it is on
/// disk, and `PodLife.pending` names what a supervisor that comes back has to begin again; exits
/// come from the keeper's journal, pipes and terminals from the keeper's hands.
final class Supervisor {
  private(set) var pod: Pod
  let paths: PodPaths
  let runtime: Runtime
  let images: ImageStore
  var plan: Plan
  let loop: Loop
  let keeper: KeeperLink
  let processes: ProcessTable
  var life: PodLife
  /// Images by the name that the manifest uses. What a pod uses stays in the store.
  var lookedUp: [String: StoredImage] = [:]
  /// By who waits for them.
  var pulls: [Instance: Pull] = [:]
  let settings: PodSettings
  /// Bundles that were laid out before anybody asked for them.
  var laid: [Instance: ContainerBundle] = [:]
  /// What runs now, by container name.
  var runs: [String: ContainerRun] = [:]
  var pause: PidDescriptor?
  var forwarder: Companion?
  /// Carries the pod's network, without root.
  var networkProgram: Companion?
  /// How often it has ended since it was last needed.
  var networkProgramEnds = 0
  /// Taken, and not yet given to the forwarder.
  var hostPorts: [BoundPort] = []
  var control: ControlSocket?
  /// The limits that the pod's own cgroup has, once this supervisor has set them.
  var room: PodCgroup?
  /// When the next token has to be replaced.
  var tokenRenewal: Loop.Alarm?

  /// What is to happen when pause, which was told to end, has ended.
  var whenPauseEnded: (() -> Void)?
  /// An earlier supervisor wrote a life down.
  private let hasLived: Bool
  let world: World
  /// Which network the pod has, once that is decided.
  var network: NetworkRecord?
  /// Set while news of other pods are waited for, before what they are called is written down.
  var namesAlarm: Loop.Alarm?
  /// Held while the bridge is not there yet.
  var bridgeLock: AddressClaim.Lock?
  /// A look at what the pod keeps on disk that is under way.
  var storageInquiry: Inquiry?
  /// Hooks and probes that ran a command so far.
  var inquiryCount = 0
  private let bootedAt: Duration
  private let timeline: TimelineLog
  private var news: [(Event, Duration)] = []
  private var isTelling = false

  init(pod: Pod, world: World, keeper descriptor: CInt) throws {
    paths = world.paths.pod(uid: pod.metadata.uid ?? "")
    network = try NetworkRecord.find(paths, wanted: world.wantedNetwork)
    let pod = pod.joined(to: network)
    self.pod = pod
    runtime = try world.runtime(of: paths)
    self.world = world
    settings = try PodSettings.settled(paths, wished: world.settings)
    images = ImageStore(root: world.paths.root)
    plan = Plan(
      pod: pod,
      host: try HostFacts.read(
        for: pod, runtime: runtime, root: world.paths.root,
        allowedUnsafeSysctls: world.allowedUnsafeSysctls),
      paths: PlanPaths(
        pod: pod, paths: paths, pauseRootfs: try PauseImage.prepare(root: world.paths.root)),
      idRange: IDRangeClaim.find(paths))
    if let addresses = network?.addresses, !addresses.isEmpty { plan.addresses = addresses }
    if network?.mode.isCarried == true { plan.resolverRelay = UserNetwork.resolver }
    plan.networkResolver = network?.plugins?.lastResult?.resolver
    plan.hostAddresses = [HostAddress.find()].compactMap { $0 }
    loop = try Loop()
    keeper = try KeeperLink(descriptor: descriptor)
    processes = ProcessTable(journal: paths.journal)
    let snapshot = try Snapshot.read(paths)
    hasLived = snapshot != nil
    life =
      try snapshot?.life
      ?? PodLife(
        LifeSpec(pod, on: plan.host), lost: LogFolder.runs(of: pod, in: paths), at: Clock.boot())
    bootedAt = snapshot?.bootedAt ?? Clock.wall() - Clock.boot()
    timeline = TimelineLog(paths, life)
  }

  /// Runs until the pod is finished.
  func run() throws {
    try processes.read()
    control = try ControlSocket(supervisor: self)
    try loop.watch(keeper.raw, .readable) { [unowned self] _ in takeKeeperMessage() }
    loop.settle = { [unowned self] in
      wakeIfDue()
      return life.deadline
    }
    if hasLived {
      // What ended meanwhile is told after everything that runs was found.
      try settleNews { try comeBack() }
      tell(.updated(LifeSpec(pod, on: plan.host)))
      try lookAtObjects()
      neighboursChanged()
    }
    place()
    watchStorage()
    try loop.run()
  }

  /// Takes the pod if this host is one that it wants. Does nothing for a pod that was taken.
  func place() {
    guard life.admitted == nil else { return }
    do {
      let node = try HostNode.read(root: paths.host.root)
      if let objection = node.objection(to: pod.spec) {
        return tell(.unschedulable(message: objection))
      }
      let name = "\(pod.metadata.namespace ?? "default")/\(pod.metadata.name)"
      EventLog.append(
        Note(.normal, "Scheduled", "Successfully assigned \(name) to \(node.name)"), to: paths)
      tell(plan.rejection.map(Event.rejected) ?? .begun)
    } catch {
      tell(.unschedulable(message: "\(error)"))
    }
  }

  /// Sees to it that a pod that wants IDs of its own has them, the same for as long as it lives.
  func claimIDs() throws {
    guard pod.spec.hostUsers == false, plan.idRange == nil else { return }
    plan.idRange = try IDRangeClaim.make(paths)
  }

  /// The pod's record was changed by a command.
  func reload() throws {
    pod = try PodRecord.read(paths).joined(to: network)
    // What was laid out is for the pod as it was.
    clearAway()
    plan.pod = pod
    refreshVolumes()
    makeRoom()
    tell(.updated(LifeSpec(pod, on: plan.host)))
    settleRoom()
  }

  /// Objects that the pod reads were changed by a command.
  func lookAtObjects() throws {
    try readObjects()
    refreshVolumes()
    tell(.objectsChanged)
  }

  /// Images were brought by a command.
  func lookAtImages() {
    let all = pod.spec.initContainers + pod.spec.containers
    tell(.imagesCame(of: all.filter(hasImages).map(\.name)))
  }

  /// What the next volume or container is made of.
  func readObjects() throws {
    plan.objects = try ReferencedObjects.read(for: pod, from: ObjectStore(host: paths.host))
  }

  /// Takes in a fact that was learned at `time`, now unless it says so.
  func tell(_ event: Event, at time: Duration? = nil) {
    news.append((event, time ?? Clock.boot()))
    settleNews {}
  }

  private func wakeIfDue() {
    let now = Clock.boot()
    guard let deadline = life.deadline, deadline <= now else { return }
    settleNews {
      let effects = life.wake(at: now)
      timeline.note(life, after: nil, at: now)
      follow(effects)
    }
  }

  /// Does `first`, then takes in all news in the order in which they came, those that `first` and
  /// the effects bring among them. Within `first` nothing is taken in.
  private func settleNews(_ first: () throws -> Void) rethrows {
    guard !isTelling else { return try first() }
    isTelling = true
    defer { isTelling = false }
    try first()
    while !news.isEmpty {
      let (event, time) = news.removeFirst()
      let effects = life.handle(event, at: time)
      timeline.note(life, after: event, at: time)
      follow(effects)
    }
  }

  /// Writes down what is wanted, then begins it.
  private func follow(_ effects: [Effect]) {
    save()
    for effect in effects { perform(effect) }
    endIdlePulls()
    if !loop.hasChildren { processes.dropUnclaimed() }
  }

  var snapshot: Snapshot { Snapshot(life: life, bootedAt: bootedAt) }

  private func save() {
    do {
      try snapshot.write(to: paths.life)
    } catch {
      Diagnostics.report("the pod's state cannot be written: \(error)")
    }
  }

  /// Begins one effect; its answer comes as an event.
  func perform(_ effect: Effect) {
    switch effect {
    case .startSandbox(let run): startSandbox(run)
    case .removeSandbox(let run): removeSandbox(run)
    case .create(let instance): create(instance)
    case .start(let instance): start(instance)
    case .signal(let instance, let signal): send(signal, to: instance)
    case .resize(let instance): resize(instance)
    case .remove(let instance): remove(instance)
    case .hook(let instance, let hook): begin(hook, of: instance)
    case .probe(let instance, let kind): probe(instance, kind)
    case .report(let note): EventLog.append(note, to: paths)
    case .finish(let deleted): finish(deleted: deleted)
    }
  }

  private func takeKeeperMessage() {
    do {
      guard let message = try keeper.receive() else {
        // Nothing more comes from there, should taking its place fail.
        loop.unwatch(keeper.raw)
        return succeedKeeper()
      }
      if message == .journal { try processes.read() }
    } catch {
      Diagnostics.report("the keeper's message cannot be taken: \(error)")
    }
  }
}
