/// Which flags of the common command line a runtime lacks, and what is to be done about each.
///
/// What is written down here is what the oldest runtimes lack that podshim works with, crun 1.8 and
/// runc 1.1. A newer one may know more: what its own help names is learned from it, and need not be
/// made up for.
public struct RuntimeDialect: Equatable, Sendable {
  /// The program's own name: `crun`.
  public let name: String
  public let isCrun: Bool
  /// By verb, then by the flag's name; `""` has those that stand before a verb.
  private var lacking: [String: [String: Remedy]]

  /// What becomes of a flag that a runtime lacks.
  public enum Remedy: Equatable, Sendable {
    /// Without it the runtime does the same, or the best that it can.
    case leaveOut
    /// The runtime has another flag for this value of it, and none for others.
    case replace(value: String?, by: String)
    /// It is for podshim to do.
    case podshim
    /// Nobody can do it, for this reason.
    case refuse(String)
  }

  /// The dialect of the program `name`. Of one that is neither crun nor runc nothing is known: it
  /// is taken to read what runc reads, as most do.
  public init(of name: String) {
    self.name = name
    isCrun = name.hasPrefix("crun")
    lacking = isCrun ? RuntimeDialect.crun : RuntimeDialect.runc
  }

  /// What has to be done about a flag; nil when the runtime knows it.
  func remedy(for flag: RuntimeFlag, of verb: String) -> Remedy? { lacking[verb]?[flag.name] }

  /// Whether the runtime's own help should be read before a command line is translated: it has a
  /// flag that another version may know.
  public func isUnsure(of line: RuntimeCommandLine) -> Bool {
    line.flags.contains { given in
      switch remedy(for: given.flag, of: line.verb?.name ?? "") {
      case .podshim, .refuse: true
      case nil, .leaveOut, .replace: false
      }
    }
  }

  /// - Parameter help: what the runtime prints for `VERB --help`.
  public mutating func learn(_ help: String, of verb: String) {
    let words = help.split { !$0.isLetter && !$0.isNumber && $0 != "-" }
    let named = Set(words.filter { $0.hasPrefix("--") }.map { String($0.dropFirst(2)) })
    lacking[verb] = lacking[verb]?.filter { !named.contains($0.key) }
  }

  private static let crun: [String: [String: Remedy]] = [
    "": [
      "log-level": .replace(value: "debug", by: "debug"), "criu": .leaveOut,
      // crun 1.8 takes its value for the root; what there is to know crun sees for itself.
      "rootless": .leaveOut,
    ],
    // It always leaves.
    "create": ["pidfd-socket": .podshim, "detach": .leaveOut],
    "run": ["pidfd-socket": .podshim, "keep": .podshim],
    "exec": [
      "pidfd-socket": .podshim, "additional-gids": .podshim,
      // It says itself that the container is paused.
      "ignore-paused": .leaveOut,
    ],
    "update": [
      "cpu-burst": .podshim, "cpu-idle": .podshim,
      "l3-cache-schema": .refuse("it does not drive Intel's resource director after `create`"),
      "mem-bw-schema": .refuse("it does not drive Intel's resource director after `create`"),
    ],
    "checkpoint": [
      // The memory then comes at once.
      "lazy-pages": .leaveOut, "status-fd": .leaveOut, "auto-dedup": .leaveOut,
      "empty-ns": .leaveOut,
      "page-server": .refuse("it writes memory to files alone"),
      "link-remap": .refuse("it never remaps links"),
      "tcp-skip-in-flight": .refuse("it leaves no connection out"),
    ],
    "restore": [
      "no-pivot": .leaveOut, "no-subreaper": .leaveOut, "no-new-keyring": .leaveOut,
      "lazy-pages": .leaveOut, "auto-dedup": .leaveOut, "empty-ns": .leaveOut,
      "parent-path": .leaveOut,
    ],
  ]

  private static let runc: [String: [String: Remedy]] = [
    "": [
      "log-level": .replace(value: "debug", by: "debug"), "usage": .replace(value: nil, by: "help"),
      // Without cgroups it sees for itself what it may do.
      "cgroup-manager": .replace(value: "systemd", by: "systemd-cgroup"),
    ],
    "create": [
      "pidfd-socket": .podshim, "detach": .leaveOut, "no-subreaper": .leaveOut,
      "config": .refuse("it reads `config.json` of the bundle"),
    ],
    "run": [
      "pidfd-socket": .podshim, "config": .refuse("it reads `config.json` of the bundle"),
    ],
    "exec": ["pidfd-socket": .podshim],
    "kill": ["regex": .podshim],
    "delete": ["regex": .podshim],
    "update": [
      "cpu-burst": .podshim, "cpu-idle": .podshim,
    ],
    "checkpoint": [
      "link-remap": .refuse("it never remaps links"),
      "tcp-skip-in-flight": .refuse("it leaves no connection out"),
      "network-lock": .refuse("criu chooses the way for it"),
    ],
    "restore": [
      "no-new-keyring": .leaveOut, "parent-path": .leaveOut,
      "tcp-close": .refuse("it restores connections or fails"),
      "network-lock": .refuse("criu chooses the way for it"),
    ],
  ]
}
