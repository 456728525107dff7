/// Who a pod acts as: the subject of its tokens. On one host nobody grants it anything.
public struct ServiceAccount: KubeObject {
  public var apiVersion = "v1"
  public var kind = "ServiceAccount"
  public var metadata = ObjectMeta()
  public var secrets: [Node] = []
  public var imagePullSecrets: [LocalObjectReference] = []
  public var automountServiceAccountToken: Bool?

  public init() {}

  public static let fields: [Field<ServiceAccount>] = [
    Field(
      "apiVersion", \.apiVersion,
      "Version of the API that the object is written for; `v1` for a ServiceAccount."
    ).optional,
    Field("kind", \.kind, "What the object is: `ServiceAccount`.").optional,
    Field(
      "metadata", \.metadata,
      "Name, labels and everything else that identifies the account."),
    .cluster("secrets", \.secrets, "Secrets that pods of this account may use."),
    Field(
      "imagePullSecrets", \.imagePullSecrets,
      "Secrets with the passwords of registries, for pods of this account that name none."),
    .cluster(
      "automountServiceAccountToken", \.automountServiceAccountToken,
      "Give every pod of this account a token for the API server.", unless: [false]),
  ]
}
