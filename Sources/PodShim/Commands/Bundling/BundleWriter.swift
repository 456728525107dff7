import Glibc
import OCISpec
import PodModel

/// Writes the bundles of one pod into a folder, for those who want to run them themselves.
///
/// The same manifest gives the same files on the same host: what only a running pod has is a
/// placeholder. Root file systems are left to `run.sh`, which lies beside the bundles.
struct BundleWriter {
  static let pauseName = "pause"
  /// What stands for the process ID of pause while nobody knows it.
  static let placeholder = "PAUSE_PID"

  let pod: Pod
  let directory: String
  private let world: HostPaths
  private let plan: Plan
  private let pausePID: String

  /// - Parameter objects: what the manifest has besides the pod; it wins over what is stored.
  init(
    _ pod: Pod, beside objects: [any NamedObject] = [], host: HostFacts, world: HostPaths,
    directory: String, pausePID: String?
  ) throws {
    let identified = pod.with {
      // Nobody gives it another one here.
      $0.metadata.uid = pod.metadata.uid ?? "00000000-0000-0000-0000-000000000000"
    }
    self.pod = identified
    self.directory = directory
    self.world = world
    self.pausePID = pausePID ?? BundleWriter.placeholder
    var plan = Plan(
      pod: identified, host: host, paths: BundleWriter.paths(identified, in: directory))
    plan.objects = try ReferencedObjects.read(for: pod, from: ObjectStore(host: world))
      .over(by: objects)
    plan.hostAddresses = [HostAddress.find()].compactMap { $0 }
    self.plan = plan
  }

  private static func paths(_ pod: Pod, in directory: String) -> PlanPaths {
    var volumes: [String: String] = [:]
    for volume in pod.spec.volumes {
      volumes[volume.name] = volume.hostPath?.path ?? "\(directory)/volumes/\(volume.name)"
    }
    return PlanPaths(
      hosts: directory + "/hosts", hostname: directory + "/hostname",
      resolvConf: directory + "/resolv.conf",
      sharedMemory: pod.spec.hostIPC == true ? "/dev/shm" : directory + "/shm",
      volumes: volumes,
      cgroupParent: "/podshim-\(pod.metadata.namespace ?? "default")-\(pod.metadata.name)",
      pauseRootfs: "\(directory)/\(pauseName)/rootfs")
  }

  /// Every container has its folder; pause's must be free.
  func write() throws {
    if let rejection = plan.rejection {
      throw CommandError("\(rejection.reason): \(rejection.message)")
    }
    guard pod.spec.hostUsers != false else {
      throw CommandError(
        "user IDs of its own (`hostUsers: false`) are given to a pod that runs: `bundle` cannot "
          + "write this one")
    }
    let containers = pod.spec.initContainers + pod.spec.containers
    guard !containers.contains(where: { $0.name == BundleWriter.pauseName }) else {
      throw CommandError("a container may not be called `pause`: its bundle would be the sandbox's")
    }
    try writeShared()
    try writePause()
    var roots: [RunScript.Root] = []
    for container in containers {
      if let image = try writeContainer(container) {
        roots.append(RunScript.Root(container: container.name, image: image))
      }
    }
    let script = RunScript(pod: pod, cgroupParent: plan.paths.cgroupParent, roots: roots)
    try Files.replace("\(directory)/run.sh", with: Array(script.text.utf8), mode: 0o755)
  }

  private func writeShared() throws {
    try Files.makeDirectories(directory)
    try Files.writeText(plan.hostsFile ?? "", to: plan.paths.hosts)
    try Files.writeText(plan.hostnameFile, to: plan.paths.hostname)
    try Files.writeText(plan.resolvConf, to: plan.paths.resolvConf)
    var folders = pod.spec.volumes.filter { $0.hostPath == nil }.map {
      "\(directory)/volumes/\($0.name)"
    }
    if pod.spec.hostIPC != true { folders.append(plan.paths.sharedMemory) }
    for folder in folders {
      try Files.makeDirectories(folder)
      // As the kubelet makes an emptyDir, whatever the umask.
      try checked("chmod", folder) { chmod(folder, 0o777) }
    }
    var contents = VolumeContents(plan: plan, host: world)
    try contents.write()
    for warning in plan.warnings { Output.complain("Warning: \(warning)") }
  }

  private func writePause() throws {
    let rootfs = plan.paths.pauseRootfs
    for name in ["proc", "dev", "sys", "etc"] { try Files.makeDirectories("\(rootfs)/\(name)") }
    // A container that shares the PID namespace can reach it: never the installed file.
    try Files.replace(rootfs + "/pause", with: Files.read("/proc/self/exe"), mode: 0o755)
    let config = try JSON.pretty(plan.sandbox())
    try Files.replace("\(directory)/\(BundleWriter.pauseName)/config.json", with: config)
  }

  /// Nobody writes to the volumes yet: a link is as good as a mount.
  private func link(_ part: SubPath, in folder: String) throws {
    guard let volume = plan.paths.volumes[part.volume] else { return }
    let path = "\(volume)/\(part.path)"
    if !Files.exists(path) { try VolumeFolder(volume).makeFolders(part.path) }
    try Files.makeDirectories(folder)
    try Files.remove("\(folder)/\(part.index)")
    try Files.symlink(path, at: "\(folder)/\(part.index)")
  }

  /// An image that says nothing.
  private static let noImage = ImageFacts(
    config: ImageConfig(architecture: "", os: "linux", rootfs: .init(diff_ids: [])))

  /// Answers the container's image, if the store has it.
  private func writeContainer(_ container: Container) throws -> StoredImage? {
    let bundle = "\(directory)/\(container.name)"
    try Files.makeDirectories(bundle + "/rootfs")
    let lastWords = bundle + "/termination-log"
    try Files.write([], to: lastWords)
    try checked("chmod", lastWords) { chmod(lastWords, 0o666) }
    let images = ImageStore(root: world.root)
    let image = try images.find(ImageReference(container.image))
    if let image {
      try images.prepare(image)
    } else {
      Output.complain(
        "Warning: image `\(container.image)` is not in the store: what it says of command, "
          + "environment and user is missing in `\(container.name)`")
    }
    let facts = try image.map(LayerFiles.facts) ?? BundleWriter.noImage
    let run = RunFacts(
      terminationLog: lastWords, subPaths: bundle + "/sub-paths",
      seccomp: try plan.localSeccompProfile(of: container).map {
        try SeccompFile.read($0, for: container.name, in: world)
      })
    for part in try plan.subPaths(of: container) {
      try link(part, in: run.subPaths)
    }
    let spec = try plan.container(
      container.name, image: facts, pausePID: pausePID, facts: run)
    try Files.replace(bundle + "/config.json", with: JSON.pretty(spec))
    return image
  }
}
