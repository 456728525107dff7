/// The fields of a pod that its containers can be told, by the paths that `fieldRef` names.
extension Plan {
  /// For a variable; nil when there is no such field.
  func text(ofField path: String) -> String? {
    let hosts = hostAddresses
    let pods = usesHostNetwork ? hosts : addresses
    switch path {
    case "spec.nodeName": return host.nodeName
    case "spec.serviceAccountName": return pod.spec.serviceAccountName ?? ""
    case "status.hostIP": return hosts.first ?? ""
    case "status.hostIPs": return hosts.joined(separator: ",")
    case "status.podIP": return pods.first ?? ""
    case "status.podIPs": return pods.joined(separator: ",")
    default: return text(ofMetadata: path)
    }
  }

  /// For a file, which shows a change when there is one; nil when there is no such field.
  func text(ofMetadata path: String) -> String? {
    let metadata = pod.metadata
    switch path {
    case "metadata.name": return metadata.name
    case "metadata.namespace": return namespace
    case "metadata.uid": return metadata.uid ?? ""
    case "metadata.labels": return Self.lines(metadata.labels)
    case "metadata.annotations": return Self.lines(metadata.annotations)
    default: break
    }
    if let key = Self.subscript(of: "metadata.labels", path) { return metadata.labels[key] ?? "" }
    return Self.subscript(of: "metadata.annotations", path).map { metadata.annotations[$0] ?? "" }
  }

  /// A line for each key, without a newline at the end (kubelet `fieldpath.FormatMap`).
  private static func lines(_ map: [String: String]) -> String {
    map.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.quoted)" }.joined(separator: "\n")
  }

  /// `key` of `map['key']`.
  private static func `subscript`(of map: String, _ path: String) -> String? {
    let (start, end) = (map + "['", "']")
    guard path.hasPrefix(start), path.hasSuffix(end), path.utf8.count >= (start + end).utf8.count
    else { return nil }
    return String(path.dropFirst(start.count).dropLast(end.count))
  }
}
