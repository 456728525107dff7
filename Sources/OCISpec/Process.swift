/// The program that runs as the container's first process, and with what rights.
public struct Process: SpecObject {
  /// Whether the program gets a terminal of its own as its standard streams.
  public var terminal: Bool?
  /// Size of that terminal; without one it says nothing.
  public var consoleSize: ConsoleSize?
  /// Who the program runs as.
  public var user: User?
  /// The program, found along `PATH` of `env`, and its arguments; needed by `start`.
  public var args: [String]?
  /// Its whole environment, `NAME=value` each.
  public var env: [String]?
  /// Absolute path in the container where it starts.
  public var cwd: String
  /// Its capability sets; nil leaves the choice to the runtime.
  public var capabilities: Capabilities?
  /// Limits of `setrlimit(2)`, each type once.
  public var rlimits: [Rlimit]?
  /// Whether set-user-id programs and file capabilities give nothing more.
  public var noNewPrivileges: Bool?
  /// Name of an AppArmor profile that the host has loaded.
  public var apparmorProfile: String?
  /// Label of SELinux for the process.
  public var selinuxLabel: String?
  /// How early the kernel kills it when memory ends: -1000 never, 1000 first.
  public var oomScoreAdj: Int?
  /// Attributes for `sched_setattr(2)`.
  public var scheduler: Scheduler?
  /// Class and level for `ioprio_set(2)`.
  public var ioPriority: IOPriority?
  /// CPUs of processes that `exec` adds to the container.
  public var execCPUAffinity: CPUAffinity?

  public init(cwd: String) {
    self.cwd = cwd
  }
}

extension Process {
  /// A terminal's size, in characters.
  public struct ConsoleSize: SpecObject {
    /// Lines.
    public var height: UInt64
    /// Columns.
    public var width: UInt64

    public init(height: UInt64, width: UInt64) {
      self.height = height
      self.width = width
    }
  }

  /// User and groups of a process, as ids of the container's user namespace.
  public struct User: SpecObject {
    /// User id.
    public var uid: UInt32?
    /// Primary group id.
    public var gid: UInt32?
    /// File mode bits that new files lose; a plain number, so 18 for octal 022.
    public var umask: UInt32?
    /// Supplementary group ids.
    public var additionalGids: [UInt32]?

    public init() {}
  }

  /// The five capability sets of a process; names as in `capabilities(7)`: `CAP_CHOWN`.
  public struct Capabilities: SpecObject {
    /// What the process and its children can ever get from a file.
    public var bounding: [String]?
    /// What the kernel checks.
    public var effective: [String]?
    /// What is kept across `execve` of a file that allows it.
    public var inheritable: [String]?
    /// What the process may make effective.
    public var permitted: [String]?
    /// What a user other than root keeps across `execve`.
    public var ambient: [String]?

    public init() {}
  }

  /// One limit of `setrlimit(2)`; its unit is that of the type, UInt64.max is no limit.
  public struct Rlimit: SpecObject {
    /// Which resource.
    public var type: RlimitType
    /// The limit that holds.
    public var soft: UInt64
    /// How far the process may raise it.
    public var hard: UInt64

    public init(type: RlimitType, soft: UInt64, hard: UInt64) {
      self.type = type
      self.soft = soft
      self.hard = hard
    }
  }

  /// CPU lists such as `0-3,7` for processes that join by `exec`.
  public struct CPUAffinity: SpecObject {
    /// CPUs of the runtime's child before it enters the container's cgroup.
    public var initial: String?
    /// CPUs of the process once it is in there.
    public var final: String?

    public init() {}
  }
}

/// A resource that `setrlimit(2)` limits.
public struct RlimitType: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// Bytes of address space.
  public static let addressSpace: Self = "RLIMIT_AS"
  /// Bytes of a core dump.
  public static let core: Self = "RLIMIT_CORE"
  /// Seconds of CPU time.
  public static let cpu: Self = "RLIMIT_CPU"
  /// Bytes of a process's data.
  public static let data: Self = "RLIMIT_DATA"
  /// Bytes of a file that is written.
  public static let fileSize: Self = "RLIMIT_FSIZE"
  /// Bytes of memory that is locked.
  public static let lockedMemory: Self = "RLIMIT_MEMLOCK"
  /// One more than the highest file descriptor.
  public static let openFiles: Self = "RLIMIT_NOFILE"
  /// Processes of the user, threads counted.
  public static let processes: Self = "RLIMIT_NPROC"
  /// Bytes of the stack.
  public static let stack: Self = "RLIMIT_STACK"
}
