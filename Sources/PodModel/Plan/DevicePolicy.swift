import OCISpec

/// Which device nodes the processes of a container may open.
enum DevicePolicy {
  /// For a volume that is a device, beside the usual ones.
  static func allowing(_ device: VolumeDeviceNode) -> Linux.Resources.DeviceRule {
    Linux.Resources.DeviceRule(
      allow: true, type: device.node.type, major: device.node.major, minor: device.node.minor,
      access: device.readOnly ? "r" : "rwm")
  }

  static let none = Linux.Resources.DeviceRule(allow: false, access: "rwm")

  /// For a privileged container.
  static let all = Linux.Resources.DeviceRule(allow: true, type: .all, access: "rwm")

  /// For any other: what every container finds in `/dev`.
  static let usual =
    [none]
    + [
      (1, 3),  // null
      (1, 5),  // zero
      (1, 7),  // full
      (1, 8),  // random
      (1, 9),  // urandom
      (5, 0),  // tty
      (5, 1),  // console
      (5, 2),  // ptmx
      (136, nil),  // pts/*
    ].map { (node: (major: Int64, minor: Int64?)) in
      Linux.Resources.DeviceRule(
        allow: true, type: .character, major: node.major, minor: node.minor, access: "rwm")
    }
}
