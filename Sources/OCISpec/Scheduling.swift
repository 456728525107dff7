extension Process {
  /// Attributes for `sched_setattr(2)`; times are in nanoseconds.
  public struct Scheduler: SpecObject {
    /// Which scheduler.
    public var policy: SchedulerPolicy
    /// -20 (most favoured) to 19, for the time-sharing policies.
    public var nice: Int32?
    /// 1 to 99, for the fixed-priority policies.
    public var priority: Int32?
    /// Flags of the call.
    public var flags: [SchedulerFlag]?
    /// CPU time granted in each period, for the deadline policy.
    public var runtime: UInt64?
    /// Time from the start of a period by which the runtime must be had.
    public var deadline: UInt64?
    /// Length of a period.
    public var period: UInt64?

    public init(policy: SchedulerPolicy) {
      self.policy = policy
    }
  }

  /// How the disk scheduler treats a process; see `ioprio_set(2)`.
  public struct IOPriority: SpecObject {
    /// Which class.
    public var `class`: IOPriorityClass
    /// 0 (first) to 7, within the class.
    public var priority: Int32?

    public init(class: IOPriorityClass, priority: Int32? = nil) {
      self.class = `class`
      self.priority = priority
    }
  }
}

/// A scheduler of the kernel, by its C name.
public struct SchedulerPolicy: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let other: Self = "SCHED_OTHER"
  public static let fifo: Self = "SCHED_FIFO"
  public static let roundRobin: Self = "SCHED_RR"
  public static let batch: Self = "SCHED_BATCH"
  public static let iso: Self = "SCHED_ISO"
  public static let idle: Self = "SCHED_IDLE"
  public static let deadline: Self = "SCHED_DEADLINE"
}

/// A flag of `sched_setattr(2)`, by its C name.
public struct SchedulerFlag: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let resetOnFork: Self = "SCHED_FLAG_RESET_ON_FORK"
  public static let reclaim: Self = "SCHED_FLAG_RECLAIM"
  public static let deadlineOverrun: Self = "SCHED_FLAG_DL_OVERRUN"
  public static let keepPolicy: Self = "SCHED_FLAG_KEEP_POLICY"
  public static let keepParameters: Self = "SCHED_FLAG_KEEP_PARAMS"
  public static let clampMinimum: Self = "SCHED_FLAG_UTIL_CLAMP_MIN"
  public static let clampMaximum: Self = "SCHED_FLAG_UTIL_CLAMP_MAX"
}

/// A class of the disk scheduler, by its C name.
public struct IOPriorityClass: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let realtime: Self = "IOPRIO_CLASS_RT"
  public static let bestEffort: Self = "IOPRIO_CLASS_BE"
  public static let idle: Self = "IOPRIO_CLASS_IDLE"
}
