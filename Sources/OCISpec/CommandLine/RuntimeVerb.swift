/// A verb of the command line that OCI runtimes share, with every flag that an engine gives it.
///
/// The union of what crun, runc and those that call them know: which runtime lacks what is said by
/// `RuntimeDialect`.
public struct RuntimeVerb: Equatable, Sendable {
  public var name: String
  public var flags: [RuntimeFlag]
  /// Whether everything behind the container's id belongs to somebody else: a command, `ps`.
  public var endsAtFirstOperand = false

  public static func named(_ name: String) -> RuntimeVerb? { all.first { $0.name == name } }

  /// Where a runtime keeps its records.
  public static let root = RuntimeFlag.value("root")

  /// What stands before the verb.
  public static let globalFlags: [RuntimeFlag] = [
    root, .value("log"), .value("log-format"), .value("log-level"), .word("debug"),
    .word("systemd-cgroup"), .value("cgroup-manager"), .value("rootless"), .value("criu"),
    .word("version", "v", "V"), .word("help", "h", "?"), .word("usage"),
    // Ours: which runtime is meant.
    .value("runtime"),
  ]

  static let all: [RuntimeVerb] = [
    RuntimeVerb(name: "create", flags: making + [.word("detach")]),
    RuntimeVerb(name: "run", flags: making + [.word("detach", "d"), .word("keep")]),
    RuntimeVerb(name: "start", flags: []),
    RuntimeVerb(name: "state", flags: []),
    RuntimeVerb(name: "pause", flags: []),
    RuntimeVerb(name: "resume", flags: []),
    RuntimeVerb(name: "features", flags: []),
    RuntimeVerb(name: "exec", flags: joining, endsAtFirstOperand: true),
    RuntimeVerb(name: "kill", flags: [.word("all", "a"), .word("regex", "r")]),
    RuntimeVerb(name: "delete", flags: [.word("force", "f"), .word("regex", "r")]),
    RuntimeVerb(name: "list", flags: [.value("format", "f"), .word("quiet", "q")]),
    RuntimeVerb(name: "ps", flags: [.value("format", "f")], endsAtFirstOperand: true),
    RuntimeVerb(name: "update", flags: limits),
    RuntimeVerb(name: "events", flags: [.word("stats"), .value("interval")]),
    RuntimeVerb(name: "checkpoint", flags: checkpointing),
    RuntimeVerb(name: "restore", flags: restoring),
    RuntimeVerb(
      name: "spec", flags: [.value("bundle", "b"), .value("file", "f"), .word("rootless")]),
    RuntimeVerb(name: "mounts", flags: [], endsAtFirstOperand: true),
  ]

  private static let making: [RuntimeFlag] = [
    .value("bundle", "b"), .value("config", "f"), .value("console-socket"), .value("pidfd-socket"),
    .value("pid-file"), .word("no-pivot"), .word("no-new-keyring"), .word("no-subreaper"),
    .value("preserve-fds"),
  ]

  private static let joining: [RuntimeFlag] = [
    .value("process", "p"), .word("detach", "d"), .value("pid-file"), .value("console-socket"),
    .value("pidfd-socket"), .word("tty", "t"), .value("user", "u"),
    .value("env", "e", isRepeatable: true), .value("cwd"), .value("cap", "c", isRepeatable: true),
    .value("additional-gids", "g", isRepeatable: true), .value("preserve-fds"),
    .value("process-label"), .value("apparmor"), .word("no-new-privs"), .value("cgroup"),
    .word("ignore-paused"),
  ]

  private static let limits: [RuntimeFlag] =
    [.value("resources", "r")]
    + [
      "blkio-weight", "cpu-period", "cpu-quota", "cpu-burst", "cpu-share", "cpu-rt-period",
      "cpu-rt-runtime", "cpuset-cpus", "cpuset-mems", "cpu-idle", "kernel-memory",
      "kernel-memory-tcp", "memory", "memory-reservation", "memory-swap", "pids-limit",
      "l3-cache-schema", "mem-bw-schema",
    ].map { .value($0) }

  /// What `checkpoint` and `restore` have in common.
  private static let images: [RuntimeFlag] =
    ["image-path", "work-path", "parent-path", "manage-cgroups-mode", "network-lock"].map {
      .value($0)
    }
    + [.value("empty-ns", isRepeatable: true)]
    + [
      "tcp-established", "ext-unix-sk", "shell-job", "lazy-pages", "file-locks", "auto-dedup",
    ].map { .word($0) }

  private static let checkpointing: [RuntimeFlag] =
    images + [.value("status-fd"), .value("page-server")]
    + ["leave-running", "tcp-skip-in-flight", "link-remap", "pre-dump"].map { .word($0) }
    + [.word("help", "h")]

  private static let restoring: [RuntimeFlag] =
    images
    + ["pid-file", "console-socket", "lsm-profile", "lsm-mount-context"].map { .value($0) }
    + ["no-pivot", "no-subreaper", "no-new-keyring", "tcp-close"].map { .word($0) }
    + [.value("bundle", "b"), .word("detach", "d")]
}
