/// A container as an OCI runtime is told to make it: the whole of `config.json`, for Linux.
///
/// What is nil is left to the runtime. The sections of other platforms (`windows`, `vm`, …) are
/// not modelled: they are skipped when read and never written.
public struct Spec: SpecObject {
  /// Version of the runtime specification that the document follows; see `requiredVersion`.
  public var ociVersion: String
  /// The root filesystem of the container.
  public var root: Root?
  /// The mounts made on top of the root filesystem, in order.
  public var mounts: [Mount]?
  /// The program that runs as the container's first process.
  public var process: Process?
  /// Host name set in the container's UTS namespace, even in one that it joins.
  public var hostname: String?
  /// NIS domain name set in the container's UTS namespace.
  public var domainname: String?
  /// Programs that the runtime runs at points of the container's life.
  public var hooks: Hooks?
  /// Free notes for the runtime and other tools; keys are reverse domain names.
  public var annotations: [String: String]?
  /// What only Linux has: namespaces, cgroups, devices, seccomp.
  public var linux: Linux?

  public init(ociVersion: String = "1.0.2") {
    self.ociVersion = ociVersion
  }
}

/// The root filesystem of a container.
public struct Root: SpecObject {
  /// Folder on the host, absolute or relative to the bundle.
  public var path: String
  /// Whether the container sees it read-only.
  public var readonly: Bool?

  public init(path: String, readonly: Bool? = nil) {
    self.path = path
    self.readonly = readonly
  }
}
