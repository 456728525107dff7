import PodModel

/// `podshim replace`: puts an object in the place of the one that is there, or, with `--force`, of
/// one that is deleted first.
enum ReplaceCommand {
  static let force = Flag("force", nil, "Delete what is there first, and create it anew")
  static let wait = Flag(
    "wait", nil, .boolean, "Changes nothing: --force always waits", isHidden: true)
  static let flags = [
    .file, .recursive, force, DeleteCommand.gracePeriod, Deletions.timeout, wait,
    DeleteCommand.cascade,
    CreateCommand.saveConfig, DryRun.flag, OutputFormat.flag, .allowedUnsafeSysctls,
  ]

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let dryRun = DryRun(invocation)
    let forced = try Deletions.forced(invocation, by: force, world)
    guard forced == nil || !dryRun.isDry else {
      throw invocation.usage("--dry-run can not be used when --force is set")
    }
    let printer = ObjectPrinter(try OutputFormat.read(invocation))
    let all = try ManifestFiles.placed(
      invocation, world: world, noted: invocation.isOn(CreateCommand.saveConfig))
    if var deletions = forced {
      if all.contains(where: { $0.object is Pod }) { _ = try world.runtime() }
      for placed in all { try delete(placed.object, &deletions, world) }
      try deletions.wait()
    }
    try CommandErrors.collect(over: all) { placed in
      let object =
        try forced != nil
        ? CreateCommand.create(placed.object, world)
        : ReplacedObject(placed.object, world, isDry: dryRun.isDry).object
      try printer.report(object.node, placed.reference, did: "replaced" + dryRun.remark)
    }
    return 0
  }

  /// What is not there is no error.
  private static func delete(
    _ object: any NamedObject, _ deletions: inout Deletions, _ world: World
  ) throws {
    let (kind, name) = (object.resourceKind, object.metadata.name)
    do {
      try deletions.begin(ResourceStore(world).find(kind, name, in: object.metadata.place))
      try Output.print("\(kind.singular) \"\(name)\" deleted")
    } catch let error as CommandError where error == .notFound(kind, name) {
      return
    }
  }
}
