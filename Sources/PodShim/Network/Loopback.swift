import CLinux
import Glibc

/// The loopback interface of a pod: a new network namespace has one, but down. The kernel gives it
/// 127.0.0.1 and ::1 as it comes up.
enum Loopback {
  /// Brings `lo` up in the network namespace at `namespacePath`. The calling thread goes there and
  /// comes back, whatever happens; if it cannot come back the program ends, because nothing that
  /// it did afterwards would be on the host.
  static func bringUp(in namespacePath: String) throws(SyscallError) {
    let home = try FileDescriptor.open("/proc/thread-self/ns/net", O_RDONLY)
    try Namespace.enter(path: namespacePath)
    defer {
      do {
        try Namespace.enter(home.raw)
      } catch {
        fatalError("cannot go back to the host's network: \(error)")
      }
    }
    try checked("SIOCSIFFLAGS", "lo") { linux_interface_up("lo") }
  }
}
