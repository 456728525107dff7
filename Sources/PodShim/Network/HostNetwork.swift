import Glibc
import PodModel

/// Settings of the network that the calling thread is in.
enum HostNetwork {
  /// Whether there is an interface of this name.
  static func has(_ interface: String) -> Bool { if_nametoindex(interface) != 0 }

  static var hasSix: Bool {
    Files.readNumber("/proc/sys/net/ipv6/conf/all/disable_ipv6") == 0
  }

  /// The destinations of its routes.
  static func routes() throws(SyscallError) -> [IPv4Block] {
    HostRoutes.blocks(try Files.readText("/proc/net/route"))
  }

  /// Lets packets pass from one interface to another; the only settings outside of our bridge and
  /// our table that are changed, and only when they are off. They stay, because others may have
  /// come to rely on them. A host that learns its way from announcements keeps it instead.
  static func forward() throws(SyscallError) {
    try turnOn("/proc/sys/net/ipv4/ip_forward")
    let six = "/proc/sys/net/ipv6/conf/all/forwarding"
    guard Files.exists(six) else { return }
    let table = (try? Files.readText("/proc/net/ipv6_route")) ?? ""
    if !HostRoutes.hasAnnouncedDefault(table) { try turnOn(six) }
  }

  private static func turnOn(_ setting: String) throws(SyscallError) {
    if Files.readNumber(setting) == 0 { try Files.writeText("1\n", to: setting) }
  }
}
