import PodModel

/// `podshim replace`: puts an object in the place of the one that is there, or, with `--force`, of
/// one that is deleted first.
enum ReplaceCommand {
  static let force = Flag("force", nil, "Delete what is there first, and create it anew")
  static let flags = [
    .file, force, DeleteCommand.gracePeriod, DeleteCommand.cascade, CreateCommand.saveConfig,
    DryRun.flag, OutputFormat.flag, .allowedUnsafeSysctls,
  ]

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let grace = try invocation.integer(DeleteCommand.gracePeriod)
    let isForced = invocation.isOn(force)
    guard grace == nil || isForced else {
      throw invocation.usage("--grace-period must have --force specified")
    }
    let dryRun = DryRun(invocation)
    let printer = ObjectPrinter(try OutputFormat.read(invocation))
    let all = try ManifestFiles.placed(
      invocation, world: world, noted: invocation.isOn(CreateCommand.saveConfig))
    if isForced, all.contains(where: { $0.object is Pod }) { _ = try world.runtime() }
    try CommandErrors.collect(over: all) { placed in
      if isForced, !dryRun.isDry {
        try remove(placed.object, grace.flatMap { $0 < 0 ? nil : max(1, $0) }, world)
        let created = try CreateCommand.create(placed.object, world)
        return try printer.report(created.node, placed.reference, did: "replaced")
      }
      let change = try ReplacedObject(placed.object, world, isDry: dryRun.isDry)
      try printer.report(
        change.object.node, placed.reference, did: "replaced" + dryRun.remark)
    }
    return 0
  }

  /// Returns when nothing of it is left; what is not there is no error.
  private static func remove(_ object: any NamedObject, _ grace: Int?, _ world: World) throws {
    let (name, place) = (object.metadata.name, object.metadata.place)
    let kind = object.resourceKind
    do {
      let resource = try ResourceStore(world).find(kind, name, in: place)
      let deletion = try DeleteCommand.begin(resource, grace, world)
      try Output.print("\(kind.singular) \"\(name)\" deleted")
      try deletion?.wait()
    } catch let error as CommandError where error == .notFound(kind, name) {
      return
    }
  }
}
