import OCISpec

/// The huge pages that a container may hold, one limit for each size that the host has.
///
/// A size that the container does not ask for is limited to nothing, as the kubelet has it.
enum HugePages {
  /// What the names of these resources begin with: `hugepages-2Mi`.
  static let prefix = "hugepages-"

  /// None where the host limits no huge pages.
  static func limits(
    _ amounts: ResourceAmounts, on host: HostFacts
  ) -> [Linux.Resources.HugepageLimit] {
    guard host.limitsHugePages == true else { return [] }
    return (host.capacity ?? [:]).keys.filter { $0.hasPrefix(prefix) }.sorted().compactMap { name in
      kernelSize(name).map {
        Linux.Resources.HugepageLimit(pageSize: $0, limit: UInt64(max(amounts[name], 0)))
      }
    }
  }

  /// The sizes of pages that the pod's containers ask for.
  static func sizes(askedForBy spec: PodSpec) -> Set<Int64> {
    let names = spec.allContainers.flatMap { container in
      container.resources.map { Array($0.requests.keys) + Array($0.limits.keys) } ?? []
    }
    return Set(names.filter { $0.hasPrefix(prefix) }.compactMap(size))
  }

  /// The bytes of a page in a resource's name.
  private static func size(_ name: String) -> Int64? {
    Quantity(String(name.dropFirst(prefix.count)))?.value
  }

  /// The kernel's name for the size in a resource's name: `2MB` for `hugepages-2Mi`.
  static func kernelSize(_ name: String) -> String? {
    guard let size = size(name), size > 0 else { return nil }
    let units = ["B", "KB", "MB", "GB", "TB"]
    var (amount, unit) = (size, 0)
    while amount % 1024 == 0, unit < units.count - 1 {
      amount /= 1024
      unit += 1
    }
    return "\(amount)\(units[unit])"
  }
}
