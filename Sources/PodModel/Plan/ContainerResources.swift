import OCISpec

/// The limits of a container's cgroup, by the kubelet's arithmetic
/// (`generateLinuxContainerResources`) and containerd's additions.
struct ContainerResources {
  let requests: ResourceAmounts
  let limits: ResourceAmounts
  let host: HostFacts

  init(of container: Container, in spec: PodSpec, on host: HostFacts) {
    let own = spec.effectiveResources(of: container)
    var requests = ResourceAmounts(own.requests)
    if own.requests[ResourceAmounts.cpu] == nil {
      requests.replace(with: ResourceAmounts(own.limits.filter { $0.key == ResourceAmounts.cpu }))
    }
    self.requests = requests
    limits = ResourceAmounts(own.limits)
    self.host = host
  }

  /// All of them, for a container that is made.
  func apply(to resources: inout Linux.Resources) {
    applyAdjustable(to: &resources)
    let pages = HugePages.limits(limits, on: host)
    if !pages.isEmpty { resources.hugepageLimits = pages }
    guard host.cgroupVersion == 2 else { return }
    // All of a container ends when the kernel ends one process of it.
    var files = ["memory.oom.group": "1"]
    if host.accountsSwap == true, limits.memory == 0 { files["memory.swap.max"] = "0" }
    resources.unified = files
  }

  /// Those that may change while it runs.
  func applyAdjustable(to resources: inout Linux.Resources) {
    resources.cpu = Linux.Resources.CPU().with {
      $0.shares = CPUTime.shares(requests.cpu)
      guard let quota = CPUTime.quota(limits.cpu) else { return }
      $0.quota = quota
      $0.period = CPUTime.period
    }
    guard limits.memory > 0 else { return }
    resources.memory = Linux.Resources.Memory().with {
      $0.limit = limits.memory
      // Memory and swap together: so much memory, no swap.
      if host.accountsSwap == true { $0.swap = limits.memory }
    }
  }
}
