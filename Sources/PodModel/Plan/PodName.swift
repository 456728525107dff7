/// The host name of a pod with a network of its own, and the domain that it lies in.
///
/// Cut to what the kernel takes, as the kubelet does: 63 characters, and no `-` or `.` at the cut.
/// A `hostnameOverride` is taken as it is, and is all that the pod is called.
struct PodName: Equatable {
  /// The short name.
  let host: String
  /// `<subdomain>.<namespace>.svc.<cluster domain>`, for a pod with a subdomain.
  let domain: String?
  private let isFullyQualified: Bool

  /// There is no cluster here; this is the domain that clusters have unless told otherwise.
  static let clusterDomain = "cluster.local"

  init(_ pod: Pod) {
    isFullyQualified = pod.spec.setHostnameAsFQDN == true
    if let override = pod.spec.hostnameOverride, !override.isEmpty {
      host = override
      domain = nil
      return
    }
    let wanted = pod.spec.hostname ?? ""
    host = Self.shortened(wanted.isEmpty ? pod.metadata.name : wanted)
    let subdomain = pod.spec.subdomain ?? ""
    let namespace = pod.metadata.namespace ?? "default"
    domain = subdomain.isEmpty ? nil : "\(subdomain).\(namespace).svc.\(Self.clusterDomain)"
  }

  /// What `uname -n` answers in the pod.
  var kernelName: String {
    guard isFullyQualified, let domain else { return host }
    return "\(host).\(domain)"
  }

  /// Throws when the kernel cannot hold the name; only a full name can be so long.
  func checkLength() throws(PlanError) {
    let length = kernelName.utf8.count
    if length <= 64 { return }
    throw .sandbox(
      "failed to construct FQDN from pod hostname and cluster domain, FQDN \(kernelName) is too "
        + "long (64 characters is the max, \(length) characters requested)")
  }

  private static func shortened(_ name: String) -> String {
    guard name.utf8.count > 63 else { return name }
    var short = Substring(name).prefix(63)
    while let last = short.last, last == "-" || last == "." { short.removeLast() }
    return String(short)
  }
}
