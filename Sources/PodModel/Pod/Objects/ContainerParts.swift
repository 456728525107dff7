/// A port of a container, and the port of the host that leads to it.
public struct ContainerPort: KubeObject {
  public var name: String?
  public var containerPort = 0
  public var hostPort: Int?
  public var hostIP: String?
  public var `protocol`: PortProtocol?

  public init() {}

  public static let fields: [Field<ContainerPort>] = [
    Field(
      "name", \.name,
      """
      Name of the port, unique within the pod, for probes to refer to; at most 15 \
      characters.
      """),
    Field(
      "containerPort", \.containerPort,
      "Number of the port inside the pod, 1 to 65535."),
    Field("hostPort", \.hostPort, "Port of the host that leads here; none by default."),
    Field("hostIP", \.hostIP, "Address of the host to listen on; every one by default."),
    Field("protocol", \.protocol, "Transport of the port; `TCP` by default."),
  ]
}

/// A directory of the pod, and where the container sees it.
public struct VolumeMount: KubeObject {
  public var name = ""
  public var mountPath = ""
  public var readOnly: Bool?
  public var recursiveReadOnly: RecursiveReadOnly?
  public var subPath: String?
  public var subPathExpr: String?
  public var mountPropagation: MountPropagation?

  public init() {}

  public static let fields: [Field<VolumeMount>] = [
    Field("name", \.name, "Name of a volume of the pod."),
    Field(
      "mountPath", \.mountPath,
      """
      Path inside the container, made where it is missing. No two mounts of a container \
      share one.
      """),
    Field("readOnly", \.readOnly, "Forbid writing; false by default."),
    Field(
      "recursiveReadOnly", \.recursiveReadOnly,
      """
      With `readOnly`, whether nothing that is mounted below can be written either; \
      `Disabled` by default.
      """),
    Field(
      "subPath", \.subPath,
      "Path inside the volume to mount instead of its root. It cannot lead out of the volume."),
    Field(
      "subPathExpr", \.subPathExpr,
      "The same with `$(NAME)` for variables of the container; not together with `subPath`."),
    Field(
      "mountPropagation", \.mountPropagation,
      """
      Whether mounts that are made later show on the other side; `None` by default. \
      `Bidirectional` needs a privileged container.
      """),
  ]
}

/// A block volume, and the device node that the container sees.
public struct VolumeDevice: KubeObject {
  public var name = ""
  public var devicePath = ""

  public init() {}

  public static let fields: [Field<VolumeDevice>] = [
    Field("name", \.name, "Name of a volume of the pod."),
    Field("devicePath", \.devicePath, "Path of the device inside the container."),
  ]
}

/// How much of each resource a container needs and may take.
public struct ResourceRequirements: KubeObject {
  public var limits: [String: Quantity] = [:]
  public var requests: [String: Quantity] = [:]
  public var claims: [Node] = []

  public init() {}

  public static let fields: [Field<ResourceRequirements>] = [
    Field(
      "limits", \.limits,
      """
      The most that may be taken, by resource: `cpu` in cores or thousandths (`500m`), \
      `memory` in bytes (`64Mi`). Above its memory the container is killed.
      """),
    Field(
      "requests", \.requests,
      """
      The least that is needed, by resource; the limit where nothing is said. Requests are \
      shares when everybody wants CPU, and decide who is killed last when memory is short.
      """),
    .cluster("claims", \.claims, "Claims of the pod that are used here."),
  ]
}

/// Whether a change of one resource needs a restart.
public struct ContainerResizePolicy: KubeObject {
  public var resourceName = ""
  public var restartPolicy = ""

  public init() {}

  public static let fields: [Field<ContainerResizePolicy>] = [
    Field("resourceName", \.resourceName, "The resource: `cpu` or `memory`."),
    Field(
      "restartPolicy", \.restartPolicy,
      "`NotRequired`, the default, or `RestartContainer`."),
  ]
}

/// A rule that restarts a container, or all of them, by exit code.
public struct ContainerRestartRule: KubeObject {
  public var action = ""
  public var exitCodes: ContainerRestartRuleOnExitCodes?

  public init() {}

  public static let fields: [Field<ContainerRestartRule>] = [
    Field(
      "action", \.action,
      "`Restart` starts the container again, `RestartAllContainers` all of the pod."),
    Field("exitCodes", \.exitCodes, "The exit codes that the rule is for."),
  ]
}

/// A set of exit codes.
public struct ContainerRestartRuleOnExitCodes: KubeObject {
  public var `operator` = ""
  public var values: [Int] = []

  public init() {}

  public static let fields: [Field<ContainerRestartRuleOnExitCodes>] = [
    Field("operator", \.operator, "`In` for the codes listed, `NotIn` for all others."),
    Field("values", \.values, "Exit codes from 0 to 255, at most 255 of them."),
  ]
}
