public import OCISpec

/// What only the host knows of one run of a container, and no other run shares.
public struct RunFacts: Equatable, Sendable {
  /// The file that collects the container's last words.
  public var terminationLog: String
  /// The folder in which each `SubPath` of the run is mounted, under its number.
  public var subPaths: String
  /// The volumes that are block devices, by the volume's name; the path of a node does not count.
  public var devices: [String: Linux.Device]
  /// What `Plan.localSeccompProfile(of:)` says, when it names one.
  public var seccomp: Linux.Seccomp?

  public init(
    terminationLog: String, subPaths: String, devices: [String: Linux.Device] = [:],
    seccomp: Linux.Seccomp? = nil
  ) {
    self.terminationLog = terminationLog
    self.subPaths = subPaths
    self.devices = devices
    self.seccomp = seccomp
  }
}
