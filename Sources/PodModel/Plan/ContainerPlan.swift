import OCISpec

/// The bundle of one container, as containerd would write it for the kubelet.
///
/// It joins what the pod shares and says nothing that would change it for the others: no host
/// name, no kernel setting.
struct ContainerPlan {
  let plan: Plan
  let container: Container
  let run: Int
  let image: ImageFacts
  let pausePID: String
  let targetPID: String?
  let facts: RunFacts

  func spec() throws(PlanError) -> Spec {
    var spec = Spec()
    spec.root = Root(path: "rootfs")
    if context.readOnlyRootFilesystem == true { spec.root?.readonly = true }
    spec.mounts = try ContainerMounts(
      plan: plan, container: container, facts: facts
    ).all()
    spec.process = try process()
    spec.annotations = plan.annotations(type: "container")
    spec.annotations?["io.kubernetes.container.name"] = container.name
    spec.linux = try linux()
    spec.ociVersion = spec.requiredVersion
    return spec
  }

  private var context: SecurityContext { container.securityContext ?? SecurityContext() }

  private var isPrivileged: Bool { context.privileged == true }

  private func process() throws(PlanError) -> Process {
    let environment = try ContainerEnvironment(of: container, in: plan, image: image)
    var process = Process(cwd: directory)
    if container.tty == true { process.terminal = true }
    let user = try ProcessUser(of: container, in: plan.pod, image: image)
    try plan.host.rootless?.check(user, of: container.name)
    process.user = user.process
    process.args = try arguments(Expansion(variables: environment.declared))
    process.env = environment.entries
    process.capabilities = try CapabilitySet(of: container, on: plan.host).process
    if context.allowPrivilegeEscalation == false { process.noNewPrivileges = true }
    process.apparmorProfile = try AppArmorProfile(of: container, in: plan.pod)
      .name(for: container.name, on: plan.host)
    process.selinuxLabel = label?.process
    process.oomScoreAdj = OOMScore(of: container, in: plan.pod, on: plan.host).granted
    return process
  }

  private var directory: String {
    let wanted = container.workingDir ?? ""
    if !wanted.isEmpty { return wanted }
    let usual = image.config.config?.WorkingDir ?? ""
    return usual.isEmpty ? "/" : usual
  }

  /// A command replaces the image's entrypoint and its arguments, arguments alone only the latter.
  private func arguments(_ expansion: Expansion) throws(PlanError) -> [String] {
    var command = container.command.map(expansion.expand)
    var arguments = container.args.map(expansion.expand)
    if command.isEmpty {
      if arguments.isEmpty { arguments = image.config.config?.Cmd ?? [] }
      let entrypoint = image.config.config?.Entrypoint ?? []
      if entrypoint != [""] { command = entrypoint }
    }
    if command.isEmpty, arguments.isEmpty {
      throw .creation(
        "no command specified: the image names none, write `command` in container "
          + "`\(container.name)`")
    }
    return command + arguments
  }

  private func linux() throws(PlanError) -> Linux {
    let filter = try systemCalls()
    let devices = try volumeDevices()
    return Linux().with {
      $0.uidMappings = plan.idRange?.mappings
      $0.gidMappings = plan.idRange?.mappings
      $0.seccomp = filter
      $0.mountLabel = label?.mounts
      $0.namespaces = PodNamespaces(plan.pod.spec, host: plan.host)
        .ofContainer(pausePID: pausePID, targetPID: targetPID, isPrivileged: isPrivileged)
      $0.cgroupsPath = "\(plan.paths.cgroupParent)/\(cgroup)"
      $0.resources = Linux.Resources().with {
        $0.devices =
          isPrivileged
          ? [DevicePolicy.all] : DevicePolicy.usual + devices.map(DevicePolicy.allowing)
        ContainerResources(of: container, in: plan.pod.spec, on: plan.host).apply(to: &$0)
      }
      let nodes = (isPrivileged ? plan.host.devices ?? [] : []) + devices.map(\.node)
      if !nodes.isEmpty { $0.devices = nodes }
      $0.rootfsPropagation = container.rootPropagation
      if !isPrivileged, context.procMount != .unmasked {
        $0.maskedPaths = Self.maskedPaths + (plan.host.maskedPaths ?? [])
        $0.readonlyPaths = Self.readonlyPaths
      }
      if plan.host.rootless != nil { $0.forgetCgroup() }
    }
  }

  private var label: SELinuxLabel? {
    SELinuxLabel(of: container, in: plan.pod, on: plan.host)
  }

  private func systemCalls() throws(PlanError) -> Linux.Seccomp? {
    switch SeccompProfile(of: container, in: plan.pod) {
    case .unconfined: return nil
    case .localhost: return facts.seccomp
    case .runtimeDefault:
      let granted = try CapabilitySet(of: container, on: plan.host).granted
      return SeccompDefault.filter(capabilities: granted, on: plan.host)
    }
  }

  /// One for each run: a runtime that deletes a run kills all that it finds in the cgroup, and the
  /// next run may be there by then. No container's name has a `_`.
  private var cgroup: String { run == 0 ? container.name : "\(container.name)_\(run)" }

  private static let maskedPaths = [
    "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys",
    "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug",
    "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap",
  ]

  private static let readonlyPaths = [
    "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger",
  ]
}
