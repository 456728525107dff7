import Glibc
import Testing

@testable import PodShim

/// The runtimes that every test of this room holds on: what a pod does must not depend on which one
/// the host has.
enum RuntimeKind: String, CaseIterable, CustomTestStringConvertible, Sendable {
  case crun, runc

  static let all = allCases

  var testDescription: String { rawValue }
}

extension RuntimeKind {
  /// What has to be done to the mounts before the runtime works; nil on most hosts.
  ///
  /// crun 1.8 refuses a host in hybrid cgroup mode whose version 2 tree holds a controller. It is
  /// shown a host without that tree. What it writes for each container into the file system that is
  /// there instead goes with the world (`Tests/sweep`).
  var preparation: String? {
    guard self == .crun, !CgroupMode.hybridControllers().isEmpty else { return nil }
    return "umount /sys/fs/cgroup/unified && "
      + "mount -t tmpfs -o size=1m none /sys/fs/cgroup/unified"
  }
}
