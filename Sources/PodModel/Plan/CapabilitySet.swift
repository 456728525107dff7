import OCISpec

/// The capabilities that one container gets, and those that it should get and the host does not
/// have.
///
/// Starts from containerd's default set; `ALL` and single names are added, then taken away. Both
/// lists are sorted by name.
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
    granted = wanted.intersection(given).sorted()
    missing = wanted.subtracting(given).sorted()
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
    for name in names.map(canonical) {
      guard name == everything || allNames.contains(name) else {
        throw .configuration("container `\(container.name)`: there is no capability `\(name)`")
      }
      canonicals.insert(name)
    }
    return canonicals
  }

  private static let allNames = Capabilities.known.map(canonical)

  /// Those that a kernel of this release has: the last three came with 5.8 and 5.9.
  private static func known(to kernel: String) -> [String] {
    guard let release = KernelRelease(kernel) else { return allNames }
    var lacking: Set<String> = []
    if release < KernelRelease(5, 8) { lacking.formUnion(["CAP_BPF", "CAP_PERFMON"]) }
    if release < KernelRelease(5, 9) { lacking.insert("CAP_CHECKPOINT_RESTORE") }
    return allNames.filter { !lacking.contains($0) }
  }

  /// containerd's default set.
  private static let usual = [
    "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW",
    "CAP_SETGID", "CAP_SETUID", "CAP_SETFCAP", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE",
    "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE",
  ]
}
