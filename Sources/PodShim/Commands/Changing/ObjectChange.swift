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

  /// Answers the object as it is kept.
  func create<Stored: StoredKind>(_ object: Stored) throws -> Stored {
    let stored = try store.create(object)
    tell(Stored.objectKind, stored.metadata.name, in: object.metadata.place)
    return stored
  }

  /// The object as it is then, and what became of it in kubectl's word.
  func apply<Stored: StoredKind>(
    _ object: Stored, isDry: Bool = false
  ) throws -> (object: Stored, word: String) {
    let (name, namespace) = (object.metadata.name, object.metadata.place)
    if name.isEmpty, let base = object.metadata.generateName {
      throw CommandError("from \(base): cannot use generate name with apply")
    }
    guard let stored = try store.find(name, in: namespace, as: Stored.self) else {
      return (isDry ? object : try create(object), "created")
    }
    ApplyCommand.warnUnnoted(stored)
    let changed = try change(
      object, of: object.metadata.resourceVersion, isDry: isDry, LastApplied.merge)
    return (changed ?? stored, changed == nil ? "unchanged" : "configured")
  }

  /// What `merge` makes of the stored object of that name and of `object`; nil when it is that
  /// already.
  func change<Stored: StoredKind>(
    _ object: Stored, of version: String?, isDry: Bool,
    _ merge: (_ new: Stored, _ live: Stored) throws -> Stored
  ) throws -> Stored? {
    let changed = try store.change(object, of: version, isDry: isDry, merge)
    if changed != nil, !isDry {
      tell(Stored.objectKind, object.metadata.name, in: object.metadata.place)
    }
    return changed
  }

  func remove(_ kind: Kind, _ name: String, in namespace: String) throws {
    try store.remove(kind, name, in: namespace)
    tell(kind, name, in: namespace)
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
