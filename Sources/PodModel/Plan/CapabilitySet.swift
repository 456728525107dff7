import OCISpec

/// The capabilities that one container gets, and those that it should get and the host does not
/// have.
///
/// Starts from containerd's default set; `ALL` and single names are added, then taken away. Both
/// lists are in the order of the kernel's numbers.
struct CapabilitySet: Equatable {
  let granted: [String]
  let missing: [String]

  /// Throws for a name that is no capability: a slip in a `drop` would leave a right in place.
  init(of container: Container, on host: HostFacts) throws(PlanError) {
    let context = container.securityContext
    let all = Self.known(to: host.kernel)
    if context?.privileged == true {
      self.init(wanted: Set(all), host: host)
      return
    }
    let add = try Self.names(context?.capabilities?.add ?? [], of: container)
    let drop = try Self.names(context?.capabilities?.drop ?? [], of: container)
    var wanted = Set(Self.usual)
    if add.contains(Self.everything) { wanted = Set(all) }
    if drop.contains(Self.everything) { wanted = [] }
    wanted.formUnion(add)
    wanted.subtract(drop)
    wanted.remove(Self.everything)
    self.init(wanted: wanted, host: host)
  }

  /// The set of a container that asks for nothing.
  init(defaultOn host: HostFacts) {
    self.init(wanted: Set(Self.usual), host: host)
  }

  private init(wanted: Set<String>, host: HostFacts) {
    let named = host.capabilities?.map(Self.canonical)
    let given = Set(named ?? Self.known(to: host.kernel))
    granted = Self.inKernelOrder.filter { wanted.contains($0) && given.contains($0) }
    missing = Self.inKernelOrder.filter { wanted.contains($0) && !given.contains($0) }
  }

  /// The sets of the process. What is inheritable or ambient would outlive a change of user, so
  /// that there is none of it.
  var process: Process.Capabilities {
    Process.Capabilities().with {
      $0.bounding = granted
      $0.effective = granted
      $0.permitted = granted
    }
  }
}

extension CapabilitySet {
  private static let everything = "CAP_ALL"

  private static func canonical(_ name: String) -> String {
    let upper = name.uppercased()
    return upper.hasPrefix("CAP_") ? upper : "CAP_" + upper
  }

  private static func names(
    _ names: [String], of container: Container
  ) throws(PlanError) -> Set<String> {
    var canonicals: Set<String> = []
    for name in names {
      let canonical = canonical(name)
      guard canonical == everything || inKernelOrder.contains(canonical) else {
        let hint = canonical.nearest(in: inKernelOrder).map { ", did you mean `\($0)`?" } ?? ""
        throw .configuration(
          "container `\(container.name)`: there is no capability `\(name)`\(hint)")
      }
      canonicals.insert(canonical)
    }
    return canonicals
  }

  /// Those that a kernel of this release has: the last ones came with 5.8 and 5.9.
  private static func known(to kernel: String) -> [String] {
    let numbers = kernel.split { !$0.isASCII || !$0.isNumber }.prefix(2).compactMap { Int($0) }
    guard let major = numbers.first, let minor = numbers.dropFirst().first else {
      return inKernelOrder
    }
    if (major, minor) < (5, 8) { return Array(inKernelOrder.prefix(38)) }
    return (major, minor) < (5, 9) ? Array(inKernelOrder.prefix(40)) : inKernelOrder
  }

  /// containerd's default set.
  private static let usual = [
    "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW",
    "CAP_SETGID", "CAP_SETUID", "CAP_SETFCAP", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE",
    "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE",
  ]

  /// All of `linux/capability.h`; the place in the list is the number.
  private static let inKernelOrder = [
    "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID",
    "CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE",
    "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_IPC_LOCK",
    "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_SYS_CHROOT", "CAP_SYS_PTRACE",
    "CAP_SYS_PACCT", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_NICE", "CAP_SYS_RESOURCE",
    "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD", "CAP_LEASE", "CAP_AUDIT_WRITE",
    "CAP_AUDIT_CONTROL", "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG",
    "CAP_WAKE_ALARM", "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF",
    "CAP_CHECKPOINT_RESTORE",
  ]
}
