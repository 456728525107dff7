public import OCISpec

/// What a plan has to know about the machine that the pod will run on.
///
/// Collected once by the program and handed over as a value, so that a plan can be made for any
/// host on any host, and a recorded host gives the same bundles for ever.
public struct HostFacts: Codable, Equatable, Sendable {
  /// The kernel's host name; pods on the host's network have it too.
  public var hostname: String
  /// The name of the node, for pods that ask for it; usually the host name.
  public var nodeName: String
  /// Which cgroup hierarchy limits containers: 1 (also on hybrid hosts) or 2.
  public var cgroupVersion: Int
  /// The kernel's release, as `uname -r` prints it.
  public var kernel: String
  /// The processor, as `uname -m` prints it; nil where it does not matter.
  public var architecture: String?
  /// The capabilities that containers can be given, as `CAP_CHOWN`; nil is every one.
  public var capabilities: [String]?
  /// Whether a process may get an `oom_score_adj` below the one that we have.
  public var canLowerOOMScore: Bool
  /// Our own `oom_score_adj`, which a container gets at least where it cannot be lowered.
  public var oomScore: Int?
  /// What there is of each resource: CPUs, and bytes of everything else (`memory`,
  /// `ephemeral-storage`, `hugepages-2Mi`).
  public var capacity: [String: Int64]?
  /// Whether the cgroups limit huge pages.
  public var limitsHugePages: Bool?
  /// Whether the cgroups count swap.
  public var accountsSwap: Bool?
  /// The text of the resolver configuration that pods inherit. Where `/etc/resolv.conf` names a
  /// resolver on loopback, this should be the file behind it.
  public var resolvConf: String
  /// The text of `/etc/hosts`.
  public var hosts: String
  /// Paths that the host has and no container should see, beside the usual ones:
  /// `/sys/devices/system/cpu/cpu0/thermal_throttle` and its like.
  public var maskedPaths: [String]?
  /// The device nodes that a privileged container gets.
  public var devices: [Linux.Device]?
  /// nil where the kernel has no security modules and pods change nothing but what is safe.
  public var security: HostSecurity?
  /// What there is for pods where podshim runs without root; nil with it.
  public var rootless: Rootless?
  /// Whether a read-only mount can hold for the mounts below it, too; nil is no.
  public var recursiveReadOnly: Bool?

  public init(
    hostname: String, nodeName: String? = nil, cgroupVersion: Int = 2, kernel: String,
    architecture: String? = nil, capabilities: [String]? = nil, canLowerOOMScore: Bool = true,
    resolvConf: String = "", hosts: String = "", maskedPaths: [String]? = nil,
    devices: [Linux.Device]? = nil, security: HostSecurity? = nil,
    recursiveReadOnly: Bool? = nil, capacity: [String: Int64]? = nil
  ) {
    self.hostname = hostname
    self.nodeName = nodeName ?? hostname
    self.cgroupVersion = cgroupVersion
    self.kernel = kernel
    self.architecture = architecture
    self.capabilities = capabilities
    self.canLowerOOMScore = canLowerOOMScore
    self.resolvConf = resolvConf
    self.hosts = hosts
    self.maskedPaths = maskedPaths
    self.devices = devices
    self.security = security
    self.recursiveReadOnly = recursiveReadOnly
    self.capacity = capacity
  }

  /// The capacity in the units that manifests are counted in.
  var amounts: ResourceAmounts {
    ResourceAmounts((capacity ?? [:]).mapValues { Quantity($0) })
  }
}
