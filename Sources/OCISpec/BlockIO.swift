extension Linux.Resources {
  /// Weights and limits of block devices.
  public struct BlockIO: SpecObject {
    /// Weight against neighbours on every device, 10 to 1000.
    public var weight: UInt16?
    /// Weight of the container's own tasks against its child cgroups; cgroup v1 only.
    public var leafWeight: UInt16?
    /// Weights on single devices.
    public var weightDevice: [DeviceWeight]?
    /// Most bytes read in a second.
    public var throttleReadBpsDevice: [DeviceThrottle]?
    /// Most bytes written in a second.
    public var throttleWriteBpsDevice: [DeviceThrottle]?
    /// Most reads in a second.
    public var throttleReadIOPSDevice: [DeviceThrottle]?
    /// Most writes in a second.
    public var throttleWriteIOPSDevice: [DeviceThrottle]?

    public init() {}

    /// Weights on one device.
    public struct DeviceWeight: SpecObject {
      /// Major number.
      public var major: Int64
      /// Minor number.
      public var minor: Int64
      /// Weight against neighbours.
      public var weight: UInt16?
      /// Weight of the container's own tasks against its child cgroups; cgroup v1 only.
      public var leafWeight: UInt16?

      public init(major: Int64, minor: Int64) {
        self.major = major
        self.minor = minor
      }
    }

    /// A limit on one device.
    public struct DeviceThrottle: SpecObject {
      /// Major number.
      public var major: Int64
      /// Minor number.
      public var minor: Int64
      /// Bytes or operations in a second, as the list it stands in says.
      public var rate: UInt64?

      public init(major: Int64, minor: Int64, rate: UInt64? = nil) {
        self.major = major
        self.minor = minor
        self.rate = rate
      }
    }
  }
}
