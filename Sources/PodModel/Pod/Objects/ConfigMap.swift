/// A set of named texts for containers to read.
public struct ConfigMap: KubeObject {
  public var apiVersion = "v1"
  public var kind = "ConfigMap"
  public var metadata = ObjectMeta()
  public var data: [String: String] = [:]
  public var binaryData: [String: Base64] = [:]
  public var immutable: Bool?

  public init() {}

  public static let fields: [Field<ConfigMap>] = [
    Field("apiVersion", \.apiVersion, "Version of the API that the object is written for."),
    Field("kind", \.kind, "What the object is."),
    Field("metadata", \.metadata, "Name, labels and everything else that identifies the object."),
    Field("data", \.data, "The texts by name."),
    Field("binaryData", \.binaryData, "Bytes by name, in base64."),
    Field("immutable", \.immutable, "Forbid changes."),
  ]
}
