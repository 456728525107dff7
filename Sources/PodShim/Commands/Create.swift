import PodModel

/// `podshim create`: all objects of a manifest, or none of them; or one that the command line
/// describes.
enum CreateCommand {
  static let dryRun = Flag(
    "dry-run", nil, .choice(["none", "client", "server"]),
    "Create nothing: look at the words alone, or as if it was to be created")
  static let output = Flag(
    "output", "o", .choice(["yaml", "json", "name"]), "Show the object instead of a message")

  static let flags = [.file, dryRun, output] + NamedCreation.flags + [.allowedUnsafeSysctls]

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    if !invocation.operands.isEmpty { return try createNamed(invocation, world) }
    try NamedCreation.refuseOthers(than: [], invocation)
    guard ["name", nil].contains(invocation.text(output)) else {
      throw invocation.usage("-f says already what the objects are: -o name is all there is")
    }
    let objects = try ManifestFiles.objects(invocation, world: world)
    if objects.contains(where: { $0 is Pod }) { _ = try world.runtime() }
    try CommandErrors.collect(over: objects) { object in
      let name = isDry(invocation) ? object.metadata.name : try create(object, world)
      try say(object.resourceKind, name, invocation)
    }
    return 0
  }

  /// Answers the object's name.
  static func create(_ object: any NamedObject, _ world: World) throws -> String {
    switch object {
    case let pod as Pod: try NewPod(world: world).create(pod).name
    case let object as any StoredKind: try ObjectChange(world).create(object)
    default: object.metadata.name
    }
  }

  private static func createNamed(_ invocation: Invocation, _ world: World) throws -> CInt {
    if invocation.isGiven(.file) {
      throw invocation.usage("-f and the name of an object cannot be specified together")
    }
    var object = try NamedCreation.object(invocation)
    if invocation.isGiven(CommandTable.namespace) { object.metadata.namespace = world.namespace }
    if invocation.text(dryRun) != "client" {
      object.metadata.namespace = world.namespace
      object = try object.admitted()
    }
    if !isDry(invocation) { object = try ObjectChange(world).store(object) }
    switch invocation.text(output) {
    case "yaml": try Output.show(object.typedNode.yamlText())
    case "json": try Output.show(object.typedNode.jsonText(sortedKeys: false))
    default: try say(object.resourceKind, object.metadata.name, invocation)
    }
    return 0
  }

  static func isDry(_ invocation: Invocation) -> Bool {
    (invocation.text(dryRun) ?? "none") != "none"
  }

  private static func say(
    _ kind: ResourceKind, _ name: String, _ invocation: Invocation
  ) throws {
    let said = "\(kind.singular)/\(name)"
    if invocation.text(output) == "name" { return try Output.print(said) }
    try Output.print("\(said) created\(remark(invocation))")
  }

  /// What follows the message of something that was only tried.
  static func remark(_ invocation: Invocation) -> String {
    switch invocation.text(dryRun) {
    case "client": " (dry run)"
    case "server": " (server dry run)"
    default: ""
    }
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
