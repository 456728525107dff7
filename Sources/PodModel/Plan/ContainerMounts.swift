import OCISpec

/// What a container sees mounted, in the order in which the runtime mounts it.
///
/// containerd's set and order: the kernel's file systems, then the files and volumes of the pod
/// from the shallow to the deep. A volume takes the place of a usual mount at the same path, one
/// at `/dev` that of everything the kernel would have below it.
struct ContainerMounts {
  let plan: Plan
  let container: Container
  let facts: RunFacts

  func all() throws(PlanError) -> [Mount] {
    let chosen = try VolumeBinds(
      plan: plan, container: container, facts: facts
    ).all()
    let places = Set(chosen.map(\.place))
    let binds = chosen + podFiles.filter { !places.contains($0.place) } + lastWords
    let taken = Set(binds.map(\.place))
    let dev = ContainerPath("/dev")
    let usual = kernelMounts.filter { mount in
      let place = ContainerPath(mount.destination)
      return !taken.contains(place) && !(taken.contains(dev) && place.isInside(dev))
    }
    let possible = plan.host.rootless?.mounts(usual, of: plan.pod.spec) ?? usual
    return possible + Self.byDepth(binds).map(\.mount)
  }

  /// What holds others comes before them; otherwise the order stays.
  private static func byDepth(_ binds: [Bind]) -> [Bind] {
    let order = binds.indices.sorted { a, b in
      (binds[a].place.depth, a) < (binds[b].place.depth, b)
    }
    return order.map { binds[$0] }
  }

  /// The files that the pod keeps for all of its containers. The kubelet leaves `/etc/hosts`
  /// writable below a read-only root, containerd makes its own two read-only.
  private var podFiles: [Bind] {
    let paths = plan.paths
    let readOnly = container.securityContext?.readOnlyRootFilesystem == true
    var binds: [Bind] = []
    if plan.hostsFile != nil {
      binds.append(Bind(place: ContainerPath("/etc/hosts"), source: paths.hosts))
    }
    binds += [
      Bind(place: ContainerPath("/etc/hostname"), source: paths.hostname, readOnly: readOnly),
      Bind(place: ContainerPath("/etc/resolv.conf"), source: paths.resolvConf, readOnly: readOnly),
    ]
    let shared = plan.pod.spec.hostIPC == true ? "/dev/shm" : paths.sharedMemory
    binds.append(Bind(place: ContainerPath("/dev/shm"), source: shared))
    return binds
  }

  private var lastWords: [Bind] {
    guard let path = container.terminationMessagePath, !path.isEmpty else { return [] }
    return [Bind(place: ContainerPath(path), source: facts.terminationLog)]
  }

  /// containerd's default mounts, without its `/run` and with the pod's `/dev/shm` left to the
  /// binds.
  private var kernelMounts: [Mount] {
    let writing = container.securityContext?.privileged == true ? "rw" : "ro"
    return Self.basicMounts + [
      Mount(
        destination: "/dev/pts", type: "devpts", source: "devpts",
        options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]),
      Mount(
        destination: "/dev/mqueue", type: "mqueue", source: "mqueue",
        options: ["nosuid", "noexec", "nodev"]),
      Mount(
        destination: "/sys", type: "sysfs", source: "sysfs",
        options: ["nosuid", "noexec", "nodev", writing]),
      Mount(
        destination: "/sys/fs/cgroup", type: "cgroup", source: "cgroup",
        options: ["nosuid", "noexec", "nodev", "relatime", writing]),
    ]
  }

  /// The least that both runtimes work with.
  static let basicMounts = [
    Mount(
      destination: "/proc", type: "proc", source: "proc", options: ["nosuid", "noexec", "nodev"]),
    Mount(
      destination: "/dev", type: "tmpfs", source: "tmpfs",
      options: ["nosuid", "strictatime", "mode=755", "size=65536k"]),
  ]
}
