import PodModel

/// What commands do with the objects that pods refer to: store them, change them, remove them, and
/// each time tell the supervisors of the pods that read them.
struct ObjectChange {
  private let world: World
  private let store: ObjectStore

  init(_ world: World) {
    self.world = world
    store = ObjectStore(host: world.paths)
  }

  /// Answers the object's name.
  func create(_ object: any StoredKind) throws -> String {
    try store(object).metadata.name
  }

  /// Answers the object as it is kept.
  func store(_ object: any StoredKind) throws -> any StoredKind {
    try createOne(object)
  }

  /// What became of it, in kubectl's word.
  func apply(_ object: any StoredKind) throws -> String {
    try applyOne(object)
  }

  func remove(_ kind: Kind, _ name: String, in namespace: String) throws {
    try store.remove(kind, name, in: namespace)
    tell(kind, name, in: namespace)
  }

  private func createOne<Stored: StoredKind>(_ object: Stored) throws -> Stored {
    let stored = try store.create(object)
    tell(Stored.objectKind, stored.metadata.name, in: object.metadata.place)
    return stored
  }

  private func applyOne<Stored: StoredKind>(_ object: Stored) throws -> String {
    let (name, namespace) = (object.metadata.name, object.metadata.place)
    if name.isEmpty, let base = object.metadata.generateName {
      throw CommandError("from \(base): cannot use generate name with apply")
    }
    guard let stored = try store.find(name, in: namespace, as: Stored.self) else {
      _ = try createOne(object)
      return "created"
    }
    ApplyCommand.warnUnnoted(stored)
    guard try store.change(object, LastApplied.merge) != nil else { return "unchanged" }
    tell(Stored.objectKind, name, in: namespace)
    return "configured"
  }

  /// What is stored is stored: a supervisor that cannot be told is worth a warning.
  private func tell(_ kind: Kind, _ name: String, in namespace: String) {
    do {
      for pod in try PodStore(world).pods(in: namespace) where pod.pod.reads(kind, name) {
        try SupervisorNews.tell("objects", pod)
      }
    } catch {
      Output.complain("Warning: \(error)")
    }
  }
}

extension Pod {
  fileprivate func reads(_ kind: Kind, _ name: String) -> Bool {
    switch kind {
    case .configMap: references.configMaps.contains(name)
    case .secret: references.secrets.contains(name)
    case .pod, .podPreset, .serviceAccount: false
    }
  }
}
