import CLinux
import Glibc

/// The loopback interface of a pod: a new network namespace has one, but down. The kernel gives it
/// 127.0.0.1 and ::1 as it comes up.
enum Loopback {
  /// Brings `lo` up in the network namespace at `namespacePath`, without going there.
  static func bringUp(in namespacePath: String) throws(SyscallError) {
    let network = try FileDescriptor.open(namespacePath, O_RDONLY)
    try checked("SIOCSIFFLAGS", "lo") { linux_interface_up(network.raw, "lo") }
  }
}
