/// How readily the kernel ends a container's processes when the host runs out of memory.
///
/// The kubelet's policy (`qos/policy.go`): hardly ever for Guaranteed pods, first of all for those
/// that asked for nothing, and in between by the share of the host's memory that was asked for.
struct OOMScore: Equatable {
  /// What the pod's class gives, -1000 to 1000.
  let wanted: Int
  /// The same, as far as the host lets us go.
  let granted: Int

  private static let guaranteed = -997
  private static let bestEffort = 1000

  init(of container: Container, in pod: Pod, on host: HostFacts) {
    wanted = Self.wanted(container, pod, memory: host.amounts.memory)
    granted = host.canLowerOOMScore ? wanted : max(wanted, host.oomScore ?? 0)
  }

  private static func wanted(_ container: Container, _ pod: Pod, memory: Int64) -> Int {
    if pod.spec.priorityClassName == "system-node-critical" { return guaranteed }
    switch pod.qosClass {
    case .guaranteed: return guaranteed
    case .bestEffort: return bestEffort
    case .burstable: break
    }
    let rest = remainder(of: pod.spec)
    var score = burstable(request(container) + rest, of: memory)
    if container.restartPolicy == .always,
      pod.spec.initContainers.contains(where: { $0.name == container.name })
    {
      // A sidecar does not go before those that it serves.
      let least = pod.spec.containers.map(request).min() ?? 0
      score = min(score, burstable(least + rest, of: memory))
    }
    return max(min(score, bestEffort - 1), bestEffort + guaranteed)
  }

  private static func burstable(_ request: Int64, of memory: Int64) -> Int {
    guard memory > 0 else { return bestEffort }
    // No more than all, or the product could be too large.
    return bestEffort - Int(1000 * min(request, memory) / memory)
  }

  private static func request(_ container: Container) -> Int64 {
    ResourceAmounts(container.resources?.requests ?? [:]).memory
  }

  /// Each container's part of what the pod asks for as a whole and no container does.
  private static func remainder(of spec: PodSpec) -> Int64 {
    let whole = ResourceAmounts(spec.resources?.requests ?? [:]).memory
    guard whole > 0 else { return 0 }
    let asked = PodResources.together(spec) { $0.requests }.memory
    let count = Int64(spec.containers.count + spec.initContainers.count)
    return max(whole - asked, 0) / max(count, 1)
  }
}
