import Glibc
import PodModel

/// The end of a pod: nothing of it runs any more.
extension Supervisor {
  func finish(deleted: Bool) {
    if !deleted { tidy("keep the pod's last state") { try snapshot.write(to: paths.lastLife) } }
    tidy("remove the pod's volumes") { try Volumes.tearDown(paths) }
    tidy("remove the pod's cgroups") { try Cgroup.remove(paths.cgroup) }
    if deleted {
      tidy("remove the pod's records") { try PodRemoval.removeRecords(paths, pod) }
    }
    keeper.finish()
    loop.stop()
  }
}

/// Taking away what is left of a pod that does not run: files, mounts, cgroups, its name.
enum PodRemoval {
  /// From the first step on the pod is gone for everybody: whoever finds `paths.removed` goes on.
  static func removeRecords(_ paths: PodPaths, _ pod: Pod) throws {
    let namespace = pod.metadata.namespace ?? "default"
    if Files.exists(paths.manifest) { try Files.rename(paths.manifest, to: paths.removed) }
    try NameClaim.release(paths, namespace: namespace, name: pod.metadata.name)
    try IDRangeClaim.release(paths)
    try NetworkRemoval.run(paths)
    try Files.removeTree(paths.logs(of: pod))
    try removeFolders(paths)
  }

  /// What is left of a pod whose removal was interrupted.
  static func resume(_ paths: PodPaths) throws {
    if let bytes = try? Files.read(paths.removed) {
      return try removeRecords(paths, Pod.stored(bytes, file: paths.removed))
    }
    try removeFolders(paths)
  }

  private static func removeFolders(_ paths: PodPaths) throws {
    try Volumes.tearDown(paths)
    for folder in [paths.state, paths.data] {
      try unmountAll(below: folder)
    }
    try Cgroup.remove(paths.cgroup)
    try Files.removeTree(paths.state)
    try Files.removeTree(paths.data)
  }

  private static func unmountAll(below folder: String) throws(SyscallError) {
    for entry in try Mount.table().reversed() where entry.path.hasPrefix(folder + "/") {
      try Mount.unmount(entry.path)
    }
  }
}
