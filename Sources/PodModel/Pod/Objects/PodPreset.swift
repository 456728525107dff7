/// What is added to every new pod whose labels match (`settings.k8s.io/v1alpha1`).
public struct PodPreset: KubeObject {
  public var apiVersion = "settings.k8s.io/v1alpha1"
  public var kind = "PodPreset"
  public var metadata = ObjectMeta()
  public var spec = PodPresetSpec()

  public init() {}

  public static let fields: [Field<PodPreset>] = [
    Field(
      "apiVersion", \.apiVersion,
      """
      Version of the API that the object is written for; `settings.k8s.io/v1alpha1` for a \
      PodPreset.
      """
    ).optional,
    Field("kind", \.kind, "What the object is: `PodPreset`.").optional,
    Field(
      "metadata", \.metadata,
      "Name, labels and everything else that identifies the preset."),
    Field("spec", \.spec, "What is added, and to which pods."),
  ]
}

/// What a preset adds, and the pods that it adds it to.
public struct PodPresetSpec: KubeObject {
  public var selector = LabelSelector()
  public var env: [EnvVar] = []
  public var envFrom: [EnvFromSource] = []
  public var volumes: [Volume] = []
  public var volumeMounts: [VolumeMount] = []

  public init() {}

  public static let fields: [Field<PodPresetSpec>] = [
    Field(
      "selector", \.selector,
      """
      The pods that get it, by their labels; an empty selector takes every pod of the \
      namespace.
      """),
    Field("env", \.env, "Variables for every container of such a pod."),
    Field(
      "envFrom", \.envFrom,
      "ConfigMaps and Secrets whose every key becomes a variable of every container."),
    Field("volumes", \.volumes, "Volumes for the pod."),
    Field("volumeMounts", \.volumeMounts, "Where every container sees the volumes."),
  ]
}

/// A choice of objects by their labels.
public struct LabelSelector: KubeObject {
  public var matchLabels: [String: String] = [:]
  public var matchExpressions: [LabelSelectorRequirement] = []

  public init() {}

  public static let fields: [Field<LabelSelector>] = [
    Field("matchLabels", \.matchLabels, "Labels, and the values that they must have."),
    Field(
      "matchExpressions", \.matchExpressions,
      "Conditions on labels, all of which must hold."),
  ]
}

extension LabelSelector {
  /// An empty selector takes everything.
  public func selects(_ labels: [String: String]) -> Bool {
    matchLabels.allSatisfy { labels[$0.key] == $0.value }
      && matchExpressions.allSatisfy { $0.accepts(labels[$0.key]) ?? false }
  }

  /// Its conditions as `kubectl` writes them, all of which must hold.
  public var terms: [String] {
    matchLabels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      + matchExpressions.map(\.text)
  }
}

/// One condition on a label.
public struct LabelSelectorRequirement: KubeObject {
  public var key = ""
  public var `operator` = ""
  public var values: [String] = []

  public init() {}

  public static let fields: [Field<LabelSelectorRequirement>] = [
    Field("key", \.key, "Name of the label."),
    Field(
      "operator", \.operator,
      "`In` and `NotIn` look at the value, `Exists` and `DoesNotExist` at the key alone."),
    Field(
      "values", \.values,
      "What `In` and `NotIn` compare with; nothing for the other two."),
  ]
}

extension LabelSelectorRequirement {
  fileprivate var text: String {
    switch `operator` {
    case "In": "\(key) in (\(values.joined(separator: ",")))"
    case "NotIn": "\(key) notin (\(values.joined(separator: ",")))"
    case "DoesNotExist": "!\(key)"
    default: key
    }
  }
}
