/// One container of a pod: an image, what to run in it, and what it sees of the host.
public struct Container: KubeObject {
  public var name = ""
  public var image = ""
  public var imagePullPolicy: PullPolicy?
  public var command: [String] = []
  public var args: [String] = []
  public var workingDir: String?
  public var ports: [ContainerPort] = []
  public var env: [EnvVar] = []
  public var envFrom: [EnvFromSource] = []
  public var volumeMounts: [VolumeMount] = []
  public var volumeDevices: [VolumeDevice] = []
  public var resources: ResourceRequirements?
  public var resizePolicy: [ContainerResizePolicy] = []
  public var restartPolicy: ContainerRestartPolicy?
  public var restartPolicyRules: [ContainerRestartRule] = []
  public var livenessProbe: Probe?
  public var readinessProbe: Probe?
  public var startupProbe: Probe?
  public var lifecycle: Lifecycle?
  public var terminationMessagePath: String?
  public var terminationMessagePolicy: TerminationMessagePolicy?
  public var securityContext: SecurityContext?
  public var stdin: Bool?
  public var stdinOnce: Bool?
  public var tty: Bool?

  public init() {}

  public static let fields: [Field<Container>] = [
    Field("name", \.name, "Name of the container, unique within the pod."),
    Field("image", \.image, "Image to run."),
    Field("imagePullPolicy", \.imagePullPolicy, "When the image is fetched."),
    Field("command", \.command, "Program and first arguments, instead of the image's ENTRYPOINT."),
    Field("args", \.args, "Arguments, instead of the image's CMD."),
    Field("workingDir", \.workingDir, "Directory to start in."),
    Field("ports", \.ports, "Ports that the container listens on."),
    Field("env", \.env, "Environment variables."),
    Field("envFrom", \.envFrom, "Objects whose every key becomes a variable."),
    Field("volumeMounts", \.volumeMounts, "Volumes of the pod, and where they appear."),
    .later("volumeDevices", \.volumeDevices, "Volumes that appear as block devices."),
    Field(
      "resources", \.resources, "Memory, CPU and the like: what is needed and what is the limit."),
    Field("resizePolicy", \.resizePolicy, "Which resources change without a restart."),
    Field(
      "restartPolicy", \.restartPolicy,
      "Its own restart policy; `Always` makes an init container a sidecar."),
    Field("restartPolicyRules", \.restartPolicyRules, "Restarts by exit code."),
    Field("livenessProbe", \.livenessProbe, "Check that restarts the container when it fails."),
    Field("readinessProbe", \.readinessProbe, "Check that tells whether the container is ready."),
    Field("startupProbe", \.startupProbe, "Check that holds back the others until it succeeds."),
    Field("lifecycle", \.lifecycle, "What runs after the start and before the end."),
    Field(
      "terminationMessagePath", \.terminationMessagePath,
      "File that the container writes its last words to."),
    Field(
      "terminationMessagePolicy", \.terminationMessagePolicy,
      "Where the last words come from when the file is empty."),
    Field("securityContext", \.securityContext, "User, capabilities and other rights."),
    Field("stdin", \.stdin, "Keep the standard input open."),
    Field("stdinOnce", \.stdinOnce, "Close the standard input after the first client left."),
    Field("tty", \.tty, "Give the container a terminal."),
  ]
}

/// A container that was added to a running pod to look inside.
public struct EphemeralContainer: KubeObject {
  /// The fields that every container has.
  public var common = Container()
  public var targetContainerName: String?

  public init() {}

  public static let fields: [Field<EphemeralContainer>] =
    Field.inlined(\.common) + [
      Field(
        "targetContainerName", \.targetContainerName,
        "Container whose processes the new one shall see.")
    ]
}
