/// Which runtime to use on this host, decided by looking, without starting one.
///
/// `auto` takes crun, else runc: the first that is installed and can work here. The one thing that
/// stops an installed runtime is known: crun 1.8 refuses a host in hybrid cgroup mode whose v2
/// tree holds a controller.
struct RuntimeChoice {
  /// `auto`, a name, or a path.
  var wanted: String
  /// Finds a program by name, or by path when the name has a slash; nil when nobody could run it.
  var find: (String) -> String?
  /// Controllers of the v2 tree on a host in hybrid mode; empty elsewhere.
  var hybridControllers: [String]

  static let preference = ["crun", "runc"]

  struct NoRuntime: Error, CustomStringConvertible {
    var description: String
  }

  /// The program to call.
  func choose() throws(NoRuntime) -> (name: String, path: String) {
    guard wanted == "auto" else { return try named(wanted) }
    var reasons: [String] = []
    for name in RuntimeChoice.preference {
      guard let path = find(name) else {
        reasons.append("\(name) is not installed")
        continue
      }
      if let reason = obstacle(to: name) {
        reasons.append(reason)
        continue
      }
      return (name, path)
    }
    throw NoRuntime(
      description: "no runtime: \(reasons.joined(separator: "; ")): "
        + "install the package `crun` or `runc`, or name one with --runtime")
  }

  private func named(_ wanted: String) throws(NoRuntime) -> (name: String, path: String) {
    let path = find(wanted)
    guard let path else {
      throw NoRuntime(
        description: "runtime `\(wanted)` not found: install it, or name another with --runtime")
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if let reason = obstacle(to: name) { throw NoRuntime(description: reason) }
    return (name, path)
  }

  /// Why an installed runtime cannot work on this host, with the remedy; nil when it can.
  func obstacle(to name: String) -> String? {
    guard name == "crun", !hybridControllers.isEmpty else { return nil }
    let names = hybridControllers.joined(separator: ",")
    let folder = "/sys/fs/cgroup/\(names)"
    return "crun cannot work here: cgroups are in hybrid mode and the v2 tree holds `\(names)`: "
      + "give it to v1 with `mkdir \(folder) && mount -t cgroup -o \(names) cgroup \(folder)`, "
      + "boot with `systemd.unified_cgroup_hierarchy=1`, or use --runtime runc"
  }
}
