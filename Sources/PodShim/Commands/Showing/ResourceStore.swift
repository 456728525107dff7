import PodModel

/// Everything of a world that commands can be about, by kind and name.
struct ResourceStore {
  let world: World

  init(_ world: World) {
    self.world = world
  }

  /// All of a kind in the order of namespaces and names, events in that of time; `namespace` nil is
  /// every one.
  func all(_ kind: ResourceKind, in namespace: String?) throws -> [Resource] {
    switch kind {
    case .pod: return try PodStore(world).pods(in: namespace).map { try Resource($0) }
    case .event:
      return try EventsCommand.all(in: namespace, of: PodStore(world)).map { Resource(.event($0)) }
    case .node: return [Resource(.node(try NodeRecord.read(root: world.paths.root)))]
    case .configMap, .secret, .serviceAccount, .podPreset:
      guard let kind = Kind(kind) else { return [] }
      return try ObjectStore(host: world.paths).all(of: kind, in: namespace).map {
        Resource(.object($0))
      }
    }
  }

  /// - Throws: `CommandError.notFound` when there is none of that name.
  func find(_ kind: ResourceKind, _ name: String, in namespace: String) throws -> Resource {
    if kind == .pod { return try Resource(PodStore(world).pod(name, in: namespace)) }
    guard let found = try all(kind, in: namespace).first(where: { $0.name == name }) else {
      throw CommandError.notFound(kind, name)
    }
    return found
  }
}
