import PodModel

/// A kind of thing that commands can be about, and kubectl's words for it.
enum ResourceKind: CaseIterable, Equatable {
  case pod, event, node, configMap, secret, serviceAccount, podPreset

  init(_ kind: Kind) {
    switch kind {
    case .pod: self = .pod
    case .configMap: self = .configMap
    case .secret: self = .secret
    case .serviceAccount: self = .serviceAccount
    case .podPreset: self = .podPreset
    }
  }

  /// Those that are kept for pods to refer to.
  static let stored: [ResourceKind] = [.configMap, .secret, .serviceAccount, .podPreset]

  /// How it is written on a command line, the usual word first.
  var words: [String] {
    switch self {
    case .pod: ["pods", "pod", "po"]
    case .event: ["events", "event", "ev"]
    case .node: ["nodes", "node", "no"]
    case .configMap: ["configmaps", "configmap", "cm"]
    case .secret: ["secrets", "secret"]
    case .serviceAccount: ["serviceaccounts", "serviceaccount", "sa"]
    case .podPreset:
      ["podpresets", "podpreset", "podpresets.settings.k8s.io", "podpreset.settings.k8s.io"]
    }
  }

  var plural: String { words[0] }

  /// How output names one of it: `configmap/NAME`.
  var singular: String { self == .podPreset ? "podpreset.settings.k8s.io" : words[1] }

  /// How an error of a server names it.
  var resource: String { self == .podPreset ? "podpresets.settings.k8s.io" : plural }
}

extension Kind {
  /// The kind of an object that is kept for pods to refer to; nil for everything else.
  init?(_ kind: ResourceKind) {
    switch kind {
    case .configMap: self = .configMap
    case .secret: self = .secret
    case .serviceAccount: self = .serviceAccount
    case .podPreset: self = .podPreset
    case .pod, .event, .node: return nil
    }
  }
}
