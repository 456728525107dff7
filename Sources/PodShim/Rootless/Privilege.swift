import CLinux
import Glibc
import PodModel

/// Whose root we are: the host's (or that of a container, which is a host to us), or, having begun
/// as another user, that of a user namespace that we have made.
enum Privilege {
  /// The network tells: a host's root owns that of his host, and in a user namespace of ours there
  /// still is the host's. So processes know it that were started within.
  static let isRoot = geteuid() == 0 && ownsNetwork

  /// How many IDs there are without root, from 0 on; 1 where there is the user's own alone.
  static var ids: UInt32 {
    SubordinateIDs.count(map: (try? Files.readText("/proc/self/gid_map")) ?? "")
  }

  private static var ownsNetwork: Bool {
    guard let network = try? FileDescriptor.open("/proc/self/ns/net", O_RDONLY) else { return true }
    let raw = linux_namespace_owner(network.raw)
    guard raw >= 0 else { return errno != EPERM }
    let owner = FileDescriptor(owning: raw)
    var (owning, ours) = (stat(), stat())
    return fstat(owner.raw, &owning) != 0 || stat("/proc/self/ns/user", &ours) != 0
      || owning.st_ino == ours.st_ino
  }
}
