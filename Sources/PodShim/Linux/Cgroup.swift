import Glibc
import OCISpec
import PodModel

/// The control groups of one pod: the pod's own is made here, with its limits; the containers' are
/// made by the runtime, and all are taken away here in every tree.
enum Cgroup {
  /// Holds those of all pods, and stays when the last one goes: a pod that comes would find it
  /// gone halfway to its own.
  static let ofAllPods = "/podshim"

  /// Makes the group `path` with these limits, or gives the one that is there others.
  static func make(_ path: String, _ limits: PodCgroup) throws(SyscallError) {
    let mode = CgroupMode.ofHost()
    let files = limits.files(version: mode.version)
    for controller in Set(files.map(\.controller)).sorted() {
      if mode == .unified { try enable(controller, above: path) }
      try Files.makeDirectories(mode.tree(controller) + path)
    }
    for file in files {
      try Files.writeText(file.value, to: "\(mode.tree(file.controller))\(path)/\(file.name)")
    }
  }

  /// In version 2 a group has the files of a controller only where the one above it says so.
  private static func enable(_ controller: String, above path: String) throws(SyscallError) {
    let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    let file = "\(CgroupMode.unified.tree(controller))\(parent)/cgroup.subtree_control"
    let enabled = try Files.readText(file).split(whereSeparator: \.isWhitespace)
    guard !enabled.contains(controller[...]) else { return }
    try Files.writeText("+\(controller)", to: file)
  }

  /// The group of the container that a bundle is for.
  static func path(bundle: String) -> String? {
    (try? JSON.decode(Spec.self, from: Files.read("\(bundle)/config.json")))?.linux?.cgroupsPath
  }

  /// Removes `path`, such as `/podshim/podshim-<uid>`, and what is below it, from every tree.
  /// Nothing may run in it any more.
  static func remove(_ path: String) throws(SyscallError) {
    for mount in try Mount.table() where mount.type == "cgroup" || mount.type == "cgroup2" {
      try removeDirectories(mount.path + path)
    }
  }

  /// Whether the kernel has ended a process in `path` for want of memory.
  static func lacksMemory(_ path: String) -> Bool {
    let mode = CgroupMode.ofHost()
    let name = mode == .unified ? "memory.events" : "memory.oom_control"
    let file = "\(mode.tree("memory"))\(path)/\(name)"
    let lines = ((try? Files.readText(file)) ?? "").split(separator: "\n")
    return lines.contains { $0.hasPrefix("oom_kill ") && $0 != "oom_kill 0" }
  }

  /// Time that the processes in `path` have had of all processors together.
  static func processorTime(_ path: String) -> Duration? {
    guard CgroupMode.ofHost() == .unified else {
      let file = "\(CgroupMode.ofHost().tree("cpuacct"))\(path)/cpuacct.usage"
      return Files.readNumber(file).map { .nanoseconds($0) }
    }
    return number("usage_usec", in: "\(CgroupMode.unified.tree("cpu"))\(path)/cpu.stat").map {
      .microseconds($0)
    }
  }

  /// Bytes that could not be taken back at once: as the kubelet, without the files that nobody has
  /// touched for a while.
  static func workingSet(_ path: String) -> Int64? {
    let mode = CgroupMode.ofHost()
    let name = mode == .unified ? "inactive_file" : "total_inactive_file"
    guard let usage = memoryUsage(path) else { return nil }
    let idle = number(name, in: "\(mode.tree("memory"))\(path)/memory.stat") ?? 0
    return max(0, usage - idle)
  }

  /// The number behind a name, in a file of such lines.
  private static func number(_ name: String, in file: String) -> Int64? {
    let lines = ((try? Files.readText(file)) ?? "").split(separator: "\n")
    let line = lines.first { $0.hasPrefix("\(name) ") }
    return line?.split(separator: " ").last.flatMap { Int64($0) }
  }

  /// Bytes that the processes in `path` use, the cached files among them.
  static func memoryUsage(_ path: String) -> Int64? {
    let mode = CgroupMode.ofHost()
    let name = mode == .unified ? "memory.current" : "memory.usage_in_bytes"
    return Files.readNumber("\(mode.tree("memory"))\(path)/\(name)")
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

  /// The groups of a process, one in each tree: which controllers it has, with commas between, and
  /// where the group is in it. A version 2 tree names none.
  static func groups(of pid: String) -> [(controllers: String, path: String)] {
    let lines = ((try? Files.readText("/proc/\(pid)/cgroup")) ?? "").split(separator: "\n")
    return lines.compactMap { line in
      // `<tree>:<controllers>:<path>`
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      return parts.count == 3 ? (String(parts[1]), String(parts[2])) : nil
    }
  }

  /// The folders of this process's groups, where they are usually mounted.
  private static func ownGroups() -> [String] {
    groups(of: "self").flatMap { group in
      let name =
        group.controllers.hasPrefix("name=")
        ? group.controllers.dropFirst(5) : group.controllers[...]
      let trees = name.isEmpty ? ["", "/unified"] : ["/\(name)"]
      return trees.map { "/sys/fs/cgroup\($0)\(group.path)" }
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
