import Glibc
import PodModel

/// A folder that begins empty and lives as long as the pod: it outlives containers and sandboxes.
///
/// On disk, or a file system in memory, which is one for all containers of the pod.
struct EmptyDirVolume: HostedVolume {
  let path: String
  let source: EmptyDirVolumeSource
  let pod: Pod

  func setUp() throws {
    // As the kubelet makes it: for everybody, whatever the umask.
    try Files.makeDirectory(path, exactly: 0o777)
    if !Mount.isPoint(path) {
      try mount(EmptyDirMedium(of: source, in: pod.spec, memory: HostCapacity.memory))
    }
    try VolumeOwnership(of: pod)?.apply(to: path, .onRootMismatch)
  }

  private func mount(_ medium: EmptyDirMedium) throws(SyscallError) {
    switch medium {
    case .disk:
      return
    case .memory(let size):
      do throws(SyscallError) {
        // What is kept in memory is meant to stay there.
        try Mount.tmpfs(at: path, options: ["size=\(size)", "noswap"])
      } catch {
        // Linux before 6.4 does not know it.
        guard error.errno == EINVAL else { throw error }
        try Mount.tmpfs(at: path, options: ["size=\(size)"])
      }
    case .hugePages(let page, let size):
      let bound = size.map { ["size=\($0)"] } ?? []
      try Mount.hugePages(at: path, pageSize: page, options: ["mode=1777"] + bound)
    }
  }
}
