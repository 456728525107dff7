import PodModel

/// `podshim delete`: stops pods and takes away what is left of them; removes other objects.
enum DeleteCommand {
  static let gracePeriod = Flag(
    "grace-period", nil, .text("SECONDS"),
    "Between the stop signal and SIGKILL (default: the pod's)")
  static let now = Flag("now", nil, "The same as --grace-period 1")
  static let force = Flag("force", nil, "Do not wait for the containers' own end")
  static let wait = Flag("wait", nil, "Return when the pods are gone (default: true)")
  static let cascade = Flag(
    "cascade", nil, .text("HOW"), "Changes nothing: no object here owns another", isHidden: true,
    implied: "background")
  static let ignoreNotFound = Flag("ignore-not-found", nil, "What is not there is no error")

  static let flags =
    [.file] + ResourceQuery.flags + [
      ResourceQuery.all, gracePeriod, now, force, wait, ignoreNotFound, cascade, DryRun.flag,
      output,
    ]
  static let output = Flag("output", "o", .choice(["name"]), "Show names instead of messages")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let grace = try grace(invocation)
    let dryRun = DryRun(invocation)
    let answer = try targets(invocation, world)
    var deletions: [PodDeletion] = []
    var errors: [any Error] = []
    for resource in answer.found {
      do {
        if !dryRun.isDry, let deletion = try begin(resource, grace, world) {
          deletions.append(deletion)
        }
        try say(resource, invocation)
      } catch {
        errors.append(error)
      }
    }
    if invocation.isOn(wait, otherwise: true) {
      for deletion in deletions { try deletion.wait() }
    }
    let missing = ResourceQuery.Answer(errors: answer.errors + errors)
    try missing.complain(unlessNotFound: invocation.isOn(ignoreNotFound))
    return 0
  }

  /// Seconds; nil is the pod's own.
  private static func grace(_ invocation: Invocation) throws -> Int? {
    let seconds = try invocation.integer(gracePeriod)
    if invocation.isOn(now) {
      guard seconds == nil else {
        throw invocation.usage("--now and --grace-period cannot be specified together")
      }
      return 1
    }
    if invocation.isOn(force) {
      guard seconds ?? 0 == 0 else {
        throw invocation.usage(
          "--force and --grace-period greater than 0 cannot be specified together")
      }
      return 0
    }
    // As kubectl: -1 is the pod's own grace, and nobody is killed at once without --force.
    return seconds.flatMap { $0 < 0 ? nil : max(1, $0) }
  }

  /// A pod's deletion can be waited for.
  static func begin(
    _ resource: Resource, _ grace: Int?, _ world: World
  ) throws -> PodDeletion? {
    switch resource.content {
    case .pod(let pod, _):
      let deletion = PodDeletion(pod, grace: grace, world: world)
      try deletion.ask()
      return deletion
    case .object(let object):
      let (name, place) = (object.metadata.name, object.metadata.place)
      try ObjectChange(world).remove(type(of: object).objectKind, name, in: place)
    case .event, .node: break
    }
    return nil
  }

  private static func say(_ resource: Resource, _ invocation: Invocation) throws {
    if invocation.isGiven(output) { return try Output.print(resource.reference) }
    let how = invocation.isOn(force) ? "force deleted" : "deleted"
    let remark = DryRun(invocation).remark
    try Output.print("\(resource.kind.singular) \"\(resource.name)\" \(how)\(remark)")
  }

  private static let kinds = [ResourceKind.pod] + ResourceKind.stored

  /// What the command line names, or a manifest, or all of a kind.
  private static func targets(
    _ invocation: Invocation, _ world: World
  ) throws -> ResourceQuery.Answer {
    guard invocation.isGiven(.file) || !invocation.operands.isEmpty else {
      throw invocation.usage("resource(s) were provided, but no name was specified")
    }
    let query = try ResourceQuery(invocation, world, among: kinds)
    guard query.isChosen(invocation) else {
      throw invocation.usage("resource(s) were provided, but no name was specified")
    }
    let answer = try query.resources(ResourceStore(world))
    if answer.found.isEmpty, answer.errors.isEmpty { Output.complain("No resources found") }
    return answer
  }
}
