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
    Field(
      "apiVersion", \.apiVersion,
      "Version of the API that the object is written for; `v1` for a Secret."
    ).optional,
    Field("kind", \.kind, "What the object is: `Secret`.").optional,
    Field(
      "metadata", \.metadata,
      "Name, labels and everything else that identifies the Secret."),
    Field(
      "type", \.type,
      """
      What the content is for, `Opaque` by default. Types of `kubernetes.io/` promise \
      certain keys, `tls.crt` and `tls.key` of `kubernetes.io/tls` for instance.
      """),
    Field("data", \.data, "Values by key, in base64, up to 1 MiB all together."),
    Field(
      "stringData", \.stringData,
      """
      Values as plain text, for manifests written by hand: merged over `data` when the \
      object is stored, never shown.
      """),
    Field(
      "immutable", \.immutable,
      """
      True forbids every change of the content; only deleting the object and making another \
      helps.
      """),
  ]
}
