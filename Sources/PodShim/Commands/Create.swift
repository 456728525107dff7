import PodModel

/// `podshim create`: all objects of a manifest, or none of them; or one that the command line
/// describes.
enum CreateCommand {
  static let saveConfig = Flag(
    "save-config", nil, "Note what it was made from, as apply does")
  static let flags =
    [.file, .recursive, DryRun.flag, OutputFormat.flag, saveConfig] + CreationWait.flags
    + NamedCreation.flags + [.allowedUnsafeSysctls]

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let dryRun = DryRun(invocation)
    let printer = ObjectPrinter(try OutputFormat.read(invocation))
    let wait = try CreationWait(invocation, world)
    if !invocation.operands.isEmpty {
      try createNamed(invocation, world, dryRun, printer)
      return 0
    }
    try NamedCreation.refuseOthers(than: [], invocation)
    let all = try ManifestFiles.placed(
      invocation, world: world, noted: invocation.isOn(saveConfig))
    if dryRun != .client, all.contains(where: { $0.object is Pod }) { _ = try world.runtime() }
    var created: [any NamedObject] = []
    do {
      try CommandErrors.collect(over: all) { placed in
        let object = dryRun.isDry ? placed.object : try create(placed.object, world)
        created.append(object)
        let node = dryRun == .client ? placed.sourceInPlace : object.node
        let name = "\(object.resourceKind.singular)/\(object.metadata.name)"
        try printer.report(node, name, did: "created" + dryRun.remark)
      }
    } catch let errors as CommandErrors where !dryRun.isDry && !created.isEmpty {
      // What was created is waited for all the same.
      Output.complain(ErrorText.of(errors))
      _ = try wait.run(created)
      return 1
    }
    return dryRun.isDry ? 0 : try wait.run(created)
  }

  /// Answers the object as it is stored.
  static func create(_ object: any NamedObject, _ world: World) throws -> any NamedObject {
    switch object {
    case let pod as Pod: try NewPod(world: world).create(pod).pod
    case let object as any StoredKind: try ObjectChange(world).create(object)
    default: object
    }
  }

  private static func createNamed(
    _ invocation: Invocation, _ world: World, _ dryRun: DryRun, _ printer: ObjectPrinter
  ) throws {
    if invocation.isGiven(.file) {
      throw invocation.usage("-f and the name of an object cannot be specified together")
    }
    var object = try NamedCreation.object(invocation)
    if invocation.isGiven(CommandTable.namespace) { object.metadata.namespace = world.namespace }
    if dryRun != .client {
      object.metadata.namespace = world.namespace
      object = try object.admitted()
    }
    if invocation.isOn(saveConfig) { object = LastApplied.note(object.typedNode, on: object) }
    if !dryRun.isDry { object = try ObjectChange(world).create(object) }
    let name = "\(object.resourceKind.singular)/\(object.metadata.name)"
    try printer.report(
      object.typedNode, name, did: "created" + dryRun.remark, isTyped: true)
  }
}

extension ManifestFiles.Placed {
  /// What was read, with the namespace that it is in.
  fileprivate var sourceInPlace: Node {
    source.setting(["metadata", "namespace"], to: .string(object.metadata.place))
  }
}

extension NamedObject {
  var resourceKind: ResourceKind { ResourceKind(Self.objectKind) }
}

extension StoredKind {
  /// As it would be stored.
  ///
  /// - Throws: what a server would have against it.
  fileprivate func admitted() throws -> Self {
    var review = Review()
    check(at: FieldPath(), into: &review)
    guard review.errors.isEmpty else {
      throw CommandError.invalid(metadata.name, review.errors, kind: Self.objectKind)
    }
    return withDefaults()
  }

  /// As kubectl prints an object that it has made itself: with a time that nobody knows yet, and,
  /// where the order shows, in that of the type.
  fileprivate var typedNode: Node {
    guard case .mapping(let mapping) = node.content else { return node }
    let names = ["kind", "apiVersion", "metadata"]
    func entry(_ name: String) -> Node.Entry? { mapping.entries.first { $0.key == name } }
    let first = names.compactMap(entry).map { entry in
      guard entry.key == "metadata", metadata.creationTimestamp == nil,
        case .mapping(let fields) = entry.value.content
      else { return entry }
      return Node.Entry("metadata", .mapping(fields.entries + [.init("creationTimestamp", .null)]))
    }
    let rest = mapping.entries.filter { !names.contains($0.key) && $0.key != "type" }
    return .mapping(first + rest + ["type"].compactMap(entry))
  }
}
