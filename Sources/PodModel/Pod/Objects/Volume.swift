/// A directory that containers of the pod can mount; one of the sources gives its content.
public struct Volume: KubeObject {
  public var name = ""
  public var emptyDir: EmptyDirVolumeSource?
  public var hostPath: HostPathVolumeSource?
  public var configMap: ConfigMapVolumeSource?
  public var secret: SecretVolumeSource?
  public var downwardAPI: DownwardAPIVolumeSource?
  public var projected: ProjectedVolumeSource?
  public var image: ImageVolumeSource?
  public var persistentVolumeClaim: PersistentVolumeClaimVolumeSource?
  /// The sources that need storage beyond this host, by name, as written.
  public var remote = RemoteVolumeSources()

  public init() {}

  public static let fields: [Field<Volume>] =
    [
      Field("name", \.name, "Name that volumeMounts refer to, unique within the pod."),
      Field(
        "emptyDir", \.emptyDir,
        """
        A directory that begins empty and lives as long as the pod; what a volume without any \
        source is.
        """),
      Field("hostPath", \.hostPath, "A file or directory of the host."),
      Field(
        "configMap", \.configMap,
        "The keys of a ConfigMap as files, which follow its changes."),
      Field(
        "secret", \.secret,
        "The keys of a Secret as files in memory, which follow its changes."),
      Field(
        "downwardAPI", \.downwardAPI,
        "Fields of the pod as files, which follow its labels and annotations."),
      Field("projected", \.projected, "Several sources in one directory."),
      Field("image", \.image, "The content of an image, read-only."),
      Field(
        "persistentVolumeClaim", \.persistentVolumeClaim,
        "A directory of this host that outlives the pod."),
    ] + Field.inlined(\.remote)
}

/// A directory that lives as long as the pod.
public struct EmptyDirVolumeSource: KubeObject {
  public var medium: String?
  public var sizeLimit: Quantity?

  public init() {}

  public static let fields: [Field<EmptyDirVolumeSource>] = [
    Field(
      "medium", \.medium,
      """
      Where the files are: on disk by default, `Memory` in a tmpfs, `HugePages` or \
      `HugePages-2Mi` in huge pages.
      """),
    Field(
      "sizeLimit", \.sizeLimit,
      "The most that the files may take, `64Mi` for instance; no limit by default."),
  ]
}

/// A file or directory of the host.
public struct HostPathVolumeSource: KubeObject {
  public var path = ""
  public var type: HostPathType?

  public init() {}

  public static let fields: [Field<HostPathVolumeSource>] = [
    Field("path", \.path, "Absolute path on the host; no part of it may be `..`."),
    Field(
      "type", \.type,
      """
      What must be there, or is made there when it ends in `OrCreate`; left empty, nobody \
      looks.
      """),
  ]
}

/// The keys of a ConfigMap as files.
public struct ConfigMapVolumeSource: KubeObject {
  public var name = ""
  public var items: [KeyToPath] = []
  public var defaultMode: Int?
  public var optional: Bool?

  public init() {}

  public static let fields: [Field<ConfigMapVolumeSource>] = [
    Field("name", \.name, "Name of the ConfigMap, in the namespace of the pod."),
    Field(
      "items", \.items,
      """
      The keys to show, each under a path of its own; all of them under their names by \
      default.
      """),
    Field(
      "defaultMode", \.defaultMode,
      "Mode of the files where the item says none; 0644 by default."),
    Field(
      "optional", \.optional,
      """
      True shows what is there when the object or a key is missing; else the pod waits for \
      it.
      """),
  ]
}

/// The keys of a Secret as files.
public struct SecretVolumeSource: KubeObject {
  public var secretName = ""
  public var items: [KeyToPath] = []
  public var defaultMode: Int?
  public var optional: Bool?

  public init() {}

  public static let fields: [Field<SecretVolumeSource>] = [
    Field("secretName", \.secretName, "Name of the Secret, in the namespace of the pod."),
    Field(
      "items", \.items,
      """
      The keys to show, each under a path of its own; all of them under their names by \
      default.
      """),
    Field(
      "defaultMode", \.defaultMode,
      "Mode of the files where the item says none; 0644 by default."),
    Field(
      "optional", \.optional,
      """
      True shows what is there when the object or a key is missing; else the pod waits for \
      it.
      """),
  ]
}

/// A key, and the file that shows it.
public struct KeyToPath: KubeObject {
  public var key = ""
  public var path = ""
  public var mode: Int?

  public init() {}

  public static let fields: [Field<KeyToPath>] = [
    Field("key", \.key, "The key whose value the file holds."),
    Field("path", \.path, "Path of the file inside the volume, without `..`."),
    Field(
      "mode", \.mode,
      "Mode of the file, 0 to 0777; the volume's defaultMode by default."),
  ]
}

/// Fields of the pod as files.
public struct DownwardAPIVolumeSource: KubeObject {
  public var items: [DownwardAPIVolumeFile] = []
  public var defaultMode: Int?

  public init() {}

  public static let fields: [Field<DownwardAPIVolumeSource>] = [
    Field("items", \.items, "The files, and what each of them shows."),
    Field(
      "defaultMode", \.defaultMode,
      "Mode of the files where the item says none; 0644 by default."),
  ]
}

/// A file that shows a field of the pod.
public struct DownwardAPIVolumeFile: KubeObject {
  public var path = ""
  public var fieldRef: ObjectFieldSelector?
  public var resourceFieldRef: ResourceFieldSelector?
  public var mode: Int?

  public init() {}

  public static let fields: [Field<DownwardAPIVolumeFile>] = [
    Field("path", \.path, "Path of the file inside the volume, without `..`."),
    Field(
      "fieldRef", \.fieldRef,
      "A field of the pod: its name, namespace or UID, its labels or annotations."),
    Field(
      "resourceFieldRef", \.resourceFieldRef,
      "A request or a limit of a container, which must be named."),
    Field(
      "mode", \.mode,
      "Mode of the file, 0 to 0777; the volume's defaultMode by default."),
  ]
}

/// The content of an image as a read-only directory.
public struct ImageVolumeSource: KubeObject {
  public var reference = ""
  public var pullPolicy: PullPolicy?

  public init() {}

  public static let fields: [Field<ImageVolumeSource>] = [
    Field("reference", \.reference, "The image: a name with a tag or digest."),
    Field(
      "pullPolicy", \.pullPolicy,
      """
      When the image is fetched: `Always` by default for the tag `latest`, `IfNotPresent` \
      for any other.
      """),
  ]
}

/// A directory of this host that outlives the pod, by the name of the claim.
public struct PersistentVolumeClaimVolumeSource: KubeObject {
  public var claimName = ""
  public var readOnly: Bool?

  public init() {}

  public static let fields: [Field<PersistentVolumeClaimVolumeSource>] = [
    Field("claimName", \.claimName, "Name of the claim, in the namespace of the pod."),
    Field(
      "readOnly", \.readOnly,
      "Forbid writing through every mount of the volume; false by default."),
  ]
}

extension Volume {
  /// It shows objects, fields of the pod or tokens: podshim writes its files, and nobody else.
  public var isWritten: Bool { configMap != nil || isSecretive }

  /// Those whose files no disk should ever hold.
  public var isSecretive: Bool { secret != nil || downwardAPI != nil || projected != nil }

  /// No container may write to it, whatever its mount says.
  public var isReadOnly: Bool {
    isWritten || image != nil || persistentVolumeClaim?.readOnly == true
  }
}
