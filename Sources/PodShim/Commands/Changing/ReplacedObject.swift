import PodModel

/// An object in the place of the one of its name: what `replace` and `edit` do. What a server wrote
/// on the old one stays; of a pod only what may change in place may differ.
struct ReplacedObject {
  /// As it is then.
  let object: any NamedObject
  let isChange: Bool

  /// - Throws: `CommandError` when there is none of its name, or with all that forbids the change.
  init(_ new: any NamedObject, _ world: World, isDry: Bool = false) throws {
    func replace<Stored: StoredKind>(_ new: Stored) throws -> (any NamedObject)? {
      try ObjectChange(world).change(new, isDry: isDry) { new, _ in new }
    }
    switch new {
    case let pod as Pod:
      let stored = try PodStore(world).pod(pod.metadata.name, in: pod.metadata.place)
      let update = try PodChange.make(stored, isDry: isDry) { PodUpdate(of: $0, to: pod) }
      (object, isChange) = (update.pod, update.isChange)
    case let kept as any StoredKind:
      let changed = try replace(kept)
      (object, isChange) = (changed ?? new, changed != nil)
    default:
      (object, isChange) = (new, false)
    }
  }
}
