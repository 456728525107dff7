/// A kind of object that `explain` knows, and the words for it on a command line.
public struct ExplainedKind: Sendable {
  /// The plural first, the short name last.
  public let words: [String]
  let name: String
  let version: String
  let summary: String
  let type: any KubeObject.Type

  public static let all = [
    ExplainedKind(
      words: ["pods", "pod", "po"], name: "Pod", version: "v1",
      summary: """
        A pod is a group of containers that run together on one host. They share its network, its \
        host name and its volumes, begin in order and are stopped together.
        """,
      type: Pod.self),
    ExplainedKind(
      words: ["configmaps", "configmap", "cm"], name: "ConfigMap", version: "v1",
      summary: """
        A ConfigMap holds settings by name, for pods to read as variables or as files. Files follow \
        its changes while the pod runs, variables do not.
        """,
      type: ConfigMap.self),
    ExplainedKind(
      words: ["secrets", "secret"], name: "Secret", version: "v1",
      summary: """
        A Secret holds values that are nobody else's business, for pods to read as variables or as \
        files. Its files are kept in memory, and no message shows a value.
        """,
      type: Secret.self),
    ExplainedKind(
      words: ["podpresets", "podpreset"], name: "PodPreset", version: "settings.k8s.io/v1alpha1",
      summary: """
        A PodPreset adds variables, volumes and mounts to every pod whose labels match, when the \
        pod is created. Where it contradicts the pod, the pod stays as it is.
        """,
      type: PodPreset.self),
  ]

  /// The explanation of the kind, or of the field at `path`: `spec.containers`.
  public func explanation(of path: String = "") throws(PodError) -> Explanation {
    try Explanation(kind: name, version: version, summary: summary, type: type, path: path)
  }
}
