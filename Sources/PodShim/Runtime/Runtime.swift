/// crun or runc: which program it is, and what to say to it.
///
/// Arguments are made by pure functions, so that what we say to a runtime can be read and tested;
/// the answers that matter are an exit status, a pid file and the last line of a JSON log.
struct Runtime: Equatable {
  /// `crun` or `runc`: the program's own name, also the scheme of a container id.
  var name: String
  var path: String
  /// Its `--root`: where it keeps a record of every container.
  var root: String
  /// Whether it may make control groups.
  var hasCgroups = true

  struct Creation {
    var id: String
    var bundle: String
    var pidFile: String
    var log: String
    /// Where the runtime hands over the master of a container's terminal.
    var consoleSocket: String?
  }

  func create(_ creation: Creation) -> [String] {
    var arguments = common + logging(to: creation.log) + ["create"]
    arguments += ["--bundle", creation.bundle, "--pid-file", creation.pidFile]
    if let socket = creation.consoleSocket { arguments += ["--console-socket", socket] }
    return arguments + [creation.id]
  }

  /// `create` and `start` in one program: what has no order to keep saves an exec.
  func run(_ creation: Creation) -> [String] {
    common + logging(to: creation.log) + ["run", "--detach"]
      + ["--bundle", creation.bundle, "--pid-file", creation.pidFile, creation.id]
  }

  func start(_ id: String, log: String) -> [String] {
    common + logging(to: log) + ["start", id]
  }

  /// runc sees for itself what it may do.
  private var common: [String] {
    [path, "--root", root]
      + (hasCgroups || !name.hasPrefix("crun") ? [] : ["--cgroup-manager=disabled"])
  }

  /// crun takes what stands before a colon for the kind of the log, and a path may have one.
  private func logging(to file: String) -> [String] {
    ["--log", name.hasPrefix("crun") ? "file:\(file)" : file, "--log-format", "json"]
  }

  /// Gives a running container the limits in the file `resources`, and leaves others as they are.
  func update(_ id: String, resources: String, log: String) -> [String] {
    common + logging(to: log) + ["update", "--resources", resources, id]
  }

  /// Succeeds on an id that does not exist, on both runtimes; only for containers that have ended:
  /// runc sleeps 100 ms when it has to kill.
  func delete(_ id: String) -> [String] {
    common + ["delete", "--force", id]
  }

  /// Runs one more process in a container; it takes over our stdio and answers its status.
  /// - Parameter count: so many of our descriptors behind standard error are handed on.
  func exec(_ id: String, process: String, preserving count: Int = 0) -> [String] {
    common + ["exec", "--process", process] + (count > 0 ? ["--preserve-fds=\(count)"] : []) + [id]
  }

  /// The same, and leaves at once: the process then belongs to the nearest subreaper.
  func execDetached(_ id: String, process: String, pidFile: String, log: String) -> [String] {
    common + logging(to: log)
      + ["exec", "--detach", "--pid-file", pidFile, "--process", process, id]
  }
}
