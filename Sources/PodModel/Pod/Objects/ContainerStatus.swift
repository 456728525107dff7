/// What is known of one container: its state, the one before, and how often it was started.
public struct ContainerStatus: KubeObject {
  public var name = ""
  public var state: ContainerState?
  public var lastState: ContainerState?
  public var ready = false
  public var started: Bool?
  public var restartCount = 0
  public var image = ""
  public var imageID = ""
  public var containerID: String?
  public var resources: ResourceRequirements?
  public var allocatedResources: [String: Quantity] = [:]
  public var allocatedResourcesStatus: [Node] = []
  public var volumeMounts: [VolumeMountStatus] = []
  public var user: ContainerUser?
  public var stopSignal: String?

  public init() {}

  public static let fields: [Field<ContainerStatus>] = [
    Field("name", \.name, "Name of the container."),
    Field("state", \.state, "What the container does now."),
    Field("lastState", \.lastState, "How its run before this one ended."),
    Field(
      "ready", \.ready,
      "Whether it runs and passed its readiness probe, if it has one."),
    Field(
      "started", \.started,
      "Whether it runs and passed its startup probe, if it has one."),
    Field("restartCount", \.restartCount, "How often it was started again."),
    Field("image", \.image, "Image that it runs, by name."),
    Field("imageID", \.imageID, "Image that it runs, by digest."),
    Field(
      "containerID", \.containerID,
      "Identifier that the runtime knows it by, with the runtime's name in front."),
    Field("resources", \.resources, "Requests and limits as they are set now."),
    Field("allocatedResources", \.allocatedResources, "Requests as they were granted."),
    Field(
      "allocatedResourcesStatus", \.allocatedResourcesStatus,
      "Health of devices that were granted."
    ),
    Field("volumeMounts", \.volumeMounts, "Mounts as they were made."),
    Field("user", \.user, "User and groups that the container started as."),
    Field("stopSignal", \.stopSignal, "Signal that tells the container to stop."),
  ]
}

/// Waiting, running or terminated; one of the three is set.
public struct ContainerState: KubeObject {
  public var waiting: ContainerStateWaiting?
  public var running: ContainerStateRunning?
  public var terminated: ContainerStateTerminated?

  public init() {}

  public static let fields: [Field<ContainerState>] = [
    Field("waiting", \.waiting, "Not started yet, or not again."),
    Field("running", \.running, "Running."),
    Field("terminated", \.terminated, "Ended."),
  ]
}

/// A container that was not started yet, or not again.
public struct ContainerStateWaiting: KubeObject {
  public var reason: String?
  public var message: String?

  public init() {}

  public static let fields: [Field<ContainerStateWaiting>] = [
    Field("reason", \.reason, "Why, in one word, `CrashLoopBackOff` for instance."),
    Field("message", \.message, "Why, in a sentence."),
  ]
}

/// A container that runs.
public struct ContainerStateRunning: KubeObject {
  public var startedAt: String?

  public init() {}

  public static let fields: [Field<ContainerStateRunning>] = [
    Field("startedAt", \.startedAt, "Since when, in UTC.")
  ]
}

/// A container that ended.
public struct ContainerStateTerminated: KubeObject {
  public var exitCode = 0
  public var signal: Int?
  public var reason: String?
  public var message: String?
  public var startedAt: String?
  public var finishedAt: String?
  public var containerID: String?

  public init() {}

  public static let fields: [Field<ContainerStateTerminated>] = [
    Field(
      "exitCode", \.exitCode,
      "Exit status of the program; 128 and the signal's number where a signal ended it."),
    Field("signal", \.signal, "Never filled; `exitCode` tells the signal."),
    Field(
      "reason", \.reason,
      "Why, in one word: `Completed`, `Error`, `OOMKilled` and others."),
    Field("message", \.message, "The container's last words, at most 4096 bytes."),
    Field("startedAt", \.startedAt, "When this run began, in UTC."),
    Field("finishedAt", \.finishedAt, "When this run ended, in UTC."),
    Field("containerID", \.containerID, "Identifier that the runtime knew this run by."),
  ]
}

/// A mount as made.
public struct VolumeMountStatus: KubeObject {
  public var name = ""
  public var mountPath = ""
  public var readOnly: Bool?
  public var recursiveReadOnly: RecursiveReadOnly?
  public var volumeStatus: Node?

  public init() {}

  public static let fields: [Field<VolumeMountStatus>] = [
    Field("name", \.name, "Name of the volume."),
    Field("mountPath", \.mountPath, "Path inside the container."),
    Field("readOnly", \.readOnly, "Whether writing is forbidden."),
    Field(
      "recursiveReadOnly", \.recursiveReadOnly,
      "Whether that holds for what is mounted below."),
    Field("volumeStatus", \.volumeStatus, "What is known of the volume itself."),
  ]
}

/// The user that a container started as.
public struct ContainerUser: KubeObject {
  public var linux: LinuxContainerUser?

  public init() {}

  public static let fields: [Field<ContainerUser>] = [
    Field("linux", \.linux, "User and groups of the container's first process.")
  ]
}

/// User and groups of a container's first process.
public struct LinuxContainerUser: KubeObject {
  public var uid = 0
  public var gid = 0
  public var supplementalGroups: [Int] = []

  public init() {}

  public static let fields: [Field<LinuxContainerUser>] = [
    Field("uid", \.uid, "User ID."),
    Field("gid", \.gid, "Group ID."),
    Field("supplementalGroups", \.supplementalGroups, "Group IDs besides that."),
  ]
}
