/// Programs that the runtime runs, in order, at points of the container's life.
public struct Hooks: SpecObject {
  /// During `create`, in the runtime's namespaces; deprecated by the three that follow.
  public var prestart: [Hook]?
  /// During `create`, in the runtime's namespaces, before the root is changed.
  public var createRuntime: [Hook]?
  /// During `create`, in the container's namespaces, before the root is changed.
  public var createContainer: [Hook]?
  /// During `start`, in the container, just before its program.
  public var startContainer: [Hook]?
  /// After the container's program was started, in the runtime's namespaces.
  public var poststart: [Hook]?
  /// After the container was deleted, in the runtime's namespaces.
  public var poststop: [Hook]?

  public init() {}
}

/// One program of a hook; it reads the container's `State` from standard input.
public struct Hook: SpecObject {
  /// Absolute path of the program.
  public var path: String
  /// Its arguments, the program's own name first.
  public var args: [String]?
  /// Its whole environment, `NAME=value` each.
  public var env: [String]?
  /// Seconds after which the runtime gives up on it; at least 1.
  public var timeout: Int?

  public init(path: String, args: [String]? = nil) {
    self.path = path
    self.args = args
  }
}
