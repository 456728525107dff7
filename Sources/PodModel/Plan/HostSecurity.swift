/// What this host has of the kernel's security modules, and what its owner lets pods change.
public struct HostSecurity: Codable, Equatable, Sendable {
  /// The names of the profiles that AppArmor has loaded; nil where it is not enabled.
  public var appArmorProfiles: [String]?
  /// Whether SELinux is enabled.
  public var hasSELinux: Bool
  /// Kernel settings that pods may change beside the safe ones; `kernel.msg*` is all that begin so.
  public var allowedUnsafeSysctls: [String]

  public init(
    appArmorProfiles: [String]? = nil, hasSELinux: Bool = false,
    allowedUnsafeSysctls: [String] = []
  ) {
    self.appArmorProfiles = appArmorProfiles
    self.hasSELinux = hasSELinux
    self.allowedUnsafeSysctls = allowedUnsafeSysctls
  }
}
