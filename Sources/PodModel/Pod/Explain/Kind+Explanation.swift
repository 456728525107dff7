extension Kind {
  /// What the kind, or the field of it at `path` (`spec.containers`), is for.
  public func explanation(of path: String = "") throws(PodError) -> Explanation {
    try Explanation(
      kind: rawValue, version: apiVersion, summary: summary, type: type, path: path)
  }

  private var summary: String {
    switch self {
    case .pod:
      """
      A pod is a group of containers that run together on one host. They share its network, its \
      host name and its volumes, begin in order and are stopped together.
      """
    case .configMap:
      """
      A ConfigMap holds settings by name, for pods to read as variables or as files. Files follow \
      its changes while the pod runs, variables do not.
      """
    case .secret:
      """
      A Secret holds values that are nobody else's business, for pods to read as variables or as \
      files. Its files are kept in memory, and no message shows a value.
      """
    case .podPreset:
      """
      A PodPreset adds variables, volumes and mounts to every pod whose labels match, when the pod \
      is created. Where it contradicts the pod, the pod stays as it is.
      """
    case .serviceAccount:
      """
      A ServiceAccount is who a pod acts as: the subject of the tokens that it gets. On one host \
      nobody grants it any rights.
      """
    }
  }
}
