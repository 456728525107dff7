/// A fact about the world, as a life is told it.
///
/// Facts about a container name the run that they belong to, so that late news of an earlier run
/// can be told from news of this one.
public enum Event: Codable, Equatable, Sendable {
  /// This host takes the pod.
  case begun
  /// This host does not take the pod, and why; it may later.
  case unschedulable(message: String)
  /// This host could run the pod, and does not take it: it has failed.
  case rejected(Rejection)
  /// Its manifest was changed: an image, the deadline, a label, an ephemeral container more.
  case updated(LifeSpec)
  /// An object that it reads came, went or was changed: what waits for one looks again.
  case objectsChanged
  /// The images of these containers are here by now.
  case imagesCame(of: [String])
  /// Somebody asked for the pod to go; a later, shorter grace replaces an earlier one.
  case deletionRequested(grace: Duration?)
  /// The pod has taken more of this host than it may, and has to go.
  case evicted(message: String)

  case sandboxStarted(run: Int, addresses: [String])
  /// It could not be made; what there is of it goes with the `removeSandbox` that follows.
  case sandboxFailed(run: Int, message: String)
  /// Its volumes are not there, or not yet; what there is goes as when it could not be made.
  case volumesFailed(run: Int, message: String)
  /// The pause process is gone.
  case sandboxExited(run: Int)
  /// Network, mounts, cgroup and runtime record of the sandbox are gone.
  case sandboxRemoved(run: Int)

  /// A registry is asked for an image that the container runs or mounts.
  case pulling(Instance, image: String)
  /// It gave.
  case pulled(Instance, PulledImage)
  /// The runtime made the container; its process waits to be started.
  case created(Instance, Identity)
  /// The runtime let the container's process go.
  case started(Instance)
  case failed(Instance, Failure)
  case exited(Instance, Exit)
  /// A hook has come to its end, with the reason when it failed.
  case hooked(Instance, Hook, failure: String?)
  case probed(Instance, ProbeKind, ProbeResult)
  /// A change of its resources has come to its end, with the reason when it failed.
  case resized(Instance, failure: String?)
  /// Mounts, cgroup and runtime record of the container are gone.
  case removed(Instance)
}

/// One run of one container, written `web/2`. Runs count from 0.
public struct Instance: Codable, Hashable, Sendable, CustomStringConvertible {
  public var container: String
  public var run: Int

  public init(_ container: String, _ run: Int) {
    self.container = container
    self.run = run
  }

  public var description: String { "\(container)/\(run)" }
}

/// What a container runs, or waits for, at the edges of its life.
public enum Hook: String, Codable, Sendable {
  /// After the start; the containers that follow wait for it.
  case postStart
  /// Before the stop signal, at the cost of the grace.
  case preStop
}

/// What a status shows of a made container.
public struct Identity: Codable, Equatable, Sendable {
  /// `<runtime>://<id>`.
  public var containerID: String
  /// `<repository>@sha256:<hex of the manifest>`.
  public var imageID: String
  /// Whom its first process was started as.
  public var user: User?

  public init(containerID: String, imageID: String, user: User? = nil) {
    self.containerID = containerID
    self.imageID = imageID
    self.user = user
  }

  public struct User: Codable, Equatable, Sendable {
    public var uid: UInt32
    public var gid: UInt32
    /// The primary one among them.
    public var groups: [UInt32]

    public init(uid: UInt32, gid: UInt32, groups: [UInt32]) {
      self.uid = uid
      self.gid = gid
      self.groups = groups
    }
  }
}

/// An image that a registry gave.
public struct PulledImage: Codable, Equatable, Sendable {
  /// As the manifest writes it.
  public var name: String
  public var took: Duration
  /// With the time in which others pulled the same.
  public var tookWithWaiting: Duration
  /// Bytes, as they are transferred.
  public var size: Int64

  public init(name: String, took: Duration, tookWithWaiting: Duration, size: Int64) {
    self.name = name
    self.took = took
    self.tookWithWaiting = tookWithWaiting
    self.size = size
  }
}

/// Why a container could not be made or started.
public struct Failure: Error, Codable, Equatable, Sendable {
  public var stage: Stage
  /// The kubelet's word: `ErrImagePull`, `CreateContainerConfigError`, …
  public var reason: String
  public var message: String
  /// The image that could not be had; nil for the container's own.
  public var image: String?

  public init(_ stage: Stage, reason: String, message: String, image: String? = nil) {
    self.stage = stage
    self.reason = reason
    self.message = message
    self.image = image
  }

  /// How far it got, which decides when and how it is tried again.
  public enum Stage: String, Codable, Sendable {
    /// No image: looked at again with the next sync, pulled again with the pull back-off.
    case image
    /// No bundle: tried again with the next sync. What there is of it is found by the next
    /// `create` of the same run.
    case bundle
    /// The runtime refused, and no process is left: counts as a run that ended with code 128.
    case runtime
  }
}

/// How a container's first process ended.
public struct Exit: Codable, Equatable, Sendable {
  /// The exit status, or 128 + n after signal n.
  public var code: Int32
  /// Time since boot at which the kernel told the keeper.
  public var at: Duration
  /// The kernel ended it for want of memory.
  public var outOfMemory: Bool
  /// The termination message, empty when there is none.
  public var message: String

  public init(code: Int32, at: Duration, outOfMemory: Bool = false, message: String = "") {
    self.code = code
    self.at = at
    self.outOfMemory = outOfMemory
    self.message = message
  }
}
