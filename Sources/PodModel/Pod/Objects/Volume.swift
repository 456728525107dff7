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
  /// The sources that need storage beyond this host, by name, as written.
  public var remote = RemoteVolumeSources()

  public init() {}

  public static let fields: [Field<Volume>] =
    [
      Field("name", \.name, "Name that volumeMounts refer to."),
      Field("emptyDir", \.emptyDir, "A directory that lives as long as the pod."),
      Field("hostPath", \.hostPath, "A file or directory of the host."),
      .later("configMap", \.configMap, "The keys of a ConfigMap as files."),
      .later("secret", \.secret, "The keys of a Secret as files."),
      .later("downwardAPI", \.downwardAPI, "Fields of the pod as files."),
      .later("projected", \.projected, "Several sources in one directory."),
      .later("image", \.image, "The content of an image."),
    ] + Field.inlined(\.remote)
}

/// A directory that lives as long as the pod.
public struct EmptyDirVolumeSource: KubeObject {
  public var medium: String?
  public var sizeLimit: Quantity?

  public init() {}

  public static let fields: [Field<EmptyDirVolumeSource>] = [
    .later("medium", \.medium, "`Memory` keeps the files in memory.", unless: [""]),
    .later("sizeLimit", \.sizeLimit, "The most that the files may take."),
  ]
}

/// A file or directory of the host.
public struct HostPathVolumeSource: KubeObject {
  public var path = ""
  public var type: HostPathType?

  public init() {}

  public static let fields: [Field<HostPathVolumeSource>] = [
    Field("path", \.path, "Path on the host."),
    Field("type", \.type, "What must be there, or is made there."),
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
    Field("name", \.name, "Name of the ConfigMap."),
    Field("items", \.items, "The keys to show; all of them by default."),
    Field("defaultMode", \.defaultMode, "Mode of the files."),
    Field("optional", \.optional, "Do without when the object or a key is missing."),
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
    Field("secretName", \.secretName, "Name of the Secret."),
    Field("items", \.items, "The keys to show; all of them by default."),
    Field("defaultMode", \.defaultMode, "Mode of the files."),
    Field("optional", \.optional, "Do without when the object or a key is missing."),
  ]
}

/// A key, and the file that shows it.
public struct KeyToPath: KubeObject {
  public var key = ""
  public var path = ""
  public var mode: Int?

  public init() {}

  public static let fields: [Field<KeyToPath>] = [
    Field("key", \.key, "The key."),
    Field("path", \.path, "Path of the file inside the volume."),
    Field("mode", \.mode, "Mode of the file."),
  ]
}

/// Fields of the pod as files.
public struct DownwardAPIVolumeSource: KubeObject {
  public var items: [DownwardAPIVolumeFile] = []
  public var defaultMode: Int?

  public init() {}

  public static let fields: [Field<DownwardAPIVolumeSource>] = [
    Field("items", \.items, "The files."),
    Field("defaultMode", \.defaultMode, "Mode of the files."),
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
    Field("path", \.path, "Path of the file inside the volume."),
    Field("fieldRef", \.fieldRef, "A field of the pod."),
    Field("resourceFieldRef", \.resourceFieldRef, "A request or a limit of a container."),
    Field("mode", \.mode, "Mode of the file."),
  ]
}

/// The content of an image as a read-only directory.
public struct ImageVolumeSource: KubeObject {
  public var reference = ""
  public var pullPolicy: PullPolicy?

  public init() {}

  public static let fields: [Field<ImageVolumeSource>] = [
    Field("reference", \.reference, "The image."),
    Field("pullPolicy", \.pullPolicy, "When the image is fetched."),
  ]
}
