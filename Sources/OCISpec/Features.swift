/// What a runtime answers to `features`: what it was built to do.
///
/// A member that is nil is unknown, not unsupported; nothing here speaks of the host or its kernel.
public struct Features: SpecObject {
  /// Lowest version of the specification that it takes.
  public var ociVersionMin: String
  /// Highest version of the specification that it takes.
  public var ociVersionMax: String
  /// Names of the hooks that it runs.
  public var hooks: [String]?
  /// Mount options that it knows, without those that a filesystem reads itself.
  public var mountOptions: [String]?
  /// What it does on Linux.
  public var linux: LinuxFeatures?
  /// Free notes of the runtime, such as its version.
  public var annotations: [String: String]?
  /// Annotations of a `config.json` that can break isolation; one that ends in `.` is a prefix.
  public var potentiallyUnsafeConfigAnnotations: [String]?

  public init(ociVersionMin: String, ociVersionMax: String) {
    self.ociVersionMin = ociVersionMin
    self.ociVersionMax = ociVersionMax
  }
}

/// What a runtime was built to do on Linux.
public struct LinuxFeatures: SpecObject {
  /// Namespaces that it makes.
  public var namespaces: [NamespaceType]?
  /// Capabilities that it knows.
  public var capabilities: [String]?
  /// How it drives cgroups.
  public var cgroup: Cgroup?
  /// What its libseccomp knows.
  public var seccomp: Seccomp?
  /// AppArmor profiles.
  public var apparmor: Switch?
  /// SELinux labels.
  public var selinux: Switch?
  /// Intel's resource director.
  public var intelRdt: IntelRdt?
  /// NUMA memory policies.
  public var memoryPolicy: MemoryPolicy?
  /// More than `mount(2)` does.
  public var mountExtensions: MountExtensions?
  /// Moving network devices.
  public var netDevices: Switch?

  public init() {}
}

extension LinuxFeatures {
  /// A feature that is there or not.
  public struct Switch: SpecObject {
    /// Whether it was built in.
    public var enabled: Bool?

    public init() {}
  }

  /// How a runtime drives cgroups.
  public struct Cgroup: SpecObject {
    /// Version 1.
    public var v1: Bool?
    /// Version 2.
    public var v2: Bool?
    /// Through systemd.
    public var systemd: Bool?
    /// Through the systemd of a user.
    public var systemdUser: Bool?
    /// The RDMA controller.
    public var rdma: Bool?

    public init() {}
  }

  /// What a runtime's libseccomp knows.
  public struct Seccomp: SpecObject {
    /// Whether it was built in.
    public var enabled: Bool?
    /// Actions of rules.
    public var actions: [SeccompAction]?
    /// Operators of conditions.
    public var operators: [SeccompOperator]?
    /// Architectures.
    public var archs: [SeccompArch]?
    /// Flags that it can read.
    public var knownFlags: [SeccompFlag]?
    /// Flags that this kernel and library take as well.
    public var supportedFlags: [SeccompFlag]?

    public init() {}
  }

  /// What of Intel's resource director a runtime does.
  public struct IntelRdt: SpecObject {
    /// Whether it was built in.
    public var enabled: Bool?
    /// The `schemata` field.
    public var schemata: Bool?
    /// The `enableMonitoring` field.
    public var monitoring: Bool?

    public init() {}
  }

  /// NUMA memory policies that a runtime sets.
  public struct MemoryPolicy: SpecObject {
    /// Modes.
    public var modes: [MemoryPolicyMode]?
    /// Flags of modes.
    public var flags: [MemoryPolicyFlag]?

    public init() {}
  }

  /// What a runtime does beyond `mount(2)`.
  public struct MountExtensions: SpecObject {
    /// Id-mapped mounts.
    public var idmap: Switch?

    public init() {}
  }
}
