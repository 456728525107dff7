/// One environment variable: a text, or where to take it from.
public struct EnvVar: KubeObject {
  public var name = ""
  public var value: String?
  public var valueFrom: EnvVarSource?

  public init() {}

  public static let fields: [Field<EnvVar>] = [
    Field("name", \.name, "Name of the variable: printable ASCII without `=`."),
    Field(
      "value", \.value,
      """
      Text of the variable. `$(NAME)` stands for a variable set before, `$$(NAME)` for these \
      very characters.
      """),
    Field(
      "valueFrom", \.valueFrom,
      "Where the text comes from instead; exactly one of the sources."),
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
    Field(
      "fieldRef", \.fieldRef,
      "A field of the pod: its name, its namespace, its addresses, one of its labels."),
    Field("resourceFieldRef", \.resourceFieldRef, "A request or a limit of a container."),
    Field("configMapKeyRef", \.configMapKeyRef, "A key of a ConfigMap."),
    Field("secretKeyRef", \.secretKeyRef, "A key of a Secret."),
    Field(
      "fileKeyRef", \.fileKeyRef,
      "A key of a file with `KEY=VALUE` lines in an emptyDir volume."),
  ]
}

/// A field of the pod, by its path.
public struct ObjectFieldSelector: KubeObject {
  public var apiVersion: String?
  public var fieldPath = ""

  public init() {}

  public static let fields: [Field<ObjectFieldSelector>] = [
    Field(
      "apiVersion", \.apiVersion,
      "Version of the API that the path is written for; `v1` by default."),
    Field(
      "fieldPath", \.fieldPath,
      """
      Path of the field: `metadata.name`, `metadata.labels['app']` or `status.podIP` for \
      instance.
      """),
  ]
}

/// A request or limit of a container, divided by a unit.
public struct ResourceFieldSelector: KubeObject {
  public var containerName: String?
  public var resource = ""
  public var divisor: Quantity?

  public init() {}

  public static let fields: [Field<ResourceFieldSelector>] = [
    Field(
      "containerName", \.containerName,
      "The container; in a variable the own one by default, in a volume it must be said."),
    Field(
      "resource", \.resource,
      """
      The amount: `limits.cpu`, `requests.memory` and so on. A limit that is not set is what \
      the host has.
      """),
    Field(
      "divisor", \.divisor,
      """
      The unit to count in, rounded up; 1 by default. `1m` counts thousandths of a core, \
      `1Mi` mebibytes.
      """),
  ]
}

/// A key of a ConfigMap or of a Secret.
public struct KeySelector: KubeObject {
  public var name = ""
  public var key = ""
  public var optional: Bool?

  public init() {}

  public static let fields: [Field<KeySelector>] = [
    Field("name", \.name, "Name of the object, in the namespace of the pod."),
    Field("key", \.key, "The key whose value is taken."),
    Field(
      "optional", \.optional,
      """
      True leaves the variable out when the object or the key is missing; else the container \
      waits for it.
      """),
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
    Field(
      "volumeName", \.volumeName,
      "Name of an emptyDir volume of the pod; it need not be mounted."),
    Field("path", \.path, "Path of the file inside the volume."),
    Field("key", \.key, "The key whose value is taken."),
    Field(
      "optional", \.optional,
      """
      True leaves the variable out when the file or the key is missing; else the container \
      fails to start.
      """),
  ]
}

/// An object whose every key becomes a variable.
public struct EnvFromSource: KubeObject {
  public var prefix: String?
  public var configMapRef: EnvSource?
  public var secretRef: EnvSource?

  public init() {}

  public static let fields: [Field<EnvFromSource>] = [
    Field("prefix", \.prefix, "What every variable's name begins with, before the key."),
    Field("configMapRef", \.configMapRef, "The ConfigMap whose keys are taken."),
    Field("secretRef", \.secretRef, "The Secret whose keys are taken."),
  ]
}

/// The name of a ConfigMap or Secret that variables come from.
public struct EnvSource: KubeObject {
  public var name = ""
  public var optional: Bool?

  public init() {}

  public static let fields: [Field<EnvSource>] = [
    Field("name", \.name, "Name of the object, in the namespace of the pod."),
    Field(
      "optional", \.optional,
      "True goes on without it when the object is missing; else the container waits for it."),
  ]
}
