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
    Field(
      "runAsUser", \.runAsUser,
      "User ID of the processes; the image's user by default."),
    Field(
      "runAsGroup", \.runAsGroup,
      "Group ID of the processes; the group of the user in the image, else 0, by default."),
    Field(
      "runAsNonRoot", \.runAsNonRoot,
      "Refuse to start a container as user 0; false by default."),
    Field(
      "supplementalGroups", \.supplementalGroups,
      "Further group IDs of the processes."),
    Field(
      "supplementalGroupsPolicy", \.supplementalGroupsPolicy,
      """
      Whether groups that the image gives the user count, too: `Merge`, the default, says \
      yes, `Strict` no.
      """),
    Field(
      "fsGroup", \.fsGroup,
      "Group ID that owns the files of the pod's volumes, and that every process belongs to."),
    Field(
      "fsGroupChangePolicy", \.fsGroupChangePolicy,
      """
      Whether the files of a volume get their group at each start, which is the default, or \
      only when its root has another.
      """),
    Field("sysctls", \.sysctls, "Kernel settings of the pod's own namespaces."),
    Field("seccompProfile", \.seccompProfile, "System calls that the processes may make."),
    Field(
      "appArmorProfile", \.appArmorProfile,
      "AppArmor profile of the processes, on hosts that have AppArmor."),
    Field(
      "seLinuxOptions", \.seLinuxOptions,
      "SELinux label of the processes, on hosts that have SELinux."),
    Field(
      "seLinuxChangePolicy", \.seLinuxChangePolicy,
      "How volumes get their SELinux label: by a mount option, or file by file."),
    .later(
      "windowsOptions", \.windowsOptions,
      "Settings for Windows, which no pod here can have."),
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
    Field(
      "runAsUser", \.runAsUser,
      "User ID of the process; the pod's, else the image's user by default."),
    Field(
      "runAsGroup", \.runAsGroup,
      "Group ID of the process; the pod's, else that of the user in the image by default."),
    Field(
      "runAsNonRoot", \.runAsNonRoot,
      "Refuse to start as user 0; the pod's choice by default."),
    Field(
      "privileged", \.privileged,
      "Every capability and every device of the host, and no filter; false by default."),
    Field(
      "readOnlyRootFilesystem", \.readOnlyRootFilesystem,
      "Forbid writing to everything but volumes; false by default."),
    Field(
      "allowPrivilegeEscalation", \.allowPrivilegeEscalation,
      """
      Whether set-user-ID programs and file capabilities give more rights than the process \
      began with; true by default.
      """),
    Field(
      "capabilities", \.capabilities,
      "Capabilities to add to the usual ones, and to take away."),
    Field(
      "procMount", \.procMount,
      """
      What of /proc is hidden; `Default` masks what tells of the host. `Unmasked` needs \
      `hostUsers: false`.
      """),
    Field(
      "seccompProfile", \.seccompProfile,
      "System calls that the process may make; the pod's profile by default."),
    Field(
      "appArmorProfile", \.appArmorProfile,
      "AppArmor profile of the process; the pod's by default."),
    Field(
      "seLinuxOptions", \.seLinuxOptions,
      "SELinux label of the process; the pod's by default."),
    .later(
      "windowsOptions", \.windowsOptions,
      "Settings for Windows, which no container here can have."),
  ]
}

/// Capabilities to add to the usual ones and to take away.
public struct Capabilities: KubeObject {
  public var add: [String] = []
  public var drop: [String] = []

  public init() {}

  public static let fields: [Field<Capabilities>] = [
    Field(
      "add", \.add,
      "Capabilities to add, with or without `CAP_` in front; `ALL` for every one."),
    Field("drop", \.drop, "Capabilities to take away; `ALL` for every one."),
  ]
}

/// A kernel setting of the pod's namespaces.
public struct Sysctl: KubeObject {
  public var name = ""
  public var value = ""

  public init() {}

  public static let fields: [Field<Sysctl>] = [
    Field("name", \.name, "Name of the setting, `net.ipv4.tcp_syncookies` for instance."),
    Field("value", \.value, "Value of the setting, as text."),
  ]
}

/// A seccomp or AppArmor profile.
public struct SecurityProfile: KubeObject {
  public var type: ProfileType?
  public var localhostProfile: String?

  public init() {}

  public static let fields: [Field<SecurityProfile>] = [
    Field(
      "type", \.type,
      """
      Where the profile comes from: `RuntimeDefault`, a file of this host (`Localhost`), or \
      none at all.
      """),
    Field(
      "localhostProfile", \.localhostProfile,
      "Name of the profile on this host; only for `Localhost`, and needed there."),
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
