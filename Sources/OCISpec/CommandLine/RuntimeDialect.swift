/// Which flags of the common command line a runtime lacks, and what is to be done about each.
///
/// What is written down here is what the oldest runtimes lack that podshim works with, crun 1.8 and
/// runc 1.1. A newer one may know more: what its own help names is learned from it, and need not be
/// made up for.
public struct RuntimeDialect: Equatable, Sendable {
  /// The program's own name: `crun`.
  public let name: String
  public let isCrun: Bool
  private var gaps: [Gap]

  /// A flag that is lacking. These stand in a list, and not in a map: a map's type costs more to
  /// make than the list to search, and a runtime is called for every container's every step.
  private struct Gap: Equatable {
    /// `""` is what stands before a verb.
    var verb: String
    var flag: String
    var remedy: Remedy

    init(_ verb: String, _ flag: String, _ remedy: Remedy) {
      (self.verb, self.flag, self.remedy) = (verb, flag, remedy)
    }
  }

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
    gaps = isCrun ? RuntimeDialect.crun : RuntimeDialect.runc
  }

  /// What has to be done about a flag; nil when the runtime knows it.
  func remedy(for flag: RuntimeFlag, of verb: String) -> Remedy? {
    gaps.first { $0.flag == flag.name && $0.verb == verb }?.remedy
  }

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
    gaps.removeAll { $0.verb == verb && words.contains("--\($0.flag)"[...]) }
  }

  private static let crun = [
    Gap("", "log-level", .replace(value: "debug", by: "debug")),
    Gap("", "criu", .leaveOut),
    // crun 1.8 takes its value for the root; what there is to know crun sees for itself.
    Gap("", "rootless", .leaveOut),
    // It always leaves.
    Gap("create", "pidfd-socket", .podshim),
    Gap("create", "detach", .leaveOut),
    Gap("run", "pidfd-socket", .podshim),
    Gap("run", "keep", .podshim),
    Gap("exec", "pidfd-socket", .podshim),
    Gap("exec", "additional-gids", .podshim),
    // It says itself that the container is paused.
    Gap("exec", "ignore-paused", .leaveOut),
    Gap("update", "cpu-burst", .podshim),
    Gap("update", "cpu-idle", .podshim),
    Gap(
      "update", "l3-cache-schema",
      .refuse("it does not drive Intel's resource director after `create`")),
    Gap(
      "update", "mem-bw-schema",
      .refuse("it does not drive Intel's resource director after `create`")),
    // The memory then comes at once.
    Gap("checkpoint", "lazy-pages", .leaveOut),
    Gap("checkpoint", "status-fd", .leaveOut),
    Gap("checkpoint", "auto-dedup", .leaveOut),
    Gap("checkpoint", "empty-ns", .leaveOut),
    Gap("checkpoint", "page-server", .refuse("it writes memory to files alone")),
    Gap("checkpoint", "link-remap", .refuse("it never remaps links")),
    Gap("checkpoint", "tcp-skip-in-flight", .refuse("it leaves no connection out")),
    Gap("restore", "no-pivot", .leaveOut),
    Gap("restore", "no-subreaper", .leaveOut),
    Gap("restore", "no-new-keyring", .leaveOut),
    Gap("restore", "lazy-pages", .leaveOut),
    Gap("restore", "auto-dedup", .leaveOut),
    Gap("restore", "empty-ns", .leaveOut),
    Gap("restore", "parent-path", .leaveOut),
  ]

  private static let runc = [
    Gap("", "log-level", .replace(value: "debug", by: "debug")),
    Gap("", "usage", .replace(value: nil, by: "help")),
    // Without cgroups it sees for itself what it may do.
    Gap("", "cgroup-manager", .replace(value: "systemd", by: "systemd-cgroup")),
    Gap("create", "pidfd-socket", .podshim),
    Gap("create", "detach", .leaveOut),
    Gap("create", "no-subreaper", .leaveOut),
    Gap("create", "config", .refuse("it reads `config.json` of the bundle")),
    Gap("run", "pidfd-socket", .podshim),
    Gap("run", "config", .refuse("it reads `config.json` of the bundle")),
    Gap("exec", "pidfd-socket", .podshim),
    Gap("kill", "regex", .podshim),
    Gap("delete", "regex", .podshim),
    Gap("update", "cpu-burst", .podshim),
    Gap("update", "cpu-idle", .podshim),
    Gap("checkpoint", "link-remap", .refuse("it never remaps links")),
    Gap("checkpoint", "tcp-skip-in-flight", .refuse("it leaves no connection out")),
    Gap("checkpoint", "network-lock", .refuse("criu chooses the way for it")),
    Gap("restore", "no-new-keyring", .leaveOut),
    Gap("restore", "parent-path", .leaveOut),
    Gap("restore", "tcp-close", .refuse("it restores connections or fails")),
    Gap("restore", "network-lock", .refuse("criu chooses the way for it")),
  ]
}
