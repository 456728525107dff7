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
    Field("state", \.state, "What it does now."),
    Field("lastState", \.lastState, "How its last run ended."),
    Field("ready", \.ready, "Whether it passed its readiness check."),
    Field("started", \.started, "Whether it passed its startup check."),
    Field("restartCount", \.restartCount, "How often it was started again."),
    Field("image", \.image, "Image that it runs."),
    Field("imageID", \.imageID, "Digest of the image."),
    Field("containerID", \.containerID, "Identifier of the runtime."),
    Field("resources", \.resources, "Resources as set."),
    Field("allocatedResources", \.allocatedResources, "Resources as granted."),
    Field("allocatedResourcesStatus", \.allocatedResourcesStatus, "Health of granted devices."),
    Field("volumeMounts", \.volumeMounts, "Mounts as made."),
    Field("user", \.user, "User that it started as."),
    Field("stopSignal", \.stopSignal, "Signal that tells it to stop."),
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
    Field("reason", \.reason, "Why, in one word."),
    Field("message", \.message, "Why, in a sentence."),
  ]
}

/// A container that runs.
public struct ContainerStateRunning: KubeObject {
  public var startedAt: String?

  public init() {}

  public static let fields: [Field<ContainerStateRunning>] = [
    Field("startedAt", \.startedAt, "Since when.")
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
    Field("exitCode", \.exitCode, "Exit status; 128 and the signal's number after a signal."),
    Field("signal", \.signal, "Never filled; see exitCode."),
    Field("reason", \.reason, "Why, in one word."),
    Field("message", \.message, "The container's last words."),
    Field("startedAt", \.startedAt, "When it started."),
    Field("finishedAt", \.finishedAt, "When it ended."),
    Field("containerID", \.containerID, "Identifier of the runtime."),
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
    Field("recursiveReadOnly", \.recursiveReadOnly, "Whether that holds for nested mounts."),
    Field("volumeStatus", \.volumeStatus, "What is known of the volume."),
  ]
}

/// The user that a container started as.
public struct ContainerUser: KubeObject {
  public var linux: LinuxContainerUser?

  public init() {}

  public static let fields: [Field<ContainerUser>] = [
    Field("linux", \.linux, "User and groups.")
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
    Field("supplementalGroups", \.supplementalGroups, "Further group IDs."),
  ]
}
