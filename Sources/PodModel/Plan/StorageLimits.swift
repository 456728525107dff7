/// What a pod may keep on the disk of its host, and what the kubelet says of one that keeps more.
///
/// The kernel does not stop who writes too much: as with a kubelet without quotas, somebody
/// measures from time to time and the pod goes (`localStorageEviction`). This says what has to be
/// measured, and judges what was; a pod without any limit has nothing to measure.
public struct StorageLimits: Equatable, Sendable {
  /// A part of the pod that lies on disk.
  public enum Place: Hashable, Sendable {
    case volume(String)
    /// What a container writes beside its volumes.
    case layer(String)
    /// What was kept of what a container printed.
    case logs(String)
  }

  private struct Limit: Equatable {
    var name: String
    var most: Quantity
  }

  /// Of a volume, of a container: in the order of the manifest.
  private let volumes: [Limit]
  private let containers: [Limit]
  /// Of all that is the pod's.
  private let total: Quantity?
  /// What has to be measured.
  public let places: [Place]

  public init(of spec: PodSpec) {
    let name = ResourceAmounts.ephemeralStorage
    volumes = spec.volumes.compactMap { volume in
      guard volume.isOnDisk, let most = volume.emptyDir?.sizeLimit, most.value > 0 else {
        return nil
      }
      return Limit(name: volume.name, most: most)
    }
    containers = spec.containers.compactMap { container in
      guard let most = container.resources?.limits[name], most.value > 0 else { return nil }
      return Limit(name: container.name, most: most)
    }
    total = Self.total(of: spec)
    if total == nil {
      places = volumes.map { .volume($0.name) }
    } else {
      let names = spec.allContainers.map(\.name)
      // Those of Secrets and of fields of the pod are in memory.
      places =
        spec.volumes.filter { $0.isOnDisk || $0.configMap != nil }.map { .volume($0.name) }
        + names.map { .layer($0) } + names.map { .logs($0) }
    }
  }

  /// The sum of the limits of those containers that have one, however few they are; a single one
  /// stays as it is written.
  private static func total(of spec: PodSpec) -> Quantity? {
    let name = ResourceAmounts.ephemeralStorage
    let limits = (spec.initContainers + spec.containers).compactMap { $0.resources?.limits[name] }
    let sum = limits.count == 1 ? limits[0] : PodResources(of: spec).limits.quantities[name]
    return sum.flatMap { $0.value > 0 ? $0 : nil }
  }

  /// - Parameter used: bytes, by place; what is not there takes nothing.
  /// - Returns: what is said of the first limit that is exceeded, in the kubelet's order.
  public func excess(_ used: [Place: Int64]) -> String? {
    func sum(_ places: [Place]) -> Int64 {
      places.reduce(0) { $0.addingReportingOverflow(used[$1] ?? 0).partialValue }
    }
    for volume in volumes where sum([.volume(volume.name)]) > volume.most.value {
      return "Usage of EmptyDir volume \"\(volume.name)\" exceeds the limit "
        + "\"\(volume.most.text)\". "
    }
    if let total, sum(places) > total.value {
      return "Pod ephemeral local storage usage exceeds the total limit of containers "
        + "\(total.text). "
    }
    for container in containers
    where sum([.layer(container.name), .logs(container.name)]) > container.most.value {
      return "Container \(container.name) exceeded its local ephemeral storage limit "
        + "\"\(container.most.text)\". "
    }
    return nil
  }
}

extension Volume {
  /// A directory of the pod's own that takes room on the host's disk.
  fileprivate var isOnDisk: Bool { emptyDir.map { ($0.medium ?? "").isEmpty } ?? false }
}
