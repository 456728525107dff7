import Glibc
import OCISpec
import PodModel

/// Setting up and taking down what the containers of a pod share: straight-line work, with one
/// wait for the runtime in the middle.
extension Supervisor {
  /// No container can have this name: it is no DNS label.
  static let pauseName = "_pause"

  func startSandbox(_ run: Int) {
    guard let name = settings.infraImage else { return makeSandbox(run) }
    obtainInfraImage(name, for: run) { [unowned self] result in
      switch result {
      case .success(let image): makeSandbox(run, of: image)
      case .failure(let failure):
        let message = "failed to get sandbox image \(name.quoted): \(failure.message)"
        tell(.sandboxFailed(run: run, message: message))
      }
    }
  }

  private func makeSandbox(_ run: Int, of image: StoredImage? = nil) {
    do {
      clearPause(run)
      if run == 0 { warn() }
      try readObjects()
      try claimIDs()
      try bindHostPorts()
      try beginNetwork()
      try prepareFiles(run)
      try image.map { try showInfraImage($0, run) }
      try startPause(run)
    } catch let error as Volumes.NotReady {
      tell(.volumesFailed(run: run, message: "\(error)"))
    } catch {
      tell(.sandboxFailed(run: run, message: "\(error)"))
    }
  }

  /// What a container does without on this host is said once.
  private func warn() {
    if plan.host.rootless?.ids == 1 {
      let message =
        "There is one user ID alone, 0, and images belong to it whole: a line for this user in "
        + "/etc/subuid and /etc/subgid, and the package uidmap, give more"
      EventLog.append(Note(.warning, "NotGivenByHost", message), to: paths)
    }
    for container in pod.spec.initContainers + pod.spec.containers {
      for warning in plan.warnings(about: container) {
        let message = "Container \(container.name) \(warning)"
        EventLog.append(
          Note(.warning, "NotGivenByHost", message, container: container.name), to: paths)
      }
    }
  }

  /// What the pod's containers find on disk, whatever becomes of pause.
  private func prepareFiles(_ run: Int) throws {
    try Files.makeDirectories(paths.data)
    try Files.makeDirectories(paths.bundle(Supervisor.pauseName, run: run))
    try Volumes(pod: pod, paths: paths).setUp()
    try writeVolumes()
    try writeNames()
    for warning in plan.resolverWarnings {
      EventLog.append(Note(.warning, "DNSConfigForming", warning), to: paths)
    }
    try Files.replace(paths.hostname, with: Array(plan.hostnameFile.utf8))
    if pod.spec.hostIPC != true, !Files.exists(paths.sharedMemory) {
      try Files.makeDirectories(paths.sharedMemory)
      try Mount.tmpfs(
        at: paths.sharedMemory, options: ["mode=1777", "size=64m"])
    }
  }

  /// As a container's: the runtime makes in it what it mounts on.
  private func showInfraImage(_ image: StoredImage, _ run: Int) throws {
    let bundle = paths.bundle(Supervisor.pauseName, run: run)
    try ContainerBundle.showRoot(
      of: image, Instance(Supervisor.pauseName, run), to: plan.idRange, paths: paths)
    plan.infraImage = InfraImage(config: image.config, rootfs: bundle + "/rootfs")
  }

  /// What the names in the pod stand for, and who is asked for others.
  func writeNames() throws(SyscallError) {
    plan.neighbours = neighbours
    try Files.replace(paths.hosts, with: Array((plan.hostsFile ?? "").utf8))
    try Files.replace(paths.resolvConf, with: Array(plan.resolvConf.utf8))
  }

  private func startPause(_ run: Int) throws {
    let bundle = paths.bundle(Supervisor.pauseName, run: run)
    try Files.write(try JSON.pretty(plan.sandbox()), to: bundle + "/config.json")
    let id = paths.containerID(Supervisor.pauseName, run: run)
    let creation = Runtime.Creation(
      id: id, bundle: bundle, pidFile: bundle + "/pid", log: bundle + "/runtime.log")
    let position = processes.position
    var pid: pid_t = 0
    // Neither is told of before both are over: what failed is taken away with all that there is.
    let work = Rendezvous(of: 2) { [unowned self] failure in
      if let failure { return tell(.sandboxFailed(run: run, message: failure)) }
      openNetwork(of: pid, run: run) { [unowned self] failure in
        if let failure { return tell(.sandboxFailed(run: run, message: failure)) }
        tell(.sandboxStarted(run: run, addresses: addresses))
      }
    }
    try runRuntime(runtime.run(creation), log: creation.log) { [unowned self] failure in
      if let failure { return work.arrive(failure) }
      do {
        pid = try PidFile.read(creation.pidFile)
        let record = ProcessRecord(run: run, pid: pid, position: position)
        try record.write(to: bundle)
        watchPause(record)
        try limitPod()
        work.arrive()
      } catch {
        work.arrive("\(error)")
      }
    }
    prepareNetwork { work.arrive($0) }
    lookAhead()
  }

  /// Gives the pod's cgroup its limits, and makes what the runtime did not. Before the runtime this
  /// would wait for the kernel's lock, which the keeper holds while it makes the kernel ready.
  private func limitPod() throws {
    guard plan.host.rootless == nil else { return }
    try Cgroup.make(Cgroup.ofAllPods, .ofAllPods(on: plan.host))
    try Cgroup.make(paths.cgroup, plan.cgroup)
    room = plan.cgroup
  }

  /// A pod in the host's network has the host's address.
  private var addresses: [String] {
    pod.spec.hostNetwork == true
      ? [HostAddress.find()].compactMap { $0 } : network?.addresses ?? []
  }

  /// Learns of pause's end, also when it has been already.
  private func watchPause(_ record: ProcessRecord) {
    pause = PidDescriptor(record.pid)
    processes.expect(record.pid, since: record.position) { [unowned self] _, _ in
      pauseEnded(record.run)
    }
  }

  func pauseEnded(_ run: Int) {
    pause = nil
    if let then = whenPauseEnded {
      whenPauseEnded = nil
      then()
    } else {
      tell(.sandboxExited(run: run))
    }
  }

  func removeSandbox(_ run: Int) {
    stopForwarder()
    let work = Rendezvous(of: 2) { [unowned self] _ in tell(.sandboxRemoved(run: run)) }
    closeNetwork { work.arrive() }
    guard let pause else { return removeEndedSandbox(run) { work.arrive() } }
    whenPauseEnded = { [unowned self] in removeEndedSandbox(run) { work.arrive() } }
    pause.signal(SIGKILL)
  }

  private func removeEndedSandbox(_ run: Int, then: @escaping () -> Void) {
    let id = paths.containerID(Supervisor.pauseName, run: run)
    deleteContainer(id, log: paths.bundle(Supervisor.pauseName, run: run) + "/runtime.log") {
      [unowned self] in
      clearAway()
      tidy("remove the sandbox") {
        if Files.exists(paths.sharedMemory) { try? Mount.unmount(paths.sharedMemory) }
        try Files.removeTree(paths.sharedMemory)
        try ContainerBundle.remove(Instance(Supervisor.pauseName, run), paths: paths)
      }
      then()
    }
  }

  /// What a supervisor that was killed while it made this sandbox may have left.
  private func clearPause(_ run: Int) {
    guard Files.exists(paths.bundle(Supervisor.pauseName, run: run)) else { return }
    let id = paths.containerID(Supervisor.pauseName, run: run)
    let delete = runtime.delete(id)
    _ = try? Program(delete[0], delete).run(timeout: .seconds(10))
    tidy("clear the sandbox") {
      try ContainerBundle.remove(Instance(Supervisor.pauseName, run), paths: paths)
    }
  }
}
