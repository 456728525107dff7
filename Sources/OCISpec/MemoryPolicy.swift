extension Linux {
  /// Which NUMA nodes memory comes from; see `set_mempolicy(2)`.
  public struct MemoryPolicy: SpecObject {
    /// How nodes are chosen.
    public var mode: MemoryPolicyMode?
    /// The nodes, as a list such as `0-3,7`.
    public var nodes: String?
    /// Flags of the mode.
    public var flags: [MemoryPolicyFlag]?

    public init() {}
  }

  /// Cache and memory bandwidth shares of Intel's resource director, through `resctrl`.
  public struct IntelRdt: SpecObject {
    /// Class of service to join or make; nil takes the container's id, `/` is the default class.
    public var closID: String?
    /// Lines for the class's `schemata` file, written after the two that follow.
    public var schemata: [String]?
    /// Cache mask for each L3 cache: `L3:0=7f0;1=1f`.
    public var l3CacheSchema: String?
    /// Memory bandwidth for each L3 cache: `MB:0=20;1=70`.
    public var memBwSchema: String?
    /// Whether the container gets a monitoring group of its own.
    public var enableMonitoring: Bool?
    /// Cache monitoring; only in 1.1 and 1.2, `enableMonitoring` took its place.
    public var enableCMT: Bool?
    /// Bandwidth monitoring; only in 1.1 and 1.2, `enableMonitoring` took its place.
    public var enableMBM: Bool?

    public init() {}
  }
}

/// How `set_mempolicy(2)` chooses a node, by its C name.
public struct MemoryPolicyMode: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let `default`: Self = "MPOL_DEFAULT"
  public static let bind: Self = "MPOL_BIND"
  public static let interleave: Self = "MPOL_INTERLEAVE"
  public static let weightedInterleave: Self = "MPOL_WEIGHTED_INTERLEAVE"
  public static let preferred: Self = "MPOL_PREFERRED"
  public static let preferredMany: Self = "MPOL_PREFERRED_MANY"
  public static let local: Self = "MPOL_LOCAL"
}

/// A flag of a memory policy's mode, by its C name.
public struct MemoryPolicyFlag: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let numaBalancing: Self = "MPOL_F_NUMA_BALANCING"
  public static let relativeNodes: Self = "MPOL_F_RELATIVE_NODES"
  public static let staticNodes: Self = "MPOL_F_STATIC_NODES"
}
