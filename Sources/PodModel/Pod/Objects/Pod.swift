/// A `v1` Pod: the containers that run together on one host, and what they share.
///
/// Property names are the API's; `withDefaults()` fills in what the API server would.
public struct Pod: KubeObject {
  public var apiVersion = "v1"
  public var kind = "Pod"
  public var metadata = ObjectMeta()
  public var spec = PodSpec()
  public var status: PodStatus?

  public init() {}

  /// `<name>_<namespace>(<uid>)`, as the kubelet's messages call a pod.
  var kubeletName: String {
    "\(metadata.name)_\(metadata.namespace ?? "default")(\(metadata.uid ?? ""))"
  }

  public static let fields: [Field<Pod>] = [
    Field(
      "apiVersion", \.apiVersion,
      "Version of the API that the object is written for; `v1` for a pod."
    ).optional,
    Field("kind", \.kind, "What the object is: `Pod`.").optional,
    Field(
      "metadata", \.metadata,
      "Name, labels and everything else that identifies the pod."),
    Field(
      "spec", \.spec,
      "What shall run, and how. Most of it is fixed once the pod is there."),
    Field(
      "status", \.status,
      "What was last seen of the pod. podshim alone writes it; in a manifest it is dropped."),
  ]
}
