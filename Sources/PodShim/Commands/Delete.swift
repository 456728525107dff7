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
  static let interactive = Flag("interactive", "i", "Ask before anything is deleted")
  static let ignoreNotFound = Flag("ignore-not-found", nil, "What is not there is no error")

  static let flags =
    [.file, .recursive] + ResourceQuery.flags + [
      ResourceQuery.all, gracePeriod, now, force, wait, Deletions.timeout,
      interactive, ignoreNotFound, cascade, DryRun.flag,
      output,
    ]
  static let output = Flag("output", "o", .choice(["name"]), "Show names instead of messages")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let dryRun = DryRun(invocation)
    var deletions = try Deletions(invocation, world, grace: grace(invocation))
    var answer = try targets(invocation, world)
    guard try !invocation.isOn(interactive) || dryRun.isDry || isWanted(answer.found) else {
      try Output.print("deletion is cancelled")
      return 0
    }
    for resource in answer.found {
      do {
        if !dryRun.isDry { try deletions.begin(resource) }
        try say(resource, invocation)
      } catch {
        answer.errors.append(error)
      }
    }
    do {
      if invocation.isOn(wait, otherwise: true) { try deletions.wait() }
    } catch {
      answer.errors.append(error)
    }
    try answer.complain(unlessNotFound: invocation.isOn(ignoreNotFound))
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
    return Deletions.grace(seconds)
  }

  /// As kubectl asks.
  private static func isWanted(_ all: [Resource]) throws -> Bool {
    let list = all.map { "\($0.reference)\n" }.joined()
    try Output.show(
      "You are about to delete the following \(all.count) resource(s):\n\(list)"
        + "Do you want to continue? (y/N): ")
    let answer = readLine() ?? ""
    return ["y", "yes"].contains(answer.lowercased())
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
