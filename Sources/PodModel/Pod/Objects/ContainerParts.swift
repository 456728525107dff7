/// A port of a container, and the port of the host that leads to it.
public struct ContainerPort: KubeObject {
  public var name: String?
  public var containerPort = 0
  public var hostPort: Int?
  public var hostIP: String?
  public var `protocol`: PortProtocol?

  public init() {}

  public static let fields: [Field<ContainerPort>] = [
    Field("name", \.name, "Name of the port, unique within the pod."),
    Field("containerPort", \.containerPort, "Number of the port inside the pod."),
    Field("hostPort", \.hostPort, "Port of the host that leads here."),
    Field("hostIP", \.hostIP, "Address of the host to listen on."),
    Field("protocol", \.protocol, "TCP, UDP or SCTP."),
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
    Field("name", \.name, "Name of the volume."),
    Field("mountPath", \.mountPath, "Path inside the container."),
    Field("readOnly", \.readOnly, "Forbid writing."),
    .later(
      "recursiveReadOnly", \.recursiveReadOnly, "Forbid writing below nested mounts, too.",
      unless: [.disabled]),
    .later("subPath", \.subPath, "Path inside the volume.", unless: [""]),
    .later("subPathExpr", \.subPathExpr, "Path inside the volume, with variables.", unless: [""]),
    .later(
      "mountPropagation", \.mountPropagation, "Whether later mounts are seen.",
      unless: [.isolated]),
  ]
}

/// A block volume, and the device node that the container sees.
public struct VolumeDevice: KubeObject {
  public var name = ""
  public var devicePath = ""

  public init() {}

  public static let fields: [Field<VolumeDevice>] = [
    Field("name", \.name, "Name of the volume."),
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
    Field("limits", \.limits, "The most that may be taken."),
    Field("requests", \.requests, "The least that is needed."),
    .cluster("claims", \.claims, "Claims of the pod that are used here."),
  ]
}

/// Whether a change of one resource needs a restart.
public struct ContainerResizePolicy: KubeObject {
  public var resourceName = ""
  public var restartPolicy = ""

  public init() {}

  public static let fields: [Field<ContainerResizePolicy>] = [
    Field("resourceName", \.resourceName, "The resource."),
    Field("restartPolicy", \.restartPolicy, "`NotRequired` or `RestartContainer`."),
  ]
}

/// A rule that restarts a container, or all of them, by exit code.
public struct ContainerRestartRule: KubeObject {
  public var action = ""
  public var exitCodes: ContainerRestartRuleOnExitCodes?

  public init() {}

  public static let fields: [Field<ContainerRestartRule>] = [
    Field("action", \.action, "`Restart` or `RestartAllContainers`."),
    Field("exitCodes", \.exitCodes, "The exit codes that the rule is for."),
  ]
}

/// A set of exit codes.
public struct ContainerRestartRuleOnExitCodes: KubeObject {
  public var `operator` = ""
  public var values: [Int] = []

  public init() {}

  public static let fields: [Field<ContainerRestartRuleOnExitCodes>] = [
    Field("operator", \.operator, "`In` or `NotIn`."),
    Field("values", \.values, "The exit codes."),
  ]
}
