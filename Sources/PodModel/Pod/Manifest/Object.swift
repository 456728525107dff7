/// An object that stands by itself: it has a name, and a manifest may hold it.
public protocol NamedObject: KubeObject {
  static var objectKind: Kind { get }
  var apiVersion: String { get set }
  var kind: String { get set }
  var metadata: ObjectMeta { get set }

  /// The object that `node` describes, with the API server's defaults, after every check. The
  /// errors in `review` say what is wrong; the object is only good when there are none.
  static func admit(_ node: Node, at path: FieldPath, into review: inout Review) -> Self?
}

extension Pod: NamedObject {
  public static var objectKind: Kind { .pod }
}

/// The kinds of objects that a manifest may hold, each of one version of the API.
public enum Kind: String, CaseIterable, Sendable {
  case pod = "Pod"
  case configMap = "ConfigMap"
  case secret = "Secret"
  case podPreset = "PodPreset"
  case serviceAccount = "ServiceAccount"

  public var apiVersion: String {
    self == .podPreset ? "settings.k8s.io/v1alpha1" : "v1"
  }

  public var type: any NamedObject.Type {
    switch self {
    case .pod: Pod.self
    case .configMap: ConfigMap.self
    case .secret: Secret.self
    case .podPreset: PodPreset.self
    case .serviceAccount: ServiceAccount.self
    }
  }
}
