import PodModel

/// The environment of a container as `describe` shows it: texts as they are, everything else by
/// where it comes from. No secret is ever shown.
struct EnvironmentDescription {
  private let container: Container
  private let pod: Pod

  init(_ container: Container, of pod: Pod) {
    self.container = container
    self.pod = pod
  }

  var description: Description {
    var part = Description()
    if !container.envFrom.isEmpty { part.add("Environment Variables from", objects) }
    var variables = Description()
    for variable in container.env { variables.add(line(variable)) }
    part.add("Environment", variables, orNone: true)
    return part
  }

  private var objects: Description {
    var part = Description()
    for source in container.envFrom {
      let kind = source.configMapRef == nil ? "Secret" : "ConfigMap"
      let object = source.configMapRef ?? source.secretRef ?? EnvSource()
      let prefix = source.prefix.flatMap { $0.isEmpty ? nil : " with prefix '\($0)'" } ?? ""
      part.addRow([object.name, kind + prefix, "Optional: \(object.optional ?? false)"])
    }
    return part
  }

  private func line(_ variable: EnvVar) -> Description {
    var part = Description()
    let name = variable.name + ":"
    guard let source = variable.valueFrom else {
      let text = variable.value ?? ""
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      part.add(variable.name, lines: lines)
      return part
    }
    if let field = source.fieldRef {
      let version = field.apiVersion ?? "v1"
      part.addRow([name, "\(value(field)) (\(version):\(field.fieldPath))"])
    } else if let field = source.resourceFieldRef {
      part.addRow([name, "\(value(field)) (\(field.resource))"])
    } else if let key = source.secretKeyRef {
      let text = "<set to the key '\(key.key)' in secret '\(key.name)'>"
      part.addRow([name, text, "Optional: \(key.optional ?? false)"])
    } else if let key = source.configMapKeyRef {
      let text = "<set to the key '\(key.key)' of config map '\(key.name)'>"
      part.addRow([name, text, "Optional: \(key.optional ?? false)"])
    } else if let key = source.fileKeyRef {
      let text = "<set to the key '\(key.key)' of file '\(key.path)' in volume '\(key.volumeName)'>"
      part.addRow([name, text, "Optional: \(key.optional ?? false)"])
    }
    return part
  }

  /// kubectl looks no further than the metadata.
  private func value(_ field: ObjectFieldSelector) -> String {
    let metadata = pod.metadata
    switch field.fieldPath {
    case "metadata.name": return metadata.name
    case "metadata.namespace": return metadata.namespace ?? ""
    case "metadata.uid": return metadata.uid ?? ""
    case let path:
      guard path.hasSuffix("']"), let bracket = path.firstRange(of: "['") else { return "" }
      let key = String(path[bracket.upperBound...].dropLast(2))
      switch path[..<bracket.lowerBound] {
      case "metadata.labels": return metadata.labels[key] ?? ""
      case "metadata.annotations": return metadata.annotations[key] ?? ""
      default: return ""
      }
    }
  }

  /// The amount in units of the divisor, rounded up; CPUs count in thousandths where the divisor
  /// does.
  private func value(_ field: ResourceFieldSelector) -> String {
    let parts = field.resource.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return "" }
    let all = pod.spec.containers + pod.spec.initContainers
    let named = field.containerName.flatMap { name in all.first { $0.name == name } }
    let resources = (named ?? container).resources ?? ResourceRequirements()
    let amounts = parts[0] == "limits" ? resources.limits : resources.requests
    guard let amount = amounts[parts[1]] else {
      let isBounded = ["limits.cpu", "limits.memory"].contains(field.resource)
      return isBounded ? "node allocatable" : "0"
    }
    // A divisor of 0 is none.
    let divisor = field.divisor?.milliValue ?? 0
    let unit = divisor > 0 ? divisor : 1000
    let rest = amount.milliValue % unit
    return "\(amount.milliValue / unit + (rest > 0 ? 1 : 0))"
  }
}
