import Glibc
import PodModel

/// The volumes of a pod on this host: where each lies, and making it ready.
enum Volumes {
  struct NotReady: Error, CustomStringConvertible {
    var description: String
  }

  /// Where each volume lies, by name.
  static func paths(of pod: Pod, in paths: PodPaths) -> [String: String] {
    var found: [String: String] = [:]
    for volume in pod.spec.volumes {
      found[volume.name] = volume.hostPath?.path ?? paths.volume(volume.name)
    }
    return found
  }

  /// Makes what a pod brings and checks what the host has to have.
  static func prepare(_ pod: Pod, in paths: PodPaths) throws {
    for volume in pod.spec.volumes {
      do {
        if let source = volume.hostPath {
          try check(source)
        } else {
          try makeEmpty(paths.volume(volume.name))
        }
      } catch {
        throw NotReady(
          description: "MountVolume.SetUp failed for volume \"\(volume.name)\": \(error)")
      }
    }
  }

  /// A folder that everybody may write to, as the kubelet makes it, whatever the umask.
  private static func makeEmpty(_ path: String) throws(SyscallError) {
    try Files.makeDirectories(path)
    try checked("chmod", path) { chmod(path, 0o777) }
  }

  private static func check(_ source: HostPathVolumeSource) throws {
    let path = source.path
    switch source.type ?? .unset {
    case .unset:
      // containerd makes the source of a bind mount that is not there.
      if !Files.exists(path) { try Files.makeDirectories(path) }
    case .directoryOrCreate:
      try Files.makeDirectories(path)
    case .fileOrCreate:
      if !Files.exists(path) { try Files.write([], to: path) }
      try expect(path, S_IFREG, "file")
    case .directory: try expect(path, S_IFDIR, "directory")
    case .file: try expect(path, S_IFREG, "file")
    case .socket: try expect(path, S_IFSOCK, "socket file")
    case .charDevice: try expect(path, S_IFCHR, "character device")
    case .blockDevice: try expect(path, S_IFBLK, "block device")
    }
  }

  private static func expect(_ path: String, _ kind: mode_t, _ noun: String) throws {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == kind else {
      throw NotReady(description: "hostPath type check failed: \(path) is not a \(noun)")
    }
  }
}

extension PlanPaths {
  /// Where the parts of `pod` lie, as its plan has to know them.
  init(pod: Pod, paths: PodPaths, pauseRootfs: String) {
    self.init(
      hosts: paths.hosts, hostname: paths.hostname, resolvConf: paths.resolvConf,
      sharedMemory: pod.spec.hostIPC == true ? "/dev/shm" : paths.sharedMemory,
      volumes: Volumes.paths(of: pod, in: paths), cgroupParent: paths.cgroup,
      pauseRootfs: pauseRootfs)
  }
}
