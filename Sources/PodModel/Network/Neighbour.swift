/// A pod as the others of its namespace find it: the names that a cluster's DNS would know, and
/// what they stand for.
public struct Neighbour: Codable, Equatable, Sendable {
  /// The first is the pod's own; no two are the same.
  public var names: [String]
  public var addresses: [String]

  public init(names: [String], addresses: [String]) {
    self.names = names
    self.addresses = addresses
  }

  /// The names of a pod: its own, its host name, and with a subdomain that below it, in short and
  /// in full.
  public static func names(of pod: Pod) -> [String] {
    let name = PodName(pod)
    var names = [pod.metadata.name, name.host]
    if let domain = name.domain, let subdomain = pod.spec.subdomain {
      names += ["\(name.host).\(subdomain)", "\(name.host).\(domain)"]
    }
    return names.withoutRepeats
  }
}
