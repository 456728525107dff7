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
    Field(
      "apiVersion", \.apiVersion,
      "Version of the API that the object is written for; `v1` for a ConfigMap."
    ).optional,
    Field("kind", \.kind, "What the object is: `ConfigMap`.").optional,
    Field(
      "metadata", \.metadata,
      "Name, labels and everything else that identifies the ConfigMap."),
    Field(
      "data", \.data,
      """
      Texts by key. A key can become the name of a file: letters, digits, `-`, `_` and `.`. \
      With `binaryData` it may all be 1 MiB.
      """),
    Field(
      "binaryData", \.binaryData,
      "Bytes by key, in base64, for what is no text. No key may stand in `data`, too."),
    Field(
      "immutable", \.immutable,
      """
      True forbids every change of the content; only deleting the object and making another \
      helps.
      """),
  ]
}
