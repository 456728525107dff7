/// The objects that a pod names and what stood in them when somebody looked.
///
/// A plan that needs one which is not here says so; whoever collects them reads those that
/// `Pod.references` names, all of the pod's own namespace.
public struct ReferencedObjects: Equatable, Sendable {
  /// By name.
  public var configMaps: [String: ConfigMap]
  /// By name.
  public var secrets: [String: Secret]

  /// Files of variables in volumes, as the container that is made now finds them; one that is not
  /// here does not exist.
  public var files: [FileReference: FileContent]

  public init(
    configMaps: [String: ConfigMap] = [:], secrets: [String: Secret] = [:],
    files: [FileReference: FileContent] = [:]
  ) {
    self.configMaps = configMaps
    self.secrets = secrets
    self.files = files
  }
}

/// A file in a volume.
public struct FileReference: Hashable, Sendable {
  /// The name of the volume.
  public var volume: String
  public var path: String

  public init(volume: String, path: String) {
    self.volume = volume
    self.path = path
  }
}

/// What came of reading a file that is there.
public enum FileContent: Equatable, Sendable {
  case bytes([UInt8])
  case unreadable(reason: String)
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

extension Container {
  /// The files that its variables are read from; what is in them counts when it is made.
  public var environmentFiles: Set<FileReference> {
    Set(
      env.compactMap { $0.valueFrom?.fileKeyRef }.map {
        FileReference(volume: $0.volumeName, path: $0.path)
      })
  }
}

extension Plan {
  /// In the API server's words when it is not there and has to be.
  func configMap(_ name: String, isOptional: Bool?) throws(PlanError) -> ConfigMap? {
    if let map = objects.configMaps[name] { return map }
    if isOptional == true { return nil }
    throw .configuration("configmap \(name.quoted) not found")
  }

  /// In the API server's words when it is not there and has to be.
  func secret(_ name: String, isOptional: Bool?) throws(PlanError) -> Secret? {
    if let secret = objects.secrets[name] { return secret }
    if isOptional == true { return nil }
    throw .configuration("secret \(name.quoted) not found")
  }
}
