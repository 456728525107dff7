/// A taint of a host that a pod does not mind.
public struct Toleration: KubeObject {
  public var key: String?
  public var `operator`: String?
  public var value: String?
  public var effect: String?
  public var tolerationSeconds: Int?

  public init() {}

  public static let fields: [Field<Toleration>] = [
    Field(
      "key", \.key,
      "Key of the taint; every taint when it is left out and the operator is `Exists`."),
    Field(
      "operator", \.operator,
      "`Equal`, the default, compares the value, too; `Exists` only the key."),
    Field("value", \.value, "Value of the taint, for `Equal`."),
    Field(
      "effect", \.effect,
      "`NoSchedule`, `PreferNoSchedule` or `NoExecute`; any of them when it is left out."),
    Field(
      "tolerationSeconds", \.tolerationSeconds,
      """
      Seconds after which a `NoExecute` taint drives the pod out after all; never by \
      default.
      """),
  ]
}
