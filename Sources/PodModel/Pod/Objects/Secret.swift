/// A set of named bytes that are nobody else's business.
public struct Secret: KubeObject {
  public var apiVersion = "v1"
  public var kind = "Secret"
  public var metadata = ObjectMeta()
  public var type: String?
  public var data: [String: Base64] = [:]
  public var stringData: [String: String] = [:]
  public var immutable: Bool?

  public init() {}

  public static let fields: [Field<Secret>] = [
    Field("apiVersion", \.apiVersion, "Version of the API that the object is written for."),
    Field("kind", \.kind, "What the object is."),
    Field("metadata", \.metadata, "Name, labels and everything else that identifies the object."),
    Field("type", \.type, "What the secret is for."),
    Field("data", \.data, "Bytes by name, in base64."),
    Field("stringData", \.stringData, "Texts by name, merged over `data`."),
    Field("immutable", \.immutable, "Forbid changes."),
  ]
}
