import PodModel

/// An object in the place of the one of its name: what `replace` and `edit` do. What a server wrote
/// on the old one stays; of a pod only what may change in place may differ.
struct ReplacedObject {
  /// As it is then.
  let object: any NamedObject
  let isChange: Bool

  /// - Parameters:
  ///   - new: names the version that it replaces, or none.
  ///   - original: what `new` was made of, some time ago: what others have changed since stays.
  /// - Throws: `CommandError` when there is none of its name, or with all that forbids the change.
  init(
    _ new: any NamedObject, madeOf original: (any NamedObject)? = nil, _ world: World,
    isDry: Bool = false
  ) throws {
    switch new {
    case let pod as Pod: (object, isChange) = try Self.replace(pod, original, world, isDry)
    case let kept as any StoredKind:
      (object, isChange) = try Self.replace(kept, original, world, isDry)
    default: (object, isChange) = (new, false)
    }
  }

  private static func replace(
    _ new: Pod, _ original: (any NamedObject)?, _ world: World, _ isDry: Bool
  ) throws -> (any NamedObject, Bool) {
    let stored = try PodStore(world).pod(new.metadata.name, in: new.metadata.place)
    let edited = (original as? Pod).map { Edited(new, from: $0) }
    let version = edited.map(\.version) ?? new.metadata.resourceVersion
    let update = try PodChange.make(stored, of: version, isDry: isDry) {
      PodUpdate(of: $0, to: try edited?.merged(into: $0) ?? new)
    }
    return (update.pod, update.isChange)
  }

  private static func replace<Stored: StoredKind>(
    _ new: Stored, _ original: (any NamedObject)?, _ world: World, _ isDry: Bool
  ) throws -> (any NamedObject, Bool) {
    let edited = (original as? Stored).map { Edited(new, from: $0) }
    let version = edited.map(\.version) ?? new.metadata.resourceVersion
    let changed = try ObjectChange(world).change(new, of: version, isDry: isDry) { new, live in
      try edited?.merged(into: live) ?? new
    }
    return (changed ?? new, changed != nil)
  }
}
