/// What a container is on Linux alone: the `linux` section of `config.json`.
///
/// The larger parts have files of their own: `Resources`, `Seccomp`, `MemoryPolicy`.
public struct Linux: SpecObject {
  /// The namespaces that the container gets or joins; a type not named is the host's own.
  public var namespaces: [Namespace]?
  /// User ids of the container's own user namespace.
  public var uidMappings: [IDMapping]?
  /// Group ids of the container's own user namespace.
  public var gidMappings: [IDMapping]?
  /// How far the clocks of a new time namespace are ahead.
  public var timeOffsets: TimeOffsets?
  /// Device nodes beside the ones that every container has (`/dev/null`, `/dev/zero`, …).
  public var devices: [Device]?
  /// Network devices moved into the container, by their name on the host.
  public var netDevices: [String: NetDevice]?
  /// The container's cgroup: absolute from the cgroup mount, or `slice:prefix:name` for systemd.
  public var cgroupsPath: String?
  /// Limits of that cgroup.
  public var resources: Resources?
  /// Cache and memory bandwidth shares of Intel's resource director.
  public var intelRdt: IntelRdt?
  /// Which NUMA nodes memory comes from.
  public var memoryPolicy: MemoryPolicy?
  /// Kernel parameters by their dotted name; those of a joined namespace change it for all.
  public var sysctl: [String: String]?
  /// System calls that the container may make.
  public var seccomp: Seccomp?
  /// How mounts spread between the container's root and the host.
  public var rootfsPropagation: RootfsPropagation?
  /// Absolute paths in the container that are hidden.
  public var maskedPaths: [String]?
  /// Absolute paths in the container that are made read-only.
  public var readonlyPaths: [String]?
  /// Label of SELinux for the mounts.
  public var mountLabel: String?
  /// The execution domain that the program sees.
  public var personality: Personality?

  public init() {}
}

extension Linux {
  /// One namespace, made new or joined.
  public struct Namespace: SpecObject, Hashable {
    /// Which kind.
    public var type: NamespaceType
    /// Absolute path of a namespace file to join; nil makes a new one, an empty path is an error.
    public var path: String?

    public init(type: NamespaceType, path: String? = nil) {
      self.type = type
      self.path = path
    }
  }

  /// A device node in the container.
  public struct Device: SpecObject, Hashable {
    /// Which kind of node.
    public var type: DeviceType
    /// Full path in the container.
    public var path: String
    /// Major number; not for a FIFO.
    public var major: Int64?
    /// Minor number; not for a FIFO.
    public var minor: Int64?
    /// Permission bits; a plain number, so 438 for octal 0666.
    public var fileMode: UInt32?
    /// Owner, as a user id of the container.
    public var uid: UInt32?
    /// Group, as a group id of the container.
    public var gid: UInt32?

    public init(type: DeviceType, path: String, major: Int64? = nil, minor: Int64? = nil) {
      self.type = type
      self.path = path
      self.major = major
      self.minor = minor
    }
  }

  /// A network device that moves into the container.
  public struct NetDevice: SpecObject {
    /// Its name in the container; nil keeps the one it has.
    public var name: String?

    public init() {}
  }

  /// How far the clocks of a time namespace are ahead of the host's.
  public struct TimeOffsets: SpecObject {
    /// `CLOCK_BOOTTIME`.
    public var boottime: TimeOffset?
    /// `CLOCK_MONOTONIC`.
    public var monotonic: TimeOffset?

    public init() {}
  }

  /// A span of time; the two parts are added.
  public struct TimeOffset: SpecObject {
    /// Whole seconds, may be negative.
    public var secs: Int64?
    /// Nanoseconds.
    public var nanosecs: UInt32?

    public init() {}
  }

  /// The execution domain of `personality(2)`.
  public struct Personality: SpecObject {
    /// Which domain.
    public var domain: PersonalityDomain?
    /// Flags; the specification names none so far.
    public var flags: [String]?

    public init() {}
  }
}

/// A kind of namespace, in the words of the specification (`mount`, not `mnt`).
public struct NamespaceType: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let mount: Self = "mount"
  public static let pid: Self = "pid"
  public static let network: Self = "network"
  public static let uts: Self = "uts"
  public static let ipc: Self = "ipc"
  public static let user: Self = "user"
  public static let cgroup: Self = "cgroup"
  public static let time: Self = "time"
}

/// A kind of device node, by the letter of `mknod(1)`.
public struct DeviceType: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let character: Self = "c"
  public static let block: Self = "b"
  /// A character device without buffer; the same to the kernel.
  public static let unbuffered: Self = "u"
  public static let fifo: Self = "p"
  /// Every kind; for the device rules of a cgroup alone.
  public static let all: Self = "a"
}

/// How mounts spread between the container's root and the host; see `mount_namespaces(7)`.
public struct RootfsPropagation: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let `private`: Self = "private"
  public static let shared: Self = "shared"
  public static let slave: Self = "slave"
  public static let unbindable: Self = "unbindable"
}

/// An execution domain of `personality(2)`.
public struct PersonalityDomain: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let linux: Self = "LINUX"
  /// A 64-bit kernel that calls itself a 32-bit one.
  public static let linux32: Self = "LINUX32"
}
