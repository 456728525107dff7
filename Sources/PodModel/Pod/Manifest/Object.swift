/// One object of a manifest, of any kind that podshim knows.
public enum Object: Sendable, Equatable {
  case pod(Pod)
  case configMap(ConfigMap)
  case secret(Secret)
  case podPreset(PodPreset)

  public var kind: String {
    switch self {
    case .pod: "Pod"
    case .configMap: "ConfigMap"
    case .secret: "Secret"
    case .podPreset: "PodPreset"
    }
  }

  public var metadata: ObjectMeta {
    switch self {
    case .pod(let pod): pod.metadata
    case .configMap(let map): map.metadata
    case .secret(let secret): secret.metadata
    case .podPreset(let preset): preset.metadata
    }
  }

  public var node: Node {
    switch self {
    case .pod(let pod): pod.node
    case .configMap(let map): map.node
    case .secret(let secret): secret.node
    case .podPreset(let preset): preset.node
    }
  }
}

/// The kinds that a manifest may hold, and the version of the API that each belongs to.
enum Kind: String, CaseIterable {
  case pod = "Pod"
  case configMap = "ConfigMap"
  case secret = "Secret"
  case podPreset = "PodPreset"
  case list = "List"

  var apiVersion: String {
    self == .podPreset ? "settings.k8s.io/v1alpha1" : "v1"
  }

  static func object(of kind: Kind) -> (any KubeObject.Type)? {
    switch kind {
    case .pod: Pod.self
    case .configMap: ConfigMap.self
    case .secret: Secret.self
    case .podPreset: PodPreset.self
    case .list: nil
    }
  }
}
