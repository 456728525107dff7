/// A check of a container that is made again and again.
public struct Probe: KubeObject {
  public var exec: ExecAction?
  public var httpGet: HTTPGetAction?
  public var tcpSocket: TCPSocketAction?
  public var grpc: GRPCAction?
  public var initialDelaySeconds: Int?
  public var timeoutSeconds: Int?
  public var periodSeconds: Int?
  public var successThreshold: Int?
  public var failureThreshold: Int?
  public var terminationGracePeriodSeconds: Int?

  public init() {}

  public static let fields: [Field<Probe>] = [
    Field("exec", \.exec, "Run a program in the container; status 0 is a success."),
    Field(
      "httpGet", \.httpGet,
      "Ask an HTTP server of the pod; any status from 200 to 399 is a success."),
    Field(
      "tcpSocket", \.tcpSocket,
      "Open a TCP connection to the pod; that it opens is a success."),
    Field("grpc", \.grpc, "Ask a gRPC health service of the pod; `SERVING` is a success."),
    Field(
      "initialDelaySeconds", \.initialDelaySeconds,
      "Seconds from the start of the container to the first check; 0 by default."),
    Field(
      "timeoutSeconds", \.timeoutSeconds,
      "Seconds after which a check that has no answer failed; 1 by default."),
    Field(
      "periodSeconds", \.periodSeconds,
      "Seconds from one check to the next; 10 by default."),
    Field(
      "successThreshold", \.successThreshold,
      """
      Successes in a row after which a failed check counts as passed; 1 by default, and \
      always 1 but for readiness.
      """),
    Field(
      "failureThreshold", \.failureThreshold,
      "Failures in a row after which the check counts as failed; 3 by default."),
    Field(
      "terminationGracePeriodSeconds", \.terminationGracePeriodSeconds,
      """
      Seconds that the container gets to end after the failure; the pod's by default. Not \
      for readiness.
      """),
  ]
}

/// What runs when a container has started and before it is stopped.
public struct Lifecycle: KubeObject {
  public var postStart: LifecycleHandler?
  public var preStop: LifecycleHandler?
  public var stopSignal: String?

  public init() {}

  public static let fields: [Field<Lifecycle>] = [
    Field(
      "postStart", \.postStart,
      """
      Runs right after the start, beside the container's program. Until it is through the \
      container does not count as running; when it fails the container is killed.
      """),
    Field(
      "preStop", \.preStop,
      """
      Runs before the container is told to stop, within the grace period; whatever it says, \
      the container is stopped then.
      """),
    Field(
      "stopSignal", \.stopSignal,
      """
      Signal that tells the container to stop, `SIGUSR1` for instance; the image's, else \
      SIGTERM by default. Needs `spec.os.name`.
      """),
  ]
}

/// One hook of a container's life.
public struct LifecycleHandler: KubeObject {
  public var exec: ExecAction?
  public var httpGet: HTTPGetAction?
  public var sleep: SleepAction?
  public var tcpSocket: TCPSocketAction?

  public init() {}

  public static let fields: [Field<LifecycleHandler>] = [
    Field("exec", \.exec, "Run a program in the container."),
    Field("httpGet", \.httpGet, "Ask an HTTP server of the pod."),
    Field("sleep", \.sleep, "Wait for some seconds, without running anything."),
    Field(
      "tcpSocket", \.tcpSocket,
      "Accepted by the API and never carried out: the hook fails."),
  ]
}

/// A program to run in a container.
public struct ExecAction: KubeObject {
  public var command: [String] = []

  public init() {}

  public static let fields: [Field<ExecAction>] = [
    Field(
      "command", \.command,
      "Program and arguments. No shell is involved; `[sh, -c, …]` brings one."
    )
  ]
}

/// An HTTP request.
public struct HTTPGetAction: KubeObject {
  public var path: String?
  public var port: IntOrString = .int(0)
  public var host: String?
  public var scheme: URIScheme?
  public var httpHeaders: [HTTPHeader] = []

  public init() {}

  public static let fields: [Field<HTTPGetAction>] = [
    Field("path", \.path, "Path to ask for; `/` by default."),
    Field("port", \.port, "Number of the port, or its name among the container's ports."),
    Field("host", \.host, "Host to ask; the pod itself by default."),
    Field(
      "scheme", \.scheme,
      "Scheme of the request; `HTTP` by default. With `HTTPS` no certificate is checked."),
    Field("httpHeaders", \.httpHeaders, "Headers to send; one may come several times."),
  ]
}

/// A header of an HTTP request.
public struct HTTPHeader: KubeObject {
  public var name = ""
  public var value = ""

  public init() {}

  public static let fields: [Field<HTTPHeader>] = [
    Field("name", \.name, "Name of the header: letters, digits and `-`."),
    Field("value", \.value, "Value of the header."),
  ]
}

/// A TCP connection to open.
public struct TCPSocketAction: KubeObject {
  public var port: IntOrString = .int(0)
  public var host: String?

  public init() {}

  public static let fields: [Field<TCPSocketAction>] = [
    Field("port", \.port, "Number of the port, or its name among the container's ports."),
    Field("host", \.host, "Host to connect to; the pod itself by default."),
  ]
}

/// A call of a gRPC health service.
public struct GRPCAction: KubeObject {
  public var port = 0
  public var service: String?

  public init() {}

  public static let fields: [Field<GRPCAction>] = [
    Field("port", \.port, "Number of the port, 1 to 65535."),
    Field(
      "service", \.service,
      "Name of the service to ask about; the server as a whole by default."),
  ]
}

/// A time to wait.
public struct SleepAction: KubeObject {
  public var seconds = 0

  public init() {}

  public static let fields: [Field<SleepAction>] = [
    Field("seconds", \.seconds, "Seconds to wait, at most the grace period of the pod.")
  ]
}
