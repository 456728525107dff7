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
    Field("name", \.name, "Name, unique within the namespace."),
    Field("generateName", \.generateName, "Start of a name that gets five random characters."),
    Field("namespace", \.namespace, "Group of names that the object belongs to."),
    Field("uid", \.uid, "Identifier that no other object ever had."),
    Field("labels", \.labels, "Words to select the object by."),
    Field("annotations", \.annotations, "Notes that nothing selects by."),
    Field("creationTimestamp", \.creationTimestamp, "When the object was created."),
    Field("deletionTimestamp", \.deletionTimestamp, "When the object will be gone at the latest."),
    Field(
      "deletionGracePeriodSeconds", \.deletionGracePeriodSeconds,
      "Seconds between the request to delete and the end."),
    Field("generation", \.generation, "Counts the changes of the spec."),
    Field("resourceVersion", \.resourceVersion, "Mark of the stored version."),
    Field("selfLink", \.selfLink, "No longer filled by any server."),
    Field("finalizers", \.finalizers, "Names that must be removed before the object is."),
    Field("ownerReferences", \.ownerReferences, "Objects that this one belongs to."),
    Field("managedFields", \.managedFields, "Who set which field."),
  ]
}
