extension Linux {
  /// Limits of the container's cgroup, one member per controller.
  public struct Resources: SpecObject {
    /// Which devices may be opened, applied in order.
    public var devices: [DeviceRule]?
    /// Memory and swap.
    public var memory: Memory?
    /// Processor time and placement.
    public var cpu: CPU?
    /// Number of tasks.
    public var pids: Pids?
    /// Block devices.
    public var blockIO: BlockIO?
    /// Huge pages, by page size.
    public var hugepageLimits: [HugepageLimit]?
    /// Marks on network packets; cgroup v1 only.
    public var network: Network?
    /// RDMA, by device name.
    public var rdma: [String: Rdma]?
    /// Files of cgroup v2 and what to write into each: `memory.high`.
    public var unified: [String: String]?

    public init() {}
  }
}

extension Linux.Resources {
  /// One rule of the device controller; the last that fits wins.
  public struct DeviceRule: SpecObject, Hashable {
    /// Whether it allows or denies.
    public var allow: Bool
    /// Which kind of node; nil is every kind.
    public var type: DeviceType?
    /// Major number; nil is every one.
    public var major: Int64?
    /// Minor number; nil is every one.
    public var minor: Int64?
    /// What it is about: of `r` (read), `w` (write) and `m` (make the node).
    public var access: String?

    public init(
      allow: Bool, type: DeviceType? = nil, major: Int64? = nil, minor: Int64? = nil,
      access: String? = nil
    ) {
      self.allow = allow
      self.type = type
      self.major = major
      self.minor = minor
      self.access = access
    }
  }

  /// Memory limits in bytes; -1 is no limit.
  public struct Memory: SpecObject {
    /// The most that the container may use.
    public var limit: Int64?
    /// What it is pressed back to when the host runs short.
    public var reservation: Int64?
    /// Memory and swap together, so never less than `limit`.
    public var swap: Int64?
    /// Kernel memory; not recommended, cgroup v1 only.
    public var kernel: Int64?
    /// Kernel memory of TCP buffers; not recommended, cgroup v1 only.
    public var kernelTCP: Int64?
    /// How readily pages are swapped out, 0 to 100.
    public var swappiness: UInt64?
    /// Whether the container stalls where it would be killed; cgroup v1 only.
    public var disableOOMKiller: Bool?
    /// Whether children count too; cgroup v1 only.
    public var useHierarchy: Bool?
    /// Whether an update below what is in use is refused.
    public var checkBeforeUpdate: Bool?

    public init() {}
  }

  /// Processor time and placement; times are in microseconds.
  public struct CPU: SpecObject {
    /// Weight against neighbours, 2 to 262144; the kernel's own is 1024.
    public var shares: UInt64?
    /// Time that may be used in each period; -1 is no limit.
    public var quota: Int64?
    /// Unused quota that may be saved up.
    public var burst: UInt64?
    /// Length of a period.
    public var period: UInt64?
    /// Time that real-time tasks may use in each real-time period.
    public var realtimeRuntime: Int64?
    /// Length of a real-time period.
    public var realtimePeriod: UInt64?
    /// CPUs to run on, as a list such as `0-3,7`.
    public var cpus: String?
    /// Memory nodes to use, as a list such as `0-3,7`.
    public var mems: String?
    /// 1 runs the container only when nobody else wants the processor, 0 as usual.
    public var idle: Int64?

    public init() {}
  }

  /// How many tasks may exist.
  public struct Pids: SpecObject {
    /// Processes and threads; -1 is no limit. Optional since 1.3.0, required before.
    public var limit: Int64?

    public init(limit: Int64? = nil) {
      self.limit = limit
    }
  }

  /// The limit for one size of huge page.
  public struct HugepageLimit: SpecObject {
    /// Size of a page, in powers of 1024: `64KB`, `2MB`, `1GB`.
    public var pageSize: String
    /// Bytes of such pages.
    public var limit: UInt64

    public init(pageSize: String, limit: UInt64) {
      self.pageSize = pageSize
      self.limit = limit
    }
  }

  /// Marks on the packets that leave the container; cgroup v1 only.
  public struct Network: SpecObject {
    /// Class of the packets, for `tc`.
    public var classID: UInt32?
    /// Priority of the packets on each interface of the host.
    public var priorities: [InterfacePriority]?

    public init() {}

    /// The priority of packets on one interface.
    public struct InterfacePriority: SpecObject {
      /// Name of the interface.
      public var name: String
      /// The priority.
      public var priority: UInt32

      public init(name: String, priority: UInt32) {
        self.name = name
        self.priority = priority
      }
    }
  }

  /// What the container may hold of one RDMA device.
  public struct Rdma: SpecObject {
    /// Handles.
    public var hcaHandles: UInt32?
    /// Objects.
    public var hcaObjects: UInt32?

    public init() {}
  }
}
