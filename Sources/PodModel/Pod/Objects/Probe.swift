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
    Field("exec", \.exec, "Run a program in the container."),
    Field("httpGet", \.httpGet, "Ask an HTTP server."),
    Field("tcpSocket", \.tcpSocket, "Open a TCP connection."),
    Field("grpc", \.grpc, "Ask a gRPC health service."),
    Field("initialDelaySeconds", \.initialDelaySeconds, "Seconds to wait after the start."),
    Field("timeoutSeconds", \.timeoutSeconds, "Seconds after which a check has failed."),
    Field("periodSeconds", \.periodSeconds, "Seconds from one check to the next."),
    Field("successThreshold", \.successThreshold, "Successes in a row that count."),
    Field("failureThreshold", \.failureThreshold, "Failures in a row that count."),
    Field(
      "terminationGracePeriodSeconds", \.terminationGracePeriodSeconds,
      "Seconds that the container gets to end after a failure."),
  ]
}

/// What runs when a container has started and before it is stopped.
public struct Lifecycle: KubeObject {
  public var postStart: LifecycleHandler?
  public var preStop: LifecycleHandler?
  public var stopSignal: String?

  public init() {}

  public static let fields: [Field<Lifecycle>] = [
    Field("postStart", \.postStart, "Runs right after the start."),
    Field("preStop", \.preStop, "Runs before the container is told to stop."),
    Field("stopSignal", \.stopSignal, "Signal that tells the container to stop."),
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
    Field("httpGet", \.httpGet, "Ask an HTTP server."),
    Field("sleep", \.sleep, "Wait."),
    Field("tcpSocket", \.tcpSocket, "Accepted by the API, never carried out."),
  ]
}

/// A program to run in a container.
public struct ExecAction: KubeObject {
  public var command: [String] = []

  public init() {}

  public static let fields: [Field<ExecAction>] = [
    Field("command", \.command, "Program and arguments; no shell is involved.")
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
    Field("path", \.path, "Path to ask for."),
    Field("port", \.port, "Number or name of the port."),
    Field("host", \.host, "Host to ask; the pod by default."),
    Field("scheme", \.scheme, "HTTP or HTTPS."),
    Field("httpHeaders", \.httpHeaders, "Headers to send."),
  ]
}

/// A header of an HTTP request.
public struct HTTPHeader: KubeObject {
  public var name = ""
  public var value = ""

  public init() {}

  public static let fields: [Field<HTTPHeader>] = [
    Field("name", \.name, "Name of the header."),
    Field("value", \.value, "Value of the header."),
  ]
}

/// A TCP connection to open.
public struct TCPSocketAction: KubeObject {
  public var port: IntOrString = .int(0)
  public var host: String?

  public init() {}

  public static let fields: [Field<TCPSocketAction>] = [
    Field("port", \.port, "Number or name of the port."),
    Field("host", \.host, "Host to connect to; the pod by default."),
  ]
}

/// A call of a gRPC health service.
public struct GRPCAction: KubeObject {
  public var port = 0
  public var service: String?

  public init() {}

  public static let fields: [Field<GRPCAction>] = [
    Field("port", \.port, "Number of the port."),
    Field("service", \.service, "Name of the service to ask about."),
  ]
}

/// A time to wait.
public struct SleepAction: KubeObject {
  public var seconds = 0

  public init() {}

  public static let fields: [Field<SleepAction>] = [
    Field("seconds", \.seconds, "Seconds to wait.")
  ]
}
