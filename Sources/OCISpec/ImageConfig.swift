/// What an image says about itself: where it runs, how its program starts, which layers it has.
///
/// Keys of this document are written in four styles (`User`, `diff_ids`, `os.version`, `rootfs`).
/// The properties keep them letter for letter, so that this file too needs no coding keys and
/// whoever knows the document knows the property.
public struct ImageConfig: SpecObject {
  /// When it was made, RFC 3339.
  public var created: String?
  /// Who made it.
  public var author: String?
  /// Processor architecture, in the words of Go: `amd64`.
  public var architecture: String
  /// Variant of the processor.
  public var variant: String?
  /// Operating system.
  public var os: String
  /// Its version.
  public var `os.version`: String?
  /// What it must have.
  public var `os.features`: [String]?
  /// How the program starts, where nobody says otherwise.
  public var config: Config?
  /// The layers.
  public var rootfs: RootFS
  /// How each layer came to be, lowest first.
  public var history: [History]?

  public init(architecture: String, os: String, rootfs: RootFS) {
    self.architecture = architecture
    self.os = os
    self.rootfs = rootfs
  }
}

extension ImageConfig {
  /// How a container of the image starts, where nobody says otherwise.
  public struct Config: SpecObject {
    /// `user`, `uid`, `user:group` or `uid:gid`; empty is root.
    public var User: String?
    /// Ports that the program listens on: `80/tcp`, `53/udp`, `8080`.
    public var ExposedPorts: [String: Empty]?
    /// Environment, `NAME=value` each.
    public var Env: [String]?
    /// The program and its first arguments.
    public var Entrypoint: [String]?
    /// The arguments after the entrypoint, or the whole command without one.
    public var Cmd: [String]?
    /// Paths whose content should outlive the container.
    public var Volumes: [String: Empty]?
    /// Where the program starts.
    public var WorkingDir: String?
    /// Free notes.
    public var Labels: [String: String]?
    /// Signal that asks the program to end: `SIGTERM`, `SIGRTMIN+3`, `15`.
    public var StopSignal: String?
    /// Windows only, deprecated.
    public var ArgsEscaped: Bool?

    public init() {}
  }

  /// The object `{}`: members of a set that JSON writes as an object.
  public struct Empty: SpecObject, Hashable {
    public init() {}
  }

  /// The layers of an image, unpacked.
  public struct RootFS: SpecObject {
    /// Always `layers`.
    public var type: String
    /// Digests of the uncompressed layers, lowest first.
    public var diff_ids: [String]

    public init(diff_ids: [String]) {
      type = "layers"
      self.diff_ids = diff_ids
    }
  }

  /// How one layer came to be.
  public struct History: SpecObject {
    /// When, RFC 3339.
    public var created: String?
    /// By which command.
    public var created_by: String?
    /// By whom.
    public var author: String?
    /// A remark.
    public var comment: String?
    /// Whether the step changed no file and so has no layer.
    public var empty_layer: Bool?

    public init() {}
  }
}
