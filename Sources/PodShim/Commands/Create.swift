import PodModel

/// `podshim create`: all objects of a manifest, or none of them.
enum CreateCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let objects = try ManifestFiles.objects(invocation, world: world)
    if objects.contains(where: { $0 is Pod }) { _ = try world.runtime() }
    try CommandErrors.collect(over: objects) { object in
      let name = try create(object, world)
      try Output.print("\(object.resourceKind.singular)/\(name) created")
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
}

extension NamedObject {
  var resourceKind: ResourceKind { ResourceKind(Self.objectKind) }
}
