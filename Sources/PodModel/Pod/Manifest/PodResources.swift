/// What a pod as a whole needs and may take: the sums over its containers, by the scheduler's and
/// the kubelet's formula (`PodRequests`, `PodLimits`).
///
/// App containers and sidecars run together; an init container runs beside the sidecars before
/// it. What the pod has as a whole (`spec.resources`) wins, and the overhead comes on top.
public struct PodResources: Equatable, Sendable {
  public let requests: ResourceAmounts
  public let limits: ResourceAmounts
  /// Resources of which every container has a limit, or the pod itself.
  public let limited: Set<String>

  public init(of spec: PodSpec) {
    let whole = spec.resources ?? ResourceRequirements()
    let overhead = ResourceAmounts(spec.overhead)
    var requests = Self.together(spec) { $0.requests }
    requests.replace(with: ResourceAmounts(whole.requests))
    requests.add(overhead)
    var limits = Self.together(spec) { $0.limits }
    limits.replace(with: ResourceAmounts(whole.limits))
    limits.addToNamed(overhead)
    self.requests = requests
    self.limits = limits
    let names = [ResourceAmounts.cpu, ResourceAmounts.memory]
    limited = Set(
      names.filter { name in
        let ofAll = (spec.containers + spec.initContainers).allSatisfy { container in
          (container.resources?.limits[name]?.milliValue ?? 0) > 0
        }
        return ofAll || (whole.limits[name]?.milliValue ?? 0) > 0
      })
  }

  /// The most that runs at any one time.
  static func together(
    _ spec: PodSpec, _ amounts: (ResourceRequirements) -> [String: Quantity]
  ) -> ResourceAmounts {
    func of(_ container: Container) -> ResourceAmounts {
      ResourceAmounts(amounts(container.resources ?? ResourceRequirements()))
    }
    var sum = ResourceAmounts()
    for container in spec.containers { sum.add(of(container)) }
    var sidecars = ResourceAmounts()
    var beginning = ResourceAmounts()
    for container in spec.initContainers {
      if container.restartPolicy == .always {
        sum.add(of(container))
        sidecars.add(of(container))
        beginning.raise(to: sidecars)
      } else {
        var both = of(container)
        both.add(sidecars)
        beginning.raise(to: both)
      }
    }
    sum.raise(to: beginning)
    return sum
  }
}

extension PodSpec {
  /// The container's own resources; where it has no limit, the pod's as a whole holds for it.
  func effectiveResources(of container: Container) -> ResourceRequirements {
    var own = container.resources ?? ResourceRequirements()
    for (name, limit) in resources?.limits ?? [:]
    where own.limits[name].map({ $0.milliValue == 0 }) ?? true {
      own.limits[name] = limit
    }
    return own
  }
}
