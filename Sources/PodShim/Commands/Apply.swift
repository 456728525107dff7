import PodModel

/// `podshim apply`: makes objects what a manifest says, those that are there and those that are
/// not.
enum ApplyCommand {
  static let force = Flag("force", nil, "Delete and create anew what cannot be changed in place")
  static let flags = [
    .file, .recursive, force, DeleteCommand.gracePeriod, Deletions.timeout, DryRun.flag,
    OutputFormat.flag, .allowedUnsafeSysctls,
  ]

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let dryRun = DryRun(invocation)
    let printer = ObjectPrinter(try OutputFormat.read(invocation))
    let forced = try Deletions.forced(invocation, by: force, world)
    let all = try ManifestFiles.placed(invocation, world: world, noted: true)
    if !dryRun.isDry, all.contains(where: { $0.object is Pod }) { _ = try world.runtime() }
    try CommandErrors.collect(over: all) { placed in
      var (object, word) = (placed.object, "configured")
      do {
        (object, word) = try apply(object, world, isDry: dryRun.isDry)
      } catch let error as CommandError where error.isInvalid {
        guard let forced else { throw error }
        if !dryRun.isDry { object = try remake(object, forced, world) }
      }
      try printer.report(object.node, placed.reference, did: word + dryRun.remark)
    }
    return 0
  }

  /// What cannot be changed goes, and is there again as it was wished.
  private static func remake(
    _ object: any NamedObject, _ deletions: Deletions, _ world: World
  ) throws -> any NamedObject {
    var deletions = deletions
    let (kind, name) = (object.resourceKind, object.metadata.name)
    try deletions.begin(ResourceStore(world).find(kind, name, in: object.metadata.place))
    try deletions.wait()
    return try CreateCommand.create(object, world)
  }

  /// The object as it is then, and what became of it in kubectl's word.
  static func apply(
    _ object: any NamedObject, _ world: World, isDry: Bool
  ) throws -> (object: any NamedObject, word: String) {
    switch object {
    case let pod as Pod: try applyPod(pod, world, isDry: isDry)
    case let object as any StoredKind: try applyStored(object, world, isDry: isDry)
    default: (object, "unchanged")
    }
  }

  private static func applyStored<Stored: StoredKind>(
    _ object: Stored, _ world: World, isDry: Bool
  ) throws -> (object: any NamedObject, word: String) {
    let (object, word) = try ObjectChange(world).apply(object, isDry: isDry)
    return (object, word)
  }

  private static func applyPod(
    _ pod: Pod, _ world: World, isDry: Bool
  ) throws -> (object: any NamedObject, word: String) {
    if pod.metadata.name.isEmpty, let base = pod.metadata.generateName {
      throw CommandError("from \(base): cannot use generate name with apply")
    }
    guard let stored = try PodStore(world).find(pod.metadata.name, in: pod.metadata.place) else {
      return (isDry ? pod : try NewPod(world: world).create(pod).pod, "created")
    }
    warnUnnoted(stored.pod)
    let update = try PodChange.make(stored, of: pod.metadata.resourceVersion, isDry: isDry) {
      PodUpdate(of: $0, to: try LastApplied.merge(pod, into: $0))
    }
    let shown = try StoredPod(pod: update.pod, paths: stored.paths).shown()
    return (shown, update.isChange ? "configured" : "unchanged")
  }

  /// Of what was made by other means nobody knows what has to go.
  static func warnUnnoted(_ object: any NamedObject) {
    guard object.metadata.annotations[LastApplied.annotation] == nil else { return }
    Output.complain(
      "Warning: \(object.resourceKind.resource)/\(object.metadata.name) was not made by `apply`: "
        + "what its manifest no longer says stays this once")
  }
}
