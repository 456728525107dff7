/// Where on the host the files of one pod lie, and where its cgroups hang.
///
/// All paths are absolute. A plan only names them; whoever runs it makes them.
public struct PlanPaths: Codable, Equatable, Sendable {
  /// The pod's `/etc/hosts`.
  public var hosts: String
  /// The pod's `/etc/hostname`.
  public var hostname: String
  /// The pod's `/etc/resolv.conf`.
  public var resolvConf: String
  /// The folder or tmpfs that is `/dev/shm` in every container of the pod.
  public var sharedMemory: String
  /// What each volume is on the host, by the volume's name.
  public var volumes: [String: String]
  /// The cgroup that holds those of the containers, from the root of the hierarchy.
  public var cgroupParent: String
  /// The root filesystem of the pause container, which holds `/pause`.
  public var pauseRootfs: String

  public init(
    hosts: String, hostname: String, resolvConf: String, sharedMemory: String,
    volumes: [String: String] = [:], cgroupParent: String, pauseRootfs: String
  ) {
    self.hosts = hosts
    self.hostname = hostname
    self.resolvConf = resolvConf
    self.sharedMemory = sharedMemory
    self.volumes = volumes
    self.cgroupParent = cgroupParent
    self.pauseRootfs = pauseRootfs
  }
}
