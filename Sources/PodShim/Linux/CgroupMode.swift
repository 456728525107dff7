import Glibc

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

  /// Whether the kernel has ended a process in `path` for want of memory.
  static func lacksMemory(_ path: String) -> Bool {
    let file =
      CgroupMode.ofHost() == .unified
      ? "/sys/fs/cgroup\(path)/memory.events" : "/sys/fs/cgroup/memory\(path)/memory.oom_control"
    let lines = ((try? Files.readText(file)) ?? "").split(separator: "\n")
    return lines.contains { $0.hasPrefix("oom_kill ") && $0 != "oom_kill 0" }
  }

  /// Makes the kernel ready to move processes between groups, which it is not after a quiet while:
  /// the next move then waits up to 15 ms for a grace period of RCU, those that soon follow do not
  /// (`percpu_down_write` of `cgroup_threadgroup_rwsem`). Blocks for that long, so that a runtime
  /// that is started meanwhile need not.
  static func awaitReadiness() {
    // The lock is one for all trees, and taken also to move a process to where it is.
    for group in ownGroups() {
      guard let file = try? FileDescriptor.open("\(group)/cgroup.procs", O_WRONLY) else { continue }
      if (try? file.writeAll(Array("0".utf8))) != nil { return }
    }
  }

  /// The folders of this process's groups, where they are usually mounted.
  private static func ownGroups() -> [String] {
    let lines = ((try? Files.readText("/proc/self/cgroup")) ?? "").split(separator: "\n")
    return lines.flatMap { line -> [String] in
      // `<tree>:<controllers>:<path>`; version 2 has no controllers there.
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return [] }
      let name = parts[1].hasPrefix("name=") ? parts[1].dropFirst(5) : parts[1]
      let trees = name.isEmpty ? ["", "/unified"] : ["/\(name)"]
      return trees.map { "/sys/fs/cgroup\($0)\(parts[2])" }
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
