import Glibc
import OCISpec

/// `update --cpu-burst` and `--cpu-idle` for runtimes that lack them: written where the kernel
/// reads them, after the runtime has made the other changes.
struct ProcessorLimits {
  let call: RuntimeCall
  let translation: RuntimeTranslation

  func run() throws -> CInt {
    let left = translation.left
    // A runtime refuses to change nothing.
    if call.line.flags.count > left.count {
      let status = try call.runtime.call(translation.arguments)
      guard status == 0 else { return status }
    }
    guard let pid = call.state()?.pid, pid > 0,
      let group = ContainerCgroup(pid: pid).folder("cpu")
    else { throw RuntimeCall.Failure(description: "container not running") }
    let isUnified = CgroupMode.ofHost() == .unified
    if let burst = left.value("cpu-burst") {
      try Files.writeText(burst, to: "\(group)/\(isUnified ? "cpu.max.burst" : "cpu.cfs_burst_us")")
    }
    if left.value("pids-limit") != nil, let group = ContainerCgroup(pid: pid).folder("pids") {
      try Files.writeText("max", to: "\(group)/pids.max")
    }
    if let idle = left.value("cpu-idle") { try Files.writeText(idle, to: "\(group)/cpu.idle") }
    return 0
  }
}

/// The control groups of a container that nobody of ours made, by its first process.
struct ContainerCgroup {
  private let groups: [String: String]

  init(pid: Int32) {
    var groups: [String: String] = [:]
    for group in Cgroup.groups(of: "\(pid)") {
      for controller in group.controllers.split(separator: ",", omittingEmptySubsequences: false) {
        groups[String(controller)] = group.path
      }
    }
    self.groups = groups
  }

  /// nil when the container has none for this controller.
  func folder(_ controller: String) -> String? {
    let mode = CgroupMode.ofHost()
    return path(controller).map { mode.tree(controller) + $0 }
  }

  /// Within the tree of the controller.
  func path(_ controller: String) -> String? {
    groups[CgroupMode.ofHost() == .unified ? "" : controller]
  }
}
