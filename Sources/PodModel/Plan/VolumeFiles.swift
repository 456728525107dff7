/// The files of a volume that shows objects, fields of the pod or tokens, by their paths in it.
///
/// What is optional and missing shows nothing. What is required and missing is an error in the
/// kubelet's words, for which a pod waits that has not begun, and which leaves the volume of a
/// running one as it was. Of two files of the same path the later one counts.
struct VolumeFiles {
  private(set) var files: [String: VolumeFile] = [:]
  private let plan: Plan
  private let defaultMode: Int

  /// nil for a volume of another kind.
  init?(of volume: Volume, in plan: Plan) throws(PlanError) {
    self.plan = plan
    if let source = volume.configMap {
      defaultMode = source.defaultMode ?? 0o644
      try add(source)
    } else if let source = volume.secret {
      defaultMode = source.defaultMode ?? 0o644
      try add(source)
    } else if let source = volume.downwardAPI {
      defaultMode = source.defaultMode ?? 0o644
      try add(source.items)
    } else if let source = volume.projected {
      defaultMode = source.defaultMode ?? 0o644
      try add(source.sources)
    } else {
      return nil
    }
  }

  private mutating func add(_ source: ConfigMapVolumeSource) throws(PlanError) {
    let map = try plan.configMap(source.name, isOptional: source.optional)
    try add(
      map?.bytes ?? [:], source.items, source.optional,
      missing: "configmap references non-existent config key")
  }

  private mutating func add(_ source: SecretVolumeSource) throws(PlanError) {
    let secret = try plan.secret(source.secretName, isOptional: source.optional)
    try add(
      secret?.bytes ?? [:], source.items, source.optional,
      missing: "references non-existent secret key")
  }

  /// All keys, or those that `items` names.
  private mutating func add(
    _ keys: [String: [UInt8]], _ items: [KeyToPath], _ isOptional: Bool?, missing: String
  ) throws(PlanError) {
    if items.isEmpty {
      for (key, bytes) in keys { try set(key, .bytes(bytes)) }
      return
    }
    for item in items {
      if let bytes = keys[item.key] {
        try set(item.path, .bytes(bytes), mode: item.mode)
      } else if isOptional != true {
        throw .mount("\(missing): \(item.key)")
      }
    }
  }

  private mutating func add(_ items: [DownwardAPIVolumeFile]) throws(PlanError) {
    for item in items {
      try set(item.path, .bytes(Array(text(of: item).utf8)), mode: item.mode)
    }
  }

  private func text(of item: DownwardAPIVolumeFile) throws(PlanError) -> String {
    if let selector = item.resourceFieldRef {
      return try plan.pod.spec.value(of: selector, for: Container(), host: plan.host)
    }
    let path = item.fieldRef?.fieldPath ?? ""
    guard let text = plan.text(ofMetadata: path) else {
      throw .mount("unsupported fieldPath: \(path)")
    }
    return text
  }

  /// All that is wrong with the sources is told at once.
  private mutating func add(_ sources: [VolumeProjection]) throws(PlanError) {
    var problems: [String] = []
    for source in sources {
      do throws(PlanError) {
        try add(source)
      } catch {
        problems.append(error.message)
      }
    }
    if problems.count == 1 { throw .mount(problems[0]) }
    if !problems.isEmpty { throw .mount("[\(problems.joined(separator: ", "))]") }
  }

  private mutating func add(_ source: VolumeProjection) throws(PlanError) {
    if let map = source.configMap {
      try add(
        ConfigMapVolumeSource().with {
          $0.name = map.name
          $0.items = map.items
          $0.optional = map.optional
        })
    } else if let secret = source.secret {
      try add(
        SecretVolumeSource().with {
          $0.secretName = secret.name
          $0.items = secret.items
          $0.optional = secret.optional
        })
    } else if let fields = source.downwardAPI {
      try add(fields.items)
    } else if let token = source.serviceAccountToken {
      try add(token)
    }
  }

  /// Only the one who runs the containers can read a token, or the group of the volume, when there
  /// is such a one (kubelet `projected.go`).
  private mutating func add(_ token: ServiceAccountTokenProjection) throws(PlanError) {
    let user = plan.pod.spec.commonUser
    let hasReader = user != nil || plan.pod.spec.securityContext?.fsGroup != nil
    let audience = token.audience ?? ""
    let request = TokenRequest(
      audience: audience.isEmpty ? nil : audience,
      expirationSeconds: token.expirationSeconds ?? 3600)
    try set(token.path, .token(request), mode: hasReader ? 0o600 : nil, owner: user)
  }

  private mutating func set(
    _ path: String, _ content: VolumeFile.Content, mode: Int? = nil, owner: UInt32? = nil
  ) throws(PlanError) {
    files[try VolumeFile.path(path)] = VolumeFile(
      content, mode: mode ?? defaultMode, owner: owner)
  }
}

extension Plan {
  /// What is to be in a volume that podshim writes, by path; nil for one that it does not write.
  public func files(of volume: Volume) throws(PlanError) -> [String: VolumeFile]? {
    do throws(PlanError) {
      return try VolumeFiles(of: volume, in: self)?.files
    } catch {
      throw .mount(error.message)
    }
  }
}

extension PodSpec {
  /// The user that every container runs as by the manifest's word; nil when they differ, or one
  /// says nothing (kubelet `FsUserFrom`).
  fileprivate var commonUser: UInt32? {
    let users = (initContainers + containers).map {
      $0.securityContext?.runAsUser ?? securityContext?.runAsUser
    }
    guard let first = users.first ?? nil, users.allSatisfy({ $0 == first }) else { return nil }
    return UInt32(exactly: first)
  }
}

extension ConfigMap {
  fileprivate var bytes: [String: [UInt8]] {
    data.mapValues { Array($0.utf8) }.merging(binaryData.mapValues(\.bytes)) { _, binary in binary }
  }
}

extension Secret {
  fileprivate var bytes: [String: [UInt8]] { data.mapValues(\.bytes) }
}
