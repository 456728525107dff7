/// What a runtime answers to `state`, and what hooks read from standard input.
///
/// Runtimes add keys of their own (`created`, `rootfs`, `owner`); they are skipped when read.
public struct State: SpecObject {
  /// Version of the runtime specification that the answer follows.
  public var ociVersion: String
  /// Name of the container, unique on this host for one runtime.
  public var id: String
  /// Where the container is in its life.
  public var status: ContainerStatus
  /// Process id of its first process, as the host sees it; said while created or running.
  public var pid: Int32?
  /// Absolute path of the bundle.
  public var bundle: String
  /// The annotations of its `config.json`.
  public var annotations: [String: String]?

  public init(
    ociVersion: String, id: String, status: ContainerStatus, pid: Int32? = nil, bundle: String
  ) {
    self.ociVersion = ociVersion
    self.id = id
    self.status = status
    self.pid = pid
    self.bundle = bundle
  }
}

/// Where a container is in its life.
public struct ContainerStatus: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// `create` is at work.
  public static let creating: Self = "creating"
  /// `create` is done, the program waits for `start`.
  public static let created: Self = "created"
  /// The program runs.
  public static let running: Self = "running"
  /// The program has ended.
  public static let stopped: Self = "stopped"
  /// Frozen by `pause`; the specification has no such word, crun and runc both say it.
  public static let paused: Self = "paused"
}
