/// What a `resourceFieldRef` stands for: a request or a limit of a container, in whole units of
/// the divisor, rounded up.
///
/// A limit that nobody set is what the host has: the container may take all of it. A request that
/// nobody set is nothing.
extension PodSpec {
  /// - Parameter container: the one that asks; the selector may name another.
  public func value(
    of selector: ResourceFieldSelector, for container: Container, host: HostFacts
  ) throws(PlanError) -> String {
    let name = selector.containerName ?? ""
    let named = name.isEmpty ? container : allContainers.first { $0.name == name }
    guard let named else { throw .configuration("container \(name) not found") }
    let amount = try amount(selector.resource, of: named, host: host)
    let isCPU = selector.resource.hasSuffix(".cpu")
    let divisor = selector.divisor.map { isCPU ? $0.milliValue : $0.value } ?? 0
    let unit = divisor > 0 ? divisor : isCPU ? 1000 : 1
    return String(amount / unit + (amount % unit > 0 ? 1 : 0))
  }

  /// In the units of `ResourceAmounts`.
  private func amount(
    _ resource: String, of container: Container, host: HostFacts
  ) throws(PlanError) -> Int64 {
    let parts = resource.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, Self.isReadable(parts[1]) else {
      throw .configuration("unsupported container resource : \(resource)")
    }
    let own = effectiveResources(of: container)
    switch parts[0] {
    case "limits":
      let limit = ResourceAmounts(own.limits)[parts[1]]
      return limit == 0 ? host.amounts[parts[1]] : limit
    case "requests":
      return ResourceAmounts(own.requests)[parts[1]]
    default:
      throw .configuration("unsupported container resource : \(resource)")
    }
  }

  private static func isReadable(_ name: String) -> Bool {
    let fixed = [ResourceAmounts.cpu, ResourceAmounts.memory, ResourceAmounts.ephemeralStorage]
    return fixed.contains(name) || name.hasPrefix(HugePages.prefix)
  }
}
