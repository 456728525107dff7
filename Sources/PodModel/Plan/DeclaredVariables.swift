/// The variables that a pod declares for one of its containers, each with its value.
///
/// The order is the kubelet's (`makeEnvironmentVariables`): all of `envFrom`, then `env`, and of
/// two of the same name the later one counts. `$(NAME)` is filled in where a value stands in the
/// manifest and nowhere else, from what came before. What is optional and missing is left out.
struct DeclaredVariables {
  private(set) var variables = Variables()
  private let plan: Plan
  private let container: Container

  init(of container: Container, in plan: Plan) throws(PlanError) {
    self.plan = plan
    self.container = container
    for source in container.envFrom { try add(source) }
    for variable in container.env {
      if let value = try value(of: variable) { try set(variable.name, value) }
    }
  }

  private mutating func add(_ source: EnvFromSource) throws(PlanError) {
    var found: [String: String] = [:]
    if let map = source.configMapRef {
      found = try plan.configMap(map.name, isOptional: map.optional)?.data ?? [:]
    } else if let secret = source.secretRef {
      let data = try plan.secret(secret.name, isOptional: secret.optional)?.data ?? [:]
      for (key, value) in data { found[key] = try text(value, of: key) }
    }
    let prefix = source.prefix ?? ""
    for (key, value) in found.sorted(by: { $0.key < $1.key }) { try set(prefix + key, value) }
  }

  /// nil for what is optional and not there.
  private func value(of variable: EnvVar) throws(PlanError) -> String? {
    if let value = variable.value, !value.isEmpty {
      return Expansion(variables: variables.values).expand(value)
    }
    guard let source = variable.valueFrom else { return "" }
    if let field = source.fieldRef {
      guard let value = plan.text(ofField: field.fieldPath) else {
        throw .configuration("unsupported fieldPath: \(field.fieldPath)")
      }
      return value
    }
    if let selector = source.resourceFieldRef {
      return try plan.pod.spec.value(of: selector, for: container, host: plan.host)
    }
    if let key = source.configMapKeyRef {
      let map = try plan.configMap(key.name, isOptional: key.optional)
      return try found(map?.data[key.key], key, in: map == nil ? nil : "ConfigMap")
    }
    if let key = source.secretKeyRef {
      let secret = try plan.secret(key.name, isOptional: key.optional)
      let value = try found(secret?.data[key.key], key, in: secret == nil ? nil : "Secret")
      guard let value else { return nil }
      return try text(value, of: variable.name)
    }
    if let key = source.fileKeyRef { return try value(of: key) }
    return ""
  }

  /// - Parameter kind: that of the object, nil when it is not there, which is allowed then.
  private func found<Value>(
    _ value: Value?, _ key: KeySelector, in kind: String?
  ) throws(PlanError) -> Value? {
    guard value == nil, let kind, key.optional != true else { return value }
    throw .configuration(
      "couldn't find key \(key.key) in \(kind) \(plan.namespace)/\(key.name)")
  }

  private func value(of key: FileKeySelector) throws(PlanError) -> String? {
    let file = FileReference(volume: key.volumeName, path: key.path)
    let name = key.path.quoted
    switch plan.objects.files[file] {
    case .bytes(let bytes):
      do throws(EnvironmentFile.Problem) {
        if let value = try EnvironmentFile.value(of: key.key, in: bytes) { return value }
      } catch {
        throw .configuration("environment variable file \(name): \(error)")
      }
      if key.optional == true { return nil }
      throw .configuration("environment variable key \(key.key.quoted) not found in file \(name)")
    case .unreadable(let reason):
      throw .configuration("failed to open environment variable file \(name): \(reason)")
    case nil:
      if key.optional == true { return nil }
      throw .configuration(
        "failed to open environment variable file \(name): no such file in volume "
          + key.volumeName.quoted)
    }
  }

  private func text(_ data: Base64, of name: String) throws(PlanError) -> String {
    guard let text = String(validating: data.bytes, as: UTF8.self) else {
      throw .creation("environment variable \(name.quoted) is not UTF-8: mount the secret instead")
    }
    return text
  }

  /// The kernel ends a variable at the first zero byte.
  private mutating func set(_ name: String, _ value: String) throws(PlanError) {
    if value.utf8.contains(0) {
      throw .creation(
        "environment variable \(name.quoted) contains a zero byte: mount the object instead")
    }
    variables.set(name, value)
  }
}
