/// What identifies an object: its name, its labels and the marks that the server puts on it.
public struct ObjectMeta: KubeObject {
  public var name = ""
  public var generateName: String?
  public var namespace: String?
  public var uid: String?
  public var labels: [String: String] = [:]
  public var annotations: [String: String] = [:]
  public var creationTimestamp: String?
  public var deletionTimestamp: String?
  public var deletionGracePeriodSeconds: Int?
  public var generation: Int?
  public var resourceVersion: String?
  public var selfLink: String?
  public var finalizers: [String] = []
  public var ownerReferences: [Node] = []
  public var managedFields: [Node] = []

  public init() {}

  public static let fields: [Field<ObjectMeta>] = [
    Field(
      "name", \.name,
      """
      Name, unique among the objects of its kind in the namespace: lower case letters, \
      digits, `-` and `.`, at most 253 of them.
      """
    ).optional,
    Field(
      "generateName", \.generateName,
      "Start of a name for an object without one: five random characters are added."),
    Field(
      "namespace", \.namespace,
      """
      Group of names that the object belongs to; `default` unless the command line says \
      otherwise.
      """),
    Field(
      "uid", \.uid,
      "Identifier that no other object ever had, given when the object is created."),
    Field(
      "labels", \.labels,
      """
      Words to select the object by: a key, perhaps with a domain and a slash in front, and \
      a value of at most 63 characters.
      """),
    Field(
      "annotations", \.annotations,
      "Notes that nothing selects by, up to 256 KiB all together."),
    Field(
      "creationTimestamp", \.creationTimestamp,
      "When the object was created, in UTC."),
    Field(
      "deletionTimestamp", \.deletionTimestamp,
      "When the object will be gone at the latest; set as soon as somebody deletes it."),
    Field(
      "deletionGracePeriodSeconds", \.deletionGracePeriodSeconds,
      "Seconds between the request to delete the object and its end."),
    Field(
      "generation", \.generation,
      "Number of the spec: 1 at first, one more with every change of it."),
    Field(
      "resourceVersion", \.resourceVersion,
      "Mark of the stored version, different after every change of any kind."),
    Field(
      "selfLink", \.selfLink,
      "Address of the object in old versions of the API; no server fills it any more."),
    Field(
      "finalizers", \.finalizers,
      """
      Names that others put here; a cluster deletes the object only after they took them \
      away.
      """),
    Field(
      "ownerReferences", \.ownerReferences,
      "Objects that this one belongs to, and goes with."),
    Field(
      "managedFields", \.managedFields,
      "Which program set which field, as server-side apply notes it."),
  ]
}
