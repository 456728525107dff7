import Glibc
import OCISpec
import PodModel

/// The bundle of one run of a container: a root file system over the image's layers, and the
/// `config.json` that its pod's plan decided. All but one number of it can be made while the
/// runtime still makes pause: `lay` does that, and `join` the rest.
struct ContainerBundle {
  let path: String
  private var spec: Spec
  /// What the files of a pod with IDs of its own are shown by.
  private let owned: OwnedTrees?

  /// Whom the container's first process is started as, by the host's IDs.
  var owner: (uid: uid_t, gid: gid_t) {
    guard let range = owned?.range else { return (user.uid, user.gid) }
    return (range.onHost(user.uid), range.onHost(user.gid))
  }

  /// The same by the container's.
  var user: Identity.User {
    let user = spec.process?.user
    return Identity.User(
      uid: user?.uid ?? 0, gid: user?.gid ?? 0, groups: user?.additionalGids ?? [])
  }

  /// Lays everything out that needs no pause.
  static func lay(
    _ container: Container, _ instance: Instance, image: StoredImage, plan: Plan, paths: PodPaths,
    targetPID: String? = nil
  ) throws -> ContainerBundle {
    let path = paths.bundle(instance.container, run: instance.run)
    let writable = paths.writable(instance.container, run: instance.run)
    let rootfs = path + "/rootfs"
    let owned = try showRoot(of: image, instance, to: plan.idRange, paths: paths)
    let messages = try TerminationMessage.prepare(writable)
    var plan = plan
    plan.objects.files = try EnvironmentFiles.read(
      container.environmentFiles, volumes: plan.paths.volumes)
    let facts = ImageFacts(
      config: image.config, passwd: try text("etc/passwd", in: rootfs),
      group: try text("etc/group", in: rootfs))
    let run = RunFacts(
      terminationLog: messages, subPaths: path + Self.subPaths,
      devices: Volumes(pod: plan.pod, paths: paths).devices(of: container),
      seccomp: try plan.localSeccompProfile(of: container).map {
        try SeccompFile.read($0, for: container.name, in: paths.host)
      })
    try mountParts(of: container, plan: plan, in: run.subPaths)
    let spec = try plan.container(
      container.name, run: instance.run, image: facts, pausePID: "", targetPID: targetPID,
      facts: run)
    return ContainerBundle(path: path, spec: spec, owned: owned)
  }

  /// Shows an image at `rootfs`, with room above it for what is written.
  @discardableResult
  static func showRoot(
    of image: StoredImage, _ instance: Instance, to range: IDRange?, paths: PodPaths
  ) throws -> OwnedTrees? {
    let path = paths.bundle(instance.container, run: instance.run)
    let writable = paths.writable(instance.container, run: instance.run)
    try Files.makeDirectories(path)
    let owned = try range.map { try OwnedTrees($0, below: ownedTrees(path)) }
    let form = try Rootfs.make(
      image, in: ImageStore(root: paths.host.root), upper: writable + "/upper",
      work: writable + "/work", at: path + "/rootfs", owned: owned)
    if case .copy(let refusal) = form { Diagnostics.report("no overlay here, copied: \(refusal)") }
    return owned
  }

  private static let subPaths = "/sub-paths"
  private static func ownedTrees(_ bundle: String) -> String { bundle + "/owned" }

  /// Mounts the parts of volumes that the container shows; volumes that there are not are told of
  /// by the plan.
  private static func mountParts(
    of container: Container, plan: Plan, in folder: String
  ) throws {
    try MountSharing(container: container, volumes: plan.paths.volumes).check()
    for part in try plan.subPaths(of: container) {
      guard let volume = plan.paths.volumes[part.volume] else { continue }
      try SubPathMount(subPath: part, container: container.name).make(of: volume, in: folder)
    }
  }

  /// Has the container join the namespaces of this pause: after that it can be run.
  mutating func join(pausePID: String) throws {
    spec.join(pausePID: pausePID)
    try ownMounts()
    try Files.write(try JSON.pretty(spec), to: path + "/config.json")
  }

  /// Has every file and folder that is bound into the container belong to the pod's IDs there.
  private mutating func ownMounts() throws {
    guard let owned else { return }
    for (index, mount) in (spec.mounts ?? []).enumerated() where mount.type == "bind" {
      // Everybody may write to the pod's shared memory.
      guard let source = mount.source, mount.destination != "/dev/shm" else { continue }
      spec.mounts?[index].source = try owned.add(source, as: "mount-\(index)")
    }
  }

  /// A file of the image, empty when it has none; a link in it leads nowhere outside.
  private static func text(_ name: String, in rootfs: String) throws(SyscallError) -> String {
    let root = try FileDescriptor.open(rootfs, FileDescriptor.pathOnly | O_DIRECTORY)
    do throws(SyscallError) {
      let file = try FileDescriptor.open(name, O_RDONLY, in: root.raw, resolution: .inRoot)
      return String(decoding: try file.readAll(), as: UTF8.self)
    } catch {
      if error.errno == ENOENT || error.errno == ENOTDIR { return "" }
      throw error
    }
  }

  /// Takes the bundle and the writable layer away; what is not there is already gone.
  static func remove(_ instance: Instance, paths: PodPaths) throws {
    let path = paths.bundle(instance.container, run: instance.run)
    let writable = paths.writable(instance.container, run: instance.run)
    try Mount.removeAll(in: path + subPaths)
    try Rootfs.remove(upper: writable + "/upper", work: writable + "/work", at: path + "/rootfs")
    try Mount.removeAll(in: ownedTrees(path))
    try Files.removeTree(path)
    try Files.removeTree(writable)
  }
}
