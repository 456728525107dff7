/// One mount in the container's mount namespace.
public struct Mount: SpecObject {
  /// Path in the container; absolute, or relative to its root since 1.2.0.
  public var destination: String
  /// Filesystem type (`proc`, `tmpfs`, …); a bind mount may leave it out.
  public var type: String?
  /// Device name, or for a bind mount a path on the host, absolute or relative to the bundle.
  public var source: String?
  /// Options as `mount(8)` spells them, one each: `rbind`, `ro`, `size=64m`.
  public var options: [String]?
  /// User ids of an id-mapped mount, read as in `linux.uidMappings`.
  public var uidMappings: [IDMapping]?
  /// Group ids of an id-mapped mount, read as in `linux.gidMappings`.
  public var gidMappings: [IDMapping]?

  public init(
    destination: String, type: String? = nil, source: String? = nil, options: [String]? = nil
  ) {
    self.destination = destination
    self.type = type
    self.source = source
    self.options = options
  }
}

/// A run of user or group ids and where it lies on the host.
public struct IDMapping: SpecObject, Hashable {
  /// First id in the container.
  public var containerID: UInt32
  /// The id on the host that the first one stands for.
  public var hostID: UInt32
  /// How many ids follow each other.
  public var size: UInt32

  public init(containerID: UInt32, hostID: UInt32, size: UInt32) {
    self.containerID = containerID
    self.hostID = hostID
    self.size = size
  }
}
