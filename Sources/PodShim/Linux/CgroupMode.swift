import Glibc

/// How this host has its control groups: by version 1, by version 2, or by both.
enum CgroupMode: Equatable {
  case legacy, hybrid, unified

  private static let root = "/sys/fs/cgroup"

  static func ofHost() -> CgroupMode {
    if (try? FileSystem.of(root)) == .cgroup2 { return .unified }
    return (try? FileSystem.of(root + "/unified")) == .cgroup2 ? .hybrid : .legacy
  }

  /// Of the hierarchy that limits containers.
  var version: Int { self == .unified ? 2 : 1 }

  /// The folder of a controller's tree.
  func tree(_ controller: String) -> String {
    self == .unified ? CgroupMode.root : "\(CgroupMode.root)/\(controller)"
  }

  var limitsHugePages: Bool {
    guard self == .unified else { return Files.isDirectory(tree("hugetlb")) }
    let text = (try? Files.readText(CgroupMode.root + "/cgroup.controllers")) ?? ""
    return text.split(whereSeparator: \.isWhitespace).contains("hugetlb")
  }

  var accountsSwap: Bool {
    guard self == .unified else {
      return Files.exists(tree("memory") + "/memory.memsw.limit_in_bytes")
    }
    // The root itself has no such file.
    let groups = (try? Files.list(CgroupMode.root)) ?? []
    return groups.contains { Files.exists("\(CgroupMode.root)/\($0)/memory.swap.max") }
  }

  /// The controllers that the version 2 tree of a hybrid host holds.
  static func hybridControllers() -> [String] {
    guard ofHost() == .hybrid else { return [] }
    let text = (try? Files.readText(root + "/unified/cgroup.controllers")) ?? ""
    return text.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
