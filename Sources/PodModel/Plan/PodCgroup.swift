import OCISpec

/// The limits of the cgroup that holds all of a pod's containers, as the kubelet sets them
/// (`ResourceConfigForPod`).
///
/// It always has a weight. It is limited only where the pod is, or each of its containers: one
/// that may take more than the others have in mind must not be stopped by their limits.
public struct PodCgroup: Equatable, Sendable {
  let shares: UInt64
  /// Microseconds in each period; nil for no limit.
  let quota: Int64?
  /// Bytes; nil for no limit.
  let memory: Int64?
  let hugePages: [Linux.Resources.HugepageLimit]

  private init(
    shares: UInt64, quota: Int64?, memory: Int64?, hugePages: [Linux.Resources.HugepageLimit]
  ) {
    self.shares = shares
    self.quota = quota
    self.memory = memory
    self.hugePages = hugePages
  }

  public init(of pod: Pod, on host: HostFacts) {
    let resources = PodResources(of: pod.spec)
    func limit(_ name: String) -> Int64 {
      resources.limited.contains(name) ? resources.limits[name] : 0
    }
    let memory = limit(ResourceAmounts.memory)
    self.init(
      shares: pod.qosClass == .bestEffort
        ? CPUTime.leastShares : CPUTime.shares(resources.requests.cpu),
      quota: CPUTime.quota(limit(ResourceAmounts.cpu)), memory: memory > 0 ? memory : nil,
      hugePages: HugePages.limits(resources.requests, on: host))
  }

  /// What is enough for both: the limits while the one takes the other's place.
  public func widened(to other: PodCgroup) -> PodCgroup {
    func larger(_ one: Int64?, _ other: Int64?) -> Int64? {
      guard let one, let other else { return nil }
      return max(one, other)
    }
    return PodCgroup(
      shares: shares, quota: larger(quota, other.quota), memory: larger(memory, other.memory),
      hugePages: hugePages)
  }

  /// The group that holds those of all pods: beside the host's own it has the weight of all CPUs.
  public static func ofAllPods(on host: HostFacts) -> PodCgroup {
    PodCgroup(shares: CPUTime.shares(host.amounts.cpu), quota: nil, memory: nil, hugePages: [])
  }

  /// A file of the cgroup, in the tree of its controller, and what to write into it.
  public struct File: Equatable, Sendable, CustomStringConvertible {
    public let controller: String
    public let name: String
    public let value: String

    public var description: String { "\(name) \(value)" }
  }

  /// In the order in which the kernel takes them.
  public func files(version: Int) -> [File] {
    func file(_ controller: String, _ name: String, _ value: some CustomStringConvertible) -> File {
      File(controller: controller, name: "\(controller).\(name)", value: "\(value)")
    }
    var files: [File] = []
    if version == 2 {
      files.append(file("cpu", "weight", CPUTime.weight(ofShares: shares)))
      if let quota { files.append(file("cpu", "max", "\(quota) \(CPUTime.period)")) }
      if let memory { files.append(file("memory", "max", memory)) }
      files += hugePages.map { file("hugetlb", "\($0.pageSize).max", $0.limit) }
    } else {
      files.append(file("cpu", "shares", shares))
      if let quota {
        files.append(file("cpu", "cfs_period_us", CPUTime.period))
        files.append(file("cpu", "cfs_quota_us", quota))
      }
      if let memory { files.append(file("memory", "limit_in_bytes", memory)) }
      files += hugePages.map { file("hugetlb", "\($0.pageSize).limit_in_bytes", $0.limit) }
    }
    return files
  }
}
