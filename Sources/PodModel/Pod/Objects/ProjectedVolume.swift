/// Several sources in one directory.
public struct ProjectedVolumeSource: KubeObject {
  public var sources: [VolumeProjection] = []
  public var defaultMode: Int?

  public init() {}

  public static let fields: [Field<ProjectedVolumeSource>] = [
    Field(
      "sources", \.sources,
      "The sources; no two of them may have a file of the same path."),
    Field(
      "defaultMode", \.defaultMode,
      "Mode of the files where the item says none; 0644 by default."),
  ]
}

/// One source of a projected volume.
public struct VolumeProjection: KubeObject {
  public var secret: ObjectProjection?
  public var configMap: ObjectProjection?
  public var downwardAPI: DownwardAPIProjection?
  public var serviceAccountToken: ServiceAccountTokenProjection?
  public var clusterTrustBundle: Node?
  public var podCertificate: Node?

  public init() {}

  public static let fields: [Field<VolumeProjection>] = [
    Field("secret", \.secret, "The keys of a Secret."),
    Field("configMap", \.configMap, "The keys of a ConfigMap."),
    Field("downwardAPI", \.downwardAPI, "Fields of the pod."),
    Field(
      "serviceAccountToken", \.serviceAccountToken,
      "A signed token that says who the pod is, renewed before it runs out."),
    .later(
      "clusterTrustBundle", \.clusterTrustBundle,
      "Certificates that a cluster trusts."),
    .later(
      "podCertificate", \.podCertificate,
      "A certificate that a cluster makes for the pod."),
  ]
}

/// The keys of a ConfigMap or Secret inside a projected volume.
public struct ObjectProjection: KubeObject {
  public var name = ""
  public var items: [KeyToPath] = []
  public var optional: Bool?

  public init() {}

  public static let fields: [Field<ObjectProjection>] = [
    Field("name", \.name, "Name of the object, in the namespace of the pod."),
    Field(
      "items", \.items,
      """
      The keys to show, each under a path of its own; all of them under their names by \
      default.
      """),
    Field(
      "optional", \.optional,
      """
      True shows what is there when the object or a key is missing; else the pod waits for \
      it.
      """),
  ]
}

/// Fields of the pod inside a projected volume.
public struct DownwardAPIProjection: KubeObject {
  public var items: [DownwardAPIVolumeFile] = []

  public init() {}

  public static let fields: [Field<DownwardAPIProjection>] = [
    Field("items", \.items, "The files, and what each of them shows.")
  ]
}

/// A token inside a projected volume.
public struct ServiceAccountTokenProjection: KubeObject {
  public var audience: String?
  public var expirationSeconds: Int?
  public var path = ""

  public init() {}

  public static let fields: [Field<ServiceAccountTokenProjection>] = [
    Field("audience", \.audience, "Who the token is for, and who else must refuse it."),
    Field(
      "expirationSeconds", \.expirationSeconds,
      "Seconds that the token is good for, at least 600; 3600 by default."),
    Field("path", \.path, "Path of the file inside the volume, without `..`."),
  ]
}
