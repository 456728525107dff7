/// A taint of a host that a pod does not mind.
public struct Toleration: KubeObject {
  public var key: String?
  public var `operator`: String?
  public var value: String?
  public var effect: String?
  public var tolerationSeconds: Int?

  public init() {}

  public static let fields: [Field<Toleration>] = [
    Field("key", \.key, "Key of the taint; every taint when it is empty."),
    Field("operator", \.operator, "`Equal` compares the value, too; `Exists` only the key."),
    Field("value", \.value, "Value of the taint, for `Equal`."),
    Field("effect", \.effect, "`NoSchedule`, `PreferNoSchedule`, `NoExecute`; any when empty."),
    Field(
      "tolerationSeconds", \.tolerationSeconds,
      "Seconds before a `NoExecute` taint drives the pod out after all; never by default."),
  ]
}
