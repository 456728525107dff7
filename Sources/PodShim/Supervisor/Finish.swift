import Glibc
import PodModel

/// The end of a pod: nothing of it runs any more.
extension Supervisor {
  func finish(deleted: Bool) {
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
  /// The name is given up last: a removal that is interrupted can be asked for again.
  static func removeRecords(_ paths: PodPaths, _ pod: Pod) throws {
    let namespace = pod.metadata.namespace ?? "default"
    for folder in [paths.state, paths.data] {
      try unmountAll(below: folder)
    }
    try Cgroup.remove(paths.cgroup)
    try Files.removeTree(paths.state)
    try Files.removeTree(paths.logs(namespace: namespace, name: pod.metadata.name))
    try Files.removeTree(paths.data)
    try NameClaim.release(paths, namespace: namespace, name: pod.metadata.name)
  }

  private static func unmountAll(below folder: String) throws(SyscallError) {
    for entry in try Mount.table().reversed() where entry.path.hasPrefix(folder + "/") {
      try Mount.unmount(entry.path)
    }
  }
}
