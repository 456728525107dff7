extension Linux {
  /// Which system calls the container may make, in the words of libseccomp.
  public struct Seccomp: SpecObject {
    /// What happens on a call that no rule names.
    public var defaultAction: SeccompAction
    /// Error number of the default action where it returns one; nil is `EPERM`.
    public var defaultErrnoRet: UInt32?
    /// Architectures whose calls are judged beside the native one.
    public var architectures: [SeccompArch]?
    /// Flags of `seccomp(2)`.
    public var flags: [SeccompFlag]?
    /// Unix socket of the agent that judges calls of the `notify` action.
    public var listenerPath: String?
    /// What that agent is told about this container.
    public var listenerMetadata: String?
    /// The rules.
    public var syscalls: [Syscall]?

    public init(defaultAction: SeccompAction) {
      self.defaultAction = defaultAction
    }
  }
}

extension Linux.Seccomp {
  /// One rule: calls, and what happens on them.
  public struct Syscall: SpecObject {
    /// Names of the calls, at least one.
    public var names: [String]
    /// What happens.
    public var action: SeccompAction
    /// Error number of the action where it returns one; nil is `EPERM`.
    public var errnoRet: UInt32?
    /// Conditions on the arguments, all of which must hold.
    public var args: [Argument]?

    public init(names: [String], action: SeccompAction) {
      self.names = names
      self.action = action
    }
  }

  /// A condition on one argument of a call.
  public struct Argument: SpecObject {
    /// Which argument, from 0.
    public var index: UInt32
    /// What it is compared with; the mask where the operator is `maskedEqual`.
    public var value: UInt64
    /// What the masked argument is compared with.
    public var valueTwo: UInt64?
    /// How they are compared.
    public var op: SeccompOperator

    public init(index: UInt32, value: UInt64, valueTwo: UInt64? = nil, op: SeccompOperator) {
      self.index = index
      self.value = value
      self.valueTwo = valueTwo
      self.op = op
    }
  }
}

/// What happens on a system call.
public struct SeccompAction: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// The thread is killed; libseccomp's older word for `killThread`.
  public static let kill: Self = "SCMP_ACT_KILL"
  public static let killProcess: Self = "SCMP_ACT_KILL_PROCESS"
  public static let killThread: Self = "SCMP_ACT_KILL_THREAD"
  /// The thread gets `SIGSYS`.
  public static let trap: Self = "SCMP_ACT_TRAP"
  /// The call fails with an error number.
  public static let errno: Self = "SCMP_ACT_ERRNO"
  /// A tracer decides.
  public static let trace: Self = "SCMP_ACT_TRACE"
  public static let allow: Self = "SCMP_ACT_ALLOW"
  /// Allowed, and logged by the kernel.
  public static let log: Self = "SCMP_ACT_LOG"
  /// An agent at `listenerPath` decides.
  public static let notify: Self = "SCMP_ACT_NOTIFY"
}

/// How an argument of a call is compared.
public struct SeccompOperator: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let notEqual: Self = "SCMP_CMP_NE"
  public static let less: Self = "SCMP_CMP_LT"
  public static let lessOrEqual: Self = "SCMP_CMP_LE"
  public static let equal: Self = "SCMP_CMP_EQ"
  public static let greaterOrEqual: Self = "SCMP_CMP_GE"
  public static let greater: Self = "SCMP_CMP_GT"
  /// The argument, masked with `value`, equals `valueTwo`.
  public static let maskedEqual: Self = "SCMP_CMP_MASKED_EQ"
}

/// A flag of `seccomp(2)`, by its C name.
public struct SeccompFlag: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let threadSync: Self = "SECCOMP_FILTER_FLAG_TSYNC"
  public static let log: Self = "SECCOMP_FILTER_FLAG_LOG"
  public static let specAllow: Self = "SECCOMP_FILTER_FLAG_SPEC_ALLOW"
  public static let waitKillable: Self = "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"
}

/// A processor architecture, by libseccomp's name.
public struct SeccompArch: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let x86: Self = "SCMP_ARCH_X86"
  public static let x86_64: Self = "SCMP_ARCH_X86_64"
  public static let x32: Self = "SCMP_ARCH_X32"
  public static let arm: Self = "SCMP_ARCH_ARM"
  public static let aarch64: Self = "SCMP_ARCH_AARCH64"
  public static let loongarch64: Self = "SCMP_ARCH_LOONGARCH64"
  public static let m68k: Self = "SCMP_ARCH_M68K"
  public static let mips: Self = "SCMP_ARCH_MIPS"
  public static let mips64: Self = "SCMP_ARCH_MIPS64"
  public static let mips64n32: Self = "SCMP_ARCH_MIPS64N32"
  public static let mipsel: Self = "SCMP_ARCH_MIPSEL"
  public static let mipsel64: Self = "SCMP_ARCH_MIPSEL64"
  public static let mipsel64n32: Self = "SCMP_ARCH_MIPSEL64N32"
  public static let ppc: Self = "SCMP_ARCH_PPC"
  public static let ppc64: Self = "SCMP_ARCH_PPC64"
  public static let ppc64le: Self = "SCMP_ARCH_PPC64LE"
  public static let s390: Self = "SCMP_ARCH_S390"
  public static let s390x: Self = "SCMP_ARCH_S390X"
  public static let sh: Self = "SCMP_ARCH_SH"
  public static let sheb: Self = "SCMP_ARCH_SHEB"
  public static let parisc: Self = "SCMP_ARCH_PARISC"
  public static let parisc64: Self = "SCMP_ARCH_PARISC64"
  public static let riscv64: Self = "SCMP_ARCH_RISCV64"
}
