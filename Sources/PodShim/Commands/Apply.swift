import PodModel

/// `podshim apply`: makes objects what a manifest says, those that are there and those that are
/// not.
enum ApplyCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let objects = try ManifestFiles.objects(invocation, world: world, noted: true)
    if objects.contains(where: { $0 is Pod }) { _ = try world.runtime() }
    try CommandErrors.collect(over: objects) { object in
      let word =
        switch object {
        case let pod as Pod: try apply(pod, world)
        case let object as any StoredKind: try ObjectChange(world).apply(object)
        default: "unchanged"
        }
      try Output.print("\(object.resourceKind.singular)/\(object.metadata.name) \(word)")
    }
    return 0
  }

  /// What became of it, in kubectl's word.
  private static func apply(_ pod: Pod, _ world: World) throws -> String {
    if pod.metadata.name.isEmpty, let base = pod.metadata.generateName {
      throw CommandError("from \(base): cannot use generate name with apply")
    }
    guard let stored = try PodStore(world).find(pod.metadata.name, in: pod.metadata.place) else {
      _ = try NewPod(world: world).create(pod)
      return "created"
    }
    warnUnnoted(stored.pod)
    let update = try PodChange.make(stored) {
      PodUpdate(of: $0, to: try LastApplied.merge(pod, into: $0))
    }
    return update.isChange ? "configured" : "unchanged"
  }

  /// Of what was made by other means nobody knows what has to go.
  static func warnUnnoted(_ object: any NamedObject) {
    guard object.metadata.annotations[LastApplied.annotation] == nil else { return }
    Output.complain(
      "Warning: \(object.resourceKind.resource)/\(object.metadata.name) was not made by `apply`: "
        + "what its manifest no longer says stays this once")
  }
}
