/// Users, groups and limits that hold for all containers of a pod.
public struct PodSecurityContext: KubeObject {
  public var runAsUser: Int?
  public var runAsGroup: Int?
  public var runAsNonRoot: Bool?
  public var supplementalGroups: [Int] = []
  public var supplementalGroupsPolicy: SupplementalGroupsPolicy?
  public var fsGroup: Int?
  public var fsGroupChangePolicy: FSGroupChangePolicy?
  public var sysctls: [Sysctl] = []
  public var seccompProfile: SecurityProfile?
  public var appArmorProfile: SecurityProfile?
  public var seLinuxOptions: SELinuxOptions?
  public var seLinuxChangePolicy: SELinuxChangePolicy?
  public var windowsOptions: Node?

  public init() {}

  public static let fields: [Field<PodSecurityContext>] = [
    Field("runAsUser", \.runAsUser, "User ID of the processes."),
    Field("runAsGroup", \.runAsGroup, "Group ID of the processes."),
    Field("runAsNonRoot", \.runAsNonRoot, "Refuse to run as root."),
    Field("supplementalGroups", \.supplementalGroups, "Further groups of the processes."),
    Field(
      "supplementalGroupsPolicy", \.supplementalGroupsPolicy,
      "Whether the image's own groups count."),
    .later("fsGroup", \.fsGroup, "Group that owns the volumes."),
    .later("fsGroupChangePolicy", \.fsGroupChangePolicy, "When volumes change their group."),
    Field("sysctls", \.sysctls, "Settings of the pod's namespaces."),
    Field("seccompProfile", \.seccompProfile, "System calls that are allowed."),
    Field("appArmorProfile", \.appArmorProfile, "AppArmor profile of the processes."),
    Field("seLinuxOptions", \.seLinuxOptions, "SELinux label of the processes."),
    Field("seLinuxChangePolicy", \.seLinuxChangePolicy, "How volumes get their label."),
    .later("windowsOptions", \.windowsOptions, "Settings for Windows alone."),
  ]
}

/// The rights of one container; what is set here wins over the pod's.
public struct SecurityContext: KubeObject {
  public var runAsUser: Int?
  public var runAsGroup: Int?
  public var runAsNonRoot: Bool?
  public var privileged: Bool?
  public var readOnlyRootFilesystem: Bool?
  public var allowPrivilegeEscalation: Bool?
  public var capabilities: Capabilities?
  public var procMount: ProcMount?
  public var seccompProfile: SecurityProfile?
  public var appArmorProfile: SecurityProfile?
  public var seLinuxOptions: SELinuxOptions?
  public var windowsOptions: Node?

  public init() {}

  public static let fields: [Field<SecurityContext>] = [
    Field("runAsUser", \.runAsUser, "User ID of the process."),
    Field("runAsGroup", \.runAsGroup, "Group ID of the process."),
    Field("runAsNonRoot", \.runAsNonRoot, "Refuse to run as root."),
    Field("privileged", \.privileged, "Every right and every device of the host."),
    Field("readOnlyRootFilesystem", \.readOnlyRootFilesystem, "Forbid writing to the image."),
    Field(
      "allowPrivilegeEscalation", \.allowPrivilegeEscalation,
      "Whether set-user-ID programs gain rights."),
    Field("capabilities", \.capabilities, "Capabilities beyond or below the usual ones."),
    Field("procMount", \.procMount, "What of /proc is hidden."),
    Field("seccompProfile", \.seccompProfile, "System calls that are allowed."),
    Field("appArmorProfile", \.appArmorProfile, "AppArmor profile of the process."),
    Field("seLinuxOptions", \.seLinuxOptions, "SELinux label of the process."),
    .later("windowsOptions", \.windowsOptions, "Settings for Windows alone."),
  ]
}

/// Capabilities to add to the usual ones and to take away.
public struct Capabilities: KubeObject {
  public var add: [String] = []
  public var drop: [String] = []

  public init() {}

  public static let fields: [Field<Capabilities>] = [
    Field("add", \.add, "Capabilities to add; `ALL` for every one."),
    Field("drop", \.drop, "Capabilities to take away; `ALL` for every one."),
  ]
}

/// A kernel setting of the pod's namespaces.
public struct Sysctl: KubeObject {
  public var name = ""
  public var value = ""

  public init() {}

  public static let fields: [Field<Sysctl>] = [
    Field("name", \.name, "Name of the setting."),
    Field("value", \.value, "Value of the setting."),
  ]
}

/// A seccomp or AppArmor profile.
public struct SecurityProfile: KubeObject {
  public var type: ProfileType?
  public var localhostProfile: String?

  public init() {}

  public static let fields: [Field<SecurityProfile>] = [
    Field("type", \.type, "Where the profile comes from."),
    Field("localhostProfile", \.localhostProfile, "Name of a profile of this host."),
  ]
}

/// An SELinux label.
public struct SELinuxOptions: KubeObject {
  public var user: String?
  public var role: String?
  public var type: String?
  public var level: String?

  public init() {}

  public static let fields: [Field<SELinuxOptions>] = [
    Field("user", \.user, "User part of the label."),
    Field("role", \.role, "Role part of the label."),
    Field("type", \.type, "Type part of the label."),
    Field("level", \.level, "Level part of the label."),
  ]
}
