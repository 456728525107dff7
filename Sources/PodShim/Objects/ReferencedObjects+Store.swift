import PodModel

/// What a pod names, collected from where objects are kept.
extension ReferencedObjects {
  /// Those that `pod` names, as far as they are there.
  static func read(for pod: Pod, from store: ObjectStore) throws -> ReferencedObjects {
    let references = pod.references
    var found = ReferencedObjects()
    for name in references.configMaps {
      found.configMaps[name] = try store.find(name, in: pod.metadata.place)
    }
    for name in references.secrets {
      found.secrets[name] = try store.find(name, in: pod.metadata.place)
    }
    return found
  }

  /// With what a manifest brings itself.
  func over(by objects: [any NamedObject]) -> ReferencedObjects {
    var found = self
    for object in objects {
      if let map = object as? ConfigMap { found.configMaps[map.metadata.name] = map }
      if let secret = object as? Secret { found.secrets[secret.metadata.name] = secret }
    }
    return found
  }
}
