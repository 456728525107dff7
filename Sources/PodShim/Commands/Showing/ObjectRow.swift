import PodModel

/// An object that pods refer to as a line of `get`: kubectl's columns.
enum ObjectRow {
  static func header(_ kind: ResourceKind) -> [String] {
    switch kind {
    case .configMap: ["NAME", "DATA", "AGE"]
    case .secret: ["NAME", "TYPE", "DATA", "AGE"]
    case .serviceAccount: ["NAME", "SECRETS", "AGE"]
    case .podPreset: ["NAME", "CREATED AT"]
    case .pod, .event, .node: []
    }
  }

  static func cells(_ object: any StoredKind, now: Timestamp) -> [String] {
    let name = object.metadata.name
    let age = Age.text(since: object.metadata.creationTimestamp, now: now)
    return switch object {
    case let map as ConfigMap: [name, "\(map.data.count + map.binaryData.count)", age]
    case let secret as Secret: [name, secret.type ?? "Opaque", "\(secret.data.count)", age]
    case let account as ServiceAccount: [name, "\(account.secrets.count)", age]
    default: [name, object.metadata.creationTimestamp ?? "<unknown>"]
    }
  }
}
