/// Which hosts a pod may run on, and which pods it wants near or far.
///
/// On one host only the demands on the host itself can be decided; wishes, and whatever is about
/// other pods, are kept as written.
public struct Affinity: KubeObject {
  public var nodeAffinity: NodeAffinity?
  public var podAffinity: Node?
  public var podAntiAffinity: Node?

  public init() {}

  public static let fields: [Field<Affinity>] = [
    Field(
      "nodeAffinity", \.nodeAffinity,
      "What the host must be like, and what it had better be like."),
    .cluster("podAffinity", \.podAffinity, "Pods to be near to."),
    .cluster("podAntiAffinity", \.podAntiAffinity, "Pods to be far from."),
  ]
}

/// What the host must be like, and what it should be like.
public struct NodeAffinity: KubeObject {
  public var requiredDuringSchedulingIgnoredDuringExecution: NodeSelector?
  public var preferredDuringSchedulingIgnoredDuringExecution: [Node] = []

  public init() {}

  public static let fields: [Field<NodeAffinity>] = [
    Field(
      "requiredDuringSchedulingIgnoredDuringExecution",
      \.requiredDuringSchedulingIgnoredDuringExecution,
      "Terms of which the host must meet one before the pod starts; later nobody looks again."),
    .cluster(
      "preferredDuringSchedulingIgnoredDuringExecution",
      \.preferredDuringSchedulingIgnoredDuringExecution,
      "Terms that make one host better than another."),
  ]
}

/// Terms of which a host must meet at least one.
public struct NodeSelector: KubeObject {
  public var nodeSelectorTerms: [NodeSelectorTerm] = []

  public init() {}

  public static let fields: [Field<NodeSelector>] = [
    Field(
      "nodeSelectorTerms", \.nodeSelectorTerms,
      "The terms, of which one is enough; at least one."
    ).required
  ]
}

/// Requirements that a host must meet together; a term without any is met by none.
public struct NodeSelectorTerm: KubeObject {
  public var matchExpressions: [NodeSelectorRequirement] = []
  public var matchFields: [NodeSelectorRequirement] = []

  public init() {}

  public static let fields: [Field<NodeSelectorTerm>] = [
    Field(
      "matchExpressions", \.matchExpressions,
      "Requirements on the host's labels, all of which must hold."),
    Field(
      "matchFields", \.matchFields,
      "Requirements on the host's `metadata.name`, all of which must hold."),
  ]
}

/// One thing that a label or a field of a host must be.
public struct NodeSelectorRequirement: KubeObject {
  public var key = ""
  public var `operator` = ""
  public var values: [String] = []

  public init() {}

  public static let fields: [Field<NodeSelectorRequirement>] = [
    Field("key", \.key, "Name of the label or of the field."),
    Field(
      "operator", \.operator,
      "`In`, `NotIn`, `Exists`, `DoesNotExist`, or for whole numbers `Gt` and `Lt`."),
    Field(
      "values", \.values,
      """
      What the operator compares with: one or more, exactly one for `Gt` and `Lt`, none for \
      `Exists` and `DoesNotExist`.
      """),
  ]
}
