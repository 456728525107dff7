/// How this host has its control groups: by version 1, by version 2, or by both.
enum CgroupMode: Equatable {
  case legacy, hybrid, unified

  private static let root = "/sys/fs/cgroup"

  static func ofHost() -> CgroupMode {
    if (try? FileSystem.of(root)) == .cgroup2 { return .unified }
    return (try? FileSystem.of(root + "/unified")) == .cgroup2 ? .hybrid : .legacy
  }

  /// The controllers that the version 2 tree of a hybrid host holds.
  static func hybridControllers() -> [String] {
    guard ofHost() == .hybrid else { return [] }
    let text = (try? Files.readText(root + "/unified/cgroup.controllers")) ?? ""
    return text.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}

/// The control groups of one pod: made by the runtime, taken away here in every tree.
enum Cgroup {
  /// Removes `path`, such as `/podshim-<uid>`, and what is below it, from every mounted tree.
  /// Nothing may run in it any more.
  static func remove(_ path: String) throws(SyscallError) {
    for mount in try Mount.table() where mount.type == "cgroup" || mount.type == "cgroup2" {
      try removeDirectories(mount.path + path)
    }
  }

  private static func removeDirectories(_ path: String) throws(SyscallError) {
    guard Files.isDirectory(path) else { return }
    for name in try Files.list(path) where Files.isDirectory(path + "/" + name) {
      try removeDirectories(path + "/" + name)
    }
    try Files.remove(path)
  }
}
