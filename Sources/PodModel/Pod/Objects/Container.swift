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
    Field(
      "name", \.name,
      """
      Name of the container, unique within the pod: lower case letters, digits and `-`, at \
      most 63.
      """),
    Field(
      "image", \.image,
      "Image to run: a name with a tag or digest, `latest` by default."),
    Field(
      "imagePullPolicy", \.imagePullPolicy,
      """
      When the image is fetched: `Always` by default for the tag `latest`, `IfNotPresent` \
      for any other.
      """),
    Field(
      "command", \.command,
      """
      Program and first arguments, instead of the image's ENTRYPOINT. No shell is involved; \
      `$(NAME)` stands for a variable of `env`.
      """),
    Field(
      "args", \.args,
      "Arguments, instead of the image's CMD; `$(NAME)` stands for a variable of `env`."),
    Field(
      "workingDir", \.workingDir,
      "Directory to start in, made where it is missing; the image's by default."),
    Field(
      "ports", \.ports,
      """
      Ports that the container listens on. They are open whether they stand here or not; a \
      name serves probes, a hostPort opens the way from outside.
      """),
    Field(
      "env", \.env,
      "Environment variables; they win over those of `envFrom` and of the image."),
    Field(
      "envFrom", \.envFrom,
      "ConfigMaps and Secrets whose every key becomes a variable; the last one wins."),
    Field(
      "volumeMounts", \.volumeMounts,
      "Volumes of the pod, and where the container sees them."),
    Field(
      "volumeDevices", \.volumeDevices,
      "Volumes of the pod that appear as block devices instead of directories."),
    Field(
      "resources", \.resources,
      "CPU, memory and the like: what the container needs and what it may take at most."),
    Field(
      "resizePolicy", \.resizePolicy,
      "Which resources change while the container runs, and which need a restart."),
    Field(
      "restartPolicy", \.restartPolicy,
      """
      The container's own restart policy, instead of the pod's. `Always` makes an init \
      container a sidecar.
      """),
    Field(
      "restartPolicyRules", \.restartPolicyRules,
      """
      What to do after certain exit codes, instead of what the restart policy says; at most \
      20 rules.
      """),
    Field(
      "livenessProbe", \.livenessProbe,
      "Check that restarts the container after it failed often enough."),
    Field(
      "readinessProbe", \.readinessProbe,
      "Check that says whether the container is ready; a failure restarts nothing."),
    Field(
      "startupProbe", \.startupProbe,
      "Check that holds back the other two until it succeeds, for what is slow to start."),
    Field(
      "lifecycle", \.lifecycle,
      "What runs after the start and before the end, and the signal to stop."),
    Field(
      "terminationMessagePath", \.terminationMessagePath,
      """
      File that the container writes its last words to; `/dev/termination-log` by default, \
      4096 bytes of it are kept.
      """),
    Field(
      "terminationMessagePolicy", \.terminationMessagePolicy,
      """
      `File`, the default, takes the last words from that file; `FallbackToLogsOnError` \
      takes the end of the log when it is empty and the container failed.
      """),
    Field(
      "securityContext", \.securityContext,
      "User, capabilities and other rights; they win over the pod's."),
    Field(
      "stdin", \.stdin,
      """
      Keep the standard input open, for `attach` and `run`; false by default, which reads as \
      its end.
      """),
    Field(
      "stdinOnce", \.stdinOnce,
      "Close the standard input after the first client left; false by default."),
    Field("tty", \.tty, "Give the container a terminal; false by default."),
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
