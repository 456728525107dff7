/// What a pod asks of the plugins of its network, by the names of their capabilities.
public enum PluginWishes {
  /// A JSON object with `portMappings` and `bandwidth`, as far as the pod wants them.
  public static func text(of pod: Pod, ports: [HostPort]) throws(PlanError) -> String {
    var wishes: [Node.Entry] = []
    if !ports.isEmpty {
      wishes.append(Node.Entry("portMappings", .sequence(ports.map(mapping))))
    }
    if let bandwidth = try bandwidth(pod.metadata.annotations) {
      wishes.append(Node.Entry("bandwidth", bandwidth))
    }
    return Node.mapping(wishes).jsonText()
  }

  /// The annotations by which a pod asks for a limit of what it receives and sends.
  public static let bandwidthAnnotations = [
    "kubernetes.io/ingress-bandwidth", "kubernetes.io/egress-bandwidth",
  ]

  private static func mapping(_ port: HostPort) -> Node {
    var entries = [
      Node.Entry("hostPort", .integer(Int64(port.hostPort))),
      Node.Entry("containerPort", .integer(Int64(port.containerPort))),
      Node.Entry("protocol", .string(port.transport.rawValue)),
    ]
    if let ip = port.hostIP { entries.append(Node.Entry("hostIP", .string(ip))) }
    return .mapping(entries)
  }

  /// Bits a second. The bursts are containerd's: as much as the plugin can be told.
  private static func bandwidth(_ annotations: [String: String]) throws(PlanError) -> Node? {
    var entries: [Node.Entry] = []
    for (annotation, way) in zip(bandwidthAnnotations, ["ingress", "egress"]) {
      guard let text = annotations[annotation] else { continue }
      guard let rate = Quantity(text)?.value, (1000...1_000_000_000_000_000).contains(rate) else {
        throw .sandbox(
          "annotation `\(annotation)` is \(text.quoted): write bits a second from 1k to 1P, as 10M")
      }
      entries += [
        Node.Entry("\(way)Rate", .integer(rate)),
        Node.Entry("\(way)Burst", .integer(Int64(UInt32.max))),
      ]
    }
    return entries.isEmpty ? nil : .mapping(entries)
  }

  /// CNI_ARGS: what a plugin may want to know of the pod. One that knows less of it than we say
  /// must not fail.
  ///
  /// - Parameter sandbox: what we call the sandbox of the moment.
  public static func arguments(of pod: Pod, sandbox: String) -> String {
    [
      "IgnoreUnknown=1", "K8S_POD_NAMESPACE=\(pod.metadata.namespace ?? "default")",
      "K8S_POD_NAME=\(pod.metadata.name)", "K8S_POD_INFRA_CONTAINER_ID=\(sandbox)",
      "K8S_POD_UID=\(pod.metadata.uid ?? "")",
    ].joined(separator: ";")
  }
}
