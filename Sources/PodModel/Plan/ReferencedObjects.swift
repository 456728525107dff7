/// The objects that a pod names and what stood in them when somebody looked.
///
/// A plan that needs one which is not here says so; whoever collects them reads those that
/// `Pod.references` names, all of the pod's own namespace.
public struct ReferencedObjects: Equatable, Sendable {
  /// By name.
  public var configMaps: [String: ConfigMap]
  /// By name.
  public var secrets: [String: Secret]

  public init(configMaps: [String: ConfigMap] = [:], secrets: [String: Secret] = [:]) {
    self.configMaps = configMaps
    self.secrets = secrets
  }
}

/// The names of the objects that a pod reads.
public struct ObjectReferences: Equatable, Sendable {
  public var configMaps: Set<String> = []
  public var secrets: Set<String> = []

  public var isEmpty: Bool { configMaps.isEmpty && secrets.isEmpty }

  fileprivate mutating func add(_ container: Container) {
    for source in container.envFrom {
      add(configMap: source.configMapRef?.name, secret: source.secretRef?.name)
    }
    for source in container.env.compactMap(\.valueFrom) {
      add(configMap: source.configMapKeyRef?.name, secret: source.secretKeyRef?.name)
    }
  }

  fileprivate mutating func add(_ volume: Volume) {
    add(configMap: volume.configMap?.name, secret: volume.secret?.secretName)
    for source in volume.projected?.sources ?? [] {
      add(configMap: source.configMap?.name, secret: source.secret?.name)
    }
  }

  private mutating func add(configMap: String?, secret: String?) {
    if let configMap { configMaps.insert(configMap) }
    if let secret { secrets.insert(secret) }
  }
}

extension Pod {
  /// What its environment and its volumes are made of, optional or not.
  public var references: ObjectReferences {
    var references = ObjectReferences()
    spec.allContainers.forEach { references.add($0) }
    spec.volumes.forEach { references.add($0) }
    return references
  }
}
