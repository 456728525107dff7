/// The kernel settings that a pod asks for: which it may have, and what its namespaces get.
///
/// Safe is, as for the kubelet, what belongs to a namespace and can harm no other pod; anything
/// else of a namespace has to be allowed by the host's owner.
public struct Sysctls: Equatable {
  private let wanted: [Sysctl]

  init(_ pod: Pod) {
    wanted = pod.spec.securityContext?.sysctls ?? []
  }

  /// By the kernel's names with dots; the last word about one counts.
  var settings: [String: String] {
    var settings: [String: String] = [:]
    for sysctl in wanted { settings[Self.dotted(sysctl.name)] = sysctl.value }
    return settings
  }

  /// Why a pod on this host may not have them, in the kubelet's words; nil when it may.
  func objection(_ spec: PodSpec, on host: HostFacts) -> String? {
    let allowed = host.security?.allowedUnsafeSysctls ?? []
    for name in wanted.map({ Self.dotted($0.name) }) {
      guard let space = Self.namespace(of: name),
        Self.isSafe(name, on: host.kernel) || allowed.contains(where: { Self.matches(name, $0) })
      else { return "forbidden sysctl: \(name.quoted) not allowlisted" }
      if space == .ipc ? spec.hostIPC == true : spec.hostNetwork == true {
        return "forbidden sysctl: \(name.quoted) not allowed with host \(space.rawValue) enabled"
      }
    }
    return nil
  }

  /// Which of the pod's namespaces keeps a setting.
  enum Namespace: String {
    case ipc
    case net
  }

  /// nil for a setting of the kernel as a whole.
  static func namespace(of name: String) -> Namespace? {
    if name.hasPrefix("net.") { return .net }
    let ipc = ["kernel.shm", "kernel.msg", "fs.mqueue."]
    return name == "kernel.sem" || ipc.contains(where: name.hasPrefix) ? .ipc : nil
  }

  /// A name may also be written with slashes, as the path that it is below `/proc/sys`; then dots
  /// belong to the names of devices.
  static func dotted(_ name: String) -> String {
    guard name.first(where: { $0 == "." || $0 == "/" }) == "/" else { return name }
    return String(name.map { $0 == "/" ? "." : $0 == "." ? "/" : $0 })
  }

  /// Whether a pattern like `kernel.msg*` names settings that a pod can have of its own at all.
  public static func isNamespaced(pattern: String) -> Bool {
    let name = dotted(pattern)
    return namespace(of: name.hasSuffix("*") ? String(name.dropLast()) : name) != nil
  }

  private static func matches(_ name: String, _ pattern: String) -> Bool {
    let pattern = dotted(pattern)
    return pattern.hasSuffix("*") ? name.hasPrefix(pattern.dropLast()) : name == pattern
  }

  private static func isSafe(_ name: String, on kernel: String) -> Bool {
    guard let since = safe[name] else { return false }
    return (KernelRelease(kernel) ?? oldest) >= since
  }

  private static let oldest = KernelRelease(3, 0)

  /// The kubelet's list, each with the first kernel that keeps it apart for each namespace.
  private static let safe = [
    "kernel.shm_rmid_forced": oldest,
    "net.ipv4.ip_local_port_range": oldest,
    "net.ipv4.ip_local_reserved_ports": KernelRelease(3, 16),
    "net.ipv4.ip_unprivileged_port_start": oldest,
    "net.ipv4.ping_group_range": oldest,
    "net.ipv4.tcp_fin_timeout": KernelRelease(4, 6),
    "net.ipv4.tcp_keepalive_intvl": KernelRelease(4, 5),
    "net.ipv4.tcp_keepalive_probes": KernelRelease(4, 5),
    "net.ipv4.tcp_keepalive_time": KernelRelease(4, 5),
    "net.ipv4.tcp_rmem": KernelRelease(4, 15),
    "net.ipv4.tcp_syncookies": oldest,
    "net.ipv4.tcp_wmem": KernelRelease(4, 15),
  ]
}
