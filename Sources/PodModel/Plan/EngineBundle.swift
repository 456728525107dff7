/// The `config.json` that an engine wrote for a container which is to join a pod.
///
/// It is changed as a tree, so that what nobody here knows of stays as it was.
public struct EngineBundle {
  public let config: Node

  /// Whom the annotations of a container name.
  public enum Sandbox: Equatable, Sendable {
    /// A pod that podshim runs, by what a person wrote.
    case pod(String)
    /// A container of the same runtime, by its id: what CRI calls a sandbox.
    case container(String)
  }

  /// What a container finds in a pod.
  public struct Place: Sendable {
    /// The process whose namespaces the pod shares.
    public var pid: Int32
    /// Whether the process IDs are among them.
    public var sharesProcesses = false
    /// What is mounted at these paths in every container of the pod: `/dev/shm`, `/etc/hosts`.
    public var files: [String: String] = [:]
    /// Where its volumes are, by name.
    public var volumes: [String: String] = [:]
    /// Those that no container may write to.
    public var readOnlyVolumes: Set<String> = []
    /// A person has named this pod; else an engine its sandbox.
    public var isOfPodshim = false

    public init(pid: Int32) { self.pid = pid }
  }

  /// The word of podshim for it: `NAME`, `NAMESPACE/NAME` or a uid.
  public static let annotation = "podshim.io/pod"
  /// On a bundle that was made to join a pod before: the pod may be another by now.
  public static let mark = "podshim.io/joined"
  /// Those of containerd and those of CRI-O.
  private static let criAnnotations = [
    (type: "io.kubernetes.cri.container-type", sandbox: "io.kubernetes.cri.sandbox-id"),
    (type: "io.kubernetes.cri-o.ContainerType", sandbox: "io.kubernetes.cri-o.SandboxID"),
  ]

  /// Without these words a text can name no pod, and need not be read.
  public static let marks = [annotation] + criAnnotations.map(\.sandbox)

  public init(_ config: Node) { self.config = config }

  public var sandbox: Sandbox? {
    let annotations = config["annotations"]?.words ?? [:]
    // A bundle that was planned for a pod has both: ours is then no wish.
    for (type, sandbox) in Self.criAnnotations {
      guard let id = annotations[sandbox] else { continue }
      return annotations[type] == "container" ? .container(id) : nil
    }
    return annotations[Self.annotation].map { .pod($0) }
  }

  /// Whether this is what `joined` once answered.
  public var hasJoined: Bool { config["annotations"]?[Self.mark] != nil }

  /// Whether the container would get a namespace of its own where a pod shares one.
  public var lacksNamespace: Bool {
    namespaces.contains { Self.files[$0.words["type"] ?? ""] != nil && $0.words["path"] == nil }
  }

  private var namespaces: [Node] { config["linux"]?["namespaces"]?.items ?? [] }

  /// What containers of a pod share, by the type of the specification and by the file in `/proc`.
  private static let files = ["network": "net", "ipc": "ipc", "uts": "uts"]

  /// The same for a container of `place`. What its engine has it take from the host, or from
  /// another container, it still does: a network that the engine made for it alone it does not.
  public func joined(_ place: Place) -> Node {
    var joined: Set<String> = []
    let namespaces = namespaces.map { namespace -> Node in
      let type = namespace.words["type"] ?? ""
      let file = Self.files[type] ?? (type == "pid" && place.sharesProcesses ? "pid" : nil)
      guard let file, isOwn(namespace.words["path"], in: place) else {
        return namespace
      }
      joined.insert(file)
      return namespace.setting(["path"], to: .string("/proc/\(place.pid)/ns/\(file)"))
    }
    var config = config.setting(["linux", "namespaces"], to: .sequence(namespaces))
    // In a namespace that is shared these would be everybody's.
    if joined.contains("uts") {
      config = config.setting(["hostname"], to: nil).setting(["domainname"], to: nil)
    }
    for name in (config["linux"]?["sysctl"]?.words ?? [:]).keys {
      if let namespace = Sysctls.namespace(of: name), joined.contains(namespace.rawValue) {
        config = config.setting(["linux", "sysctl", name], to: nil)
      }
    }
    let mounts = (config["mounts"]?.items ?? []).map { Self.mount($0, in: place, joined) }
    if !mounts.isEmpty { config = config.setting(["mounts"], to: .sequence(mounts)) }
    return config.setting(["annotations", Self.mark], to: .string("\(place.pid)"))
  }

  /// Whether a namespace is the container's alone. Engines name the network that they made for it
  /// by a file in a folder `netns`.
  private func isOwn(_ path: String?, in place: Place) -> Bool {
    guard let path, !path.isEmpty else { return true }
    return place.isOfPodshim && path.contains("/netns/")
  }

  /// Which namespace has to be the pod's for a file of it to make sense.
  private static let namespaceOfFile = [
    "/dev/shm": "ipc", "/etc/hosts": "net", "/etc/resolv.conf": "net", "/etc/hostname": "uts",
  ]

  private static func mount(_ mount: Node, in place: Place, _ joined: Set<String>) -> Node {
    let words = mount.words
    let destination = words["destination"] ?? ""
    if let source = place.files[destination], joined.contains(namespaceOfFile[destination] ?? "") {
      let options = ["rbind", "rw", "nosuid", "nodev", "noexec"].map { Node.string($0) }
      return mount.setting(["type"], to: .string("bind"))
        .setting(["source"], to: .string(source)).setting(["options"], to: .sequence(options))
    }
    // Where podman and Docker keep a volume that was asked for by name.
    let parts = (words["source"] ?? "").split(separator: "/")
    guard parts.count > 2, parts.last == "_data", parts[parts.count - 3] == "volumes" else {
      return mount
    }
    let name = String(parts[parts.count - 2])
    guard let source = place.volumes[name] else { return mount }
    let shown = mount.setting(["source"], to: .string(source))
    guard place.readOnlyVolumes.contains(name) else { return shown }
    let options = (mount["options"]?.items ?? []).filter { $0 != .string("rw") } + [.string("ro")]
    return shown.setting(["options"], to: .sequence(options))
  }
}
