/// Several sources in one directory.
public struct ProjectedVolumeSource: KubeObject {
  public var sources: [VolumeProjection] = []
  public var defaultMode: Int?

  public init() {}

  public static let fields: [Field<ProjectedVolumeSource>] = [
    Field("sources", \.sources, "The sources, one after the other."),
    Field("defaultMode", \.defaultMode, "Mode of the files."),
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
    Field("serviceAccountToken", \.serviceAccountToken, "A token of the service account."),
    .later("clusterTrustBundle", \.clusterTrustBundle, "Certificates that the cluster trusts."),
    .later("podCertificate", \.podCertificate, "A certificate made for the pod."),
  ]
}

/// The keys of a ConfigMap or Secret inside a projected volume.
public struct ObjectProjection: KubeObject {
  public var name = ""
  public var items: [KeyToPath] = []
  public var optional: Bool?

  public init() {}

  public static let fields: [Field<ObjectProjection>] = [
    Field("name", \.name, "Name of the object."),
    Field("items", \.items, "The keys to show; all of them by default."),
    Field("optional", \.optional, "Do without when the object or a key is missing."),
  ]
}

/// Fields of the pod inside a projected volume.
public struct DownwardAPIProjection: KubeObject {
  public var items: [DownwardAPIVolumeFile] = []

  public init() {}

  public static let fields: [Field<DownwardAPIProjection>] = [
    Field("items", \.items, "The files.")
  ]
}

/// A token inside a projected volume.
public struct ServiceAccountTokenProjection: KubeObject {
  public var audience: String?
  public var expirationSeconds: Int?
  public var path = ""

  public init() {}

  public static let fields: [Field<ServiceAccountTokenProjection>] = [
    Field("audience", \.audience, "Who the token is for."),
    Field("expirationSeconds", \.expirationSeconds, "Seconds that the token is good for."),
    Field("path", \.path, "Path of the file inside the volume."),
  ]
}
