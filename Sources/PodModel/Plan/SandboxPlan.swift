import OCISpec

/// The bundle of the pause container, which makes the pod's namespaces and holds them open.
///
/// It has a read-only root with one program in it, the few mounts that the runtimes need, and
/// alone carries what belongs to the pod's namespaces: the host name and the kernel settings.
struct SandboxPlan {
  let plan: Plan

  var spec: Spec {
    var spec = Spec()
    spec.root = Root(
      path: plan.infraImage?.rootfs ?? plan.paths.pauseRootfs, readonly: true)
    let mounts = ContainerMounts.basicMounts
    spec.mounts = plan.host.rootless?.mounts(mounts, of: plan.pod.spec) ?? mounts
    spec.process = process
    if !plan.usesHostNetwork { spec.hostname = plan.hostname }
    spec.annotations = plan.annotations(type: "sandbox")
    spec.linux = Linux().with {
      $0.namespaces = PodNamespaces(plan.pod.spec, host: plan.host).ofSandbox
      $0.cgroupsPath = plan.paths.cgroupParent + "/_pause"
      $0.resources = Linux.Resources().with {
        $0.devices = [DevicePolicy.none]
        $0.cpu = Linux.Resources.CPU().with { $0.shares = CPUTime.leastShares }
      }
      $0.uidMappings = plan.idRange?.mappings
      $0.gidMappings = plan.idRange?.mappings
      let settings = settings
      if !settings.isEmpty { $0.sysctl = settings }
      if plan.host.rootless != nil { $0.forgetCgroup() }
    }
    spec.ociVersion = spec.requiredVersion
    return spec
  }

  private var process: Process {
    let context = plan.pod.spec.securityContext
    let image = plan.infraImage
    return Process(cwd: image?.workingDirectory ?? "/").with {
      $0.args = image?.command ?? ["/pause"]
      $0.env = image?.environment
      $0.user = Process.User().with {
        $0.uid = context?.runAsUser.flatMap(UInt32.init(exactly:)) ?? image?.user.uid ?? 0
        $0.gid = context?.runAsGroup.flatMap(UInt32.init(exactly:)) ?? image?.user.gid ?? 0
      }
      $0.capabilities = CapabilitySet(defaultOn: plan.host).process
      $0.noNewPrivileges = true
      if plan.host.canLowerOOMScore { $0.oomScoreAdj = -998 }
    }
  }

  /// The pod's word counts before the defaults.
  private var settings: [String: String] {
    let wanted = Sysctls(plan.pod).settings
    if plan.usesHostNetwork { return wanted }
    var usual = Self.networkSettings
    // Not all groups of the range are there to be named.
    if plan.idRange != nil { usual["net.ipv4.ping_group_range"] = nil }
    if let rootless = plan.host.rootless {
      usual["net.ipv4.ping_group_range"] = "0 \(rootless.ids - 1)"
    }
    return wanted.merging(usual) { wanted, _ in wanted }
  }

  /// containerd's defaults: low ports and `ping` need no right in a network of the pod's own.
  private static let networkSettings = [
    "net.ipv4.ip_unprivileged_port_start": "0",
    "net.ipv4.ping_group_range": "0 2147483647",
  ]
}
