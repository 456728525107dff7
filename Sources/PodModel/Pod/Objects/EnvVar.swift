/// One environment variable: a text, or where to take it from.
public struct EnvVar: KubeObject {
  public var name = ""
  public var value: String?
  public var valueFrom: EnvVarSource?

  public init() {}

  public static let fields: [Field<EnvVar>] = [
    Field("name", \.name, "Name of the variable."),
    Field("value", \.value, "Text; `$(NAME)` stands for a variable set before."),
    Field("valueFrom", \.valueFrom, "Where the text comes from."),
  ]
}

/// Where the value of a variable comes from; one of the five.
public struct EnvVarSource: KubeObject {
  public var fieldRef: ObjectFieldSelector?
  public var resourceFieldRef: ResourceFieldSelector?
  public var configMapKeyRef: KeySelector?
  public var secretKeyRef: KeySelector?
  public var fileKeyRef: FileKeySelector?

  public init() {}

  public static let fields: [Field<EnvVarSource>] = [
    Field("fieldRef", \.fieldRef, "A field of the pod."),
    .later("resourceFieldRef", \.resourceFieldRef, "A request or a limit of a container."),
    Field("configMapKeyRef", \.configMapKeyRef, "A key of a ConfigMap."),
    Field("secretKeyRef", \.secretKeyRef, "A key of a Secret."),
    Field("fileKeyRef", \.fileKeyRef, "A key of a file in a volume."),
  ]
}

/// A field of the pod, by its path.
public struct ObjectFieldSelector: KubeObject {
  public var apiVersion: String?
  public var fieldPath = ""

  public init() {}

  public static let fields: [Field<ObjectFieldSelector>] = [
    Field("apiVersion", \.apiVersion, "Version of the API that the path is written for."),
    Field("fieldPath", \.fieldPath, "Path of the field, `metadata.name` for instance."),
  ]
}

/// A request or limit of a container, divided by a unit.
public struct ResourceFieldSelector: KubeObject {
  public var containerName: String?
  public var resource = ""
  public var divisor: Quantity?

  public init() {}

  public static let fields: [Field<ResourceFieldSelector>] = [
    Field("containerName", \.containerName, "The container; the own one by default."),
    Field("resource", \.resource, "The amount, `limits.cpu` for instance."),
    Field("divisor", \.divisor, "The unit to count in."),
  ]
}

/// A key of a ConfigMap or of a Secret.
public struct KeySelector: KubeObject {
  public var name = ""
  public var key = ""
  public var optional: Bool?

  public init() {}

  public static let fields: [Field<KeySelector>] = [
    Field("name", \.name, "Name of the object."),
    Field("key", \.key, "The key."),
    Field("optional", \.optional, "Do without when object or key is missing."),
  ]
}

/// A key of a file with `KEY=VALUE` lines in a volume.
public struct FileKeySelector: KubeObject {
  public var volumeName = ""
  public var path = ""
  public var key = ""
  public var optional: Bool?

  public init() {}

  public static let fields: [Field<FileKeySelector>] = [
    Field("volumeName", \.volumeName, "The volume."),
    Field("path", \.path, "Path of the file inside the volume."),
    Field("key", \.key, "The key."),
    Field("optional", \.optional, "Do without when file or key is missing."),
  ]
}

/// An object whose every key becomes a variable.
public struct EnvFromSource: KubeObject {
  public var prefix: String?
  public var configMapRef: EnvSource?
  public var secretRef: EnvSource?

  public init() {}

  public static let fields: [Field<EnvFromSource>] = [
    Field("prefix", \.prefix, "Start of every variable's name."),
    Field("configMapRef", \.configMapRef, "A ConfigMap."),
    Field("secretRef", \.secretRef, "A Secret."),
  ]
}

/// The name of a ConfigMap or Secret that variables come from.
public struct EnvSource: KubeObject {
  public var name = ""
  public var optional: Bool?

  public init() {}

  public static let fields: [Field<EnvSource>] = [
    Field("name", \.name, "Name of the object."),
    Field("optional", \.optional, "Do without when the object is missing."),
  ]
}
