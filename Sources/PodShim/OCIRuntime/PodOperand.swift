import Glibc
import PodModel

/// What an id names that no runtime knows: a pod, as `NAMESPACE/NAME` or by its uid, or one of its
/// containers, with `/CONTAINER` behind that.
struct PodOperand {
  let stored: StoredPod
  let world: World
  /// nil is the pod.
  let container: String?

  /// What an id names; nil for one that has not this form, or is no pod's uid.
  static func find(id: String) throws -> PodOperand? {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count <= 2, let pod = try find(uid: parts[0]) {
      return try parts.count == 2 ? pod.container(parts[1]) : pod
    }
    guard parts.count == 2 || parts.count == 3 else { return nil }
    guard let pod = try find(parts[1], in: parts[0]) else { throw Missing(id: id) }
    return try parts.count == 3 ? pod.container(parts[2]) : pod
  }

  /// A pod by the word of an annotation, which may leave out the namespace.
  static func named(_ word: String) throws -> PodOperand {
    if let pod = try find(uid: word) { return pod }
    let parts = word.split(separator: "/", maxSplits: 1).map(String.init)
    let (namespace, name) = parts.count == 2 ? (parts[0], parts[1]) : ("default", word)
    guard let pod = try find(name, in: namespace) else {
      throw RuntimeCall.Failure(
        description: "pod `\(word)` does not exist: \(EngineBundle.annotation) has to name one "
          + "that `podshim get pods -A` shows")
    }
    return pod
  }

  private static func find(_ name: String, in namespace: String) throws -> PodOperand? {
    // What is no name is no path either.
    guard !namespace.hasPrefix("."), !name.hasPrefix(".") else { return nil }
    let world = try hostWorld()
    guard let stored = try PodStore(world).find(name, in: namespace) else { return nil }
    return try PodOperand(stored, world).entered()
  }

  /// nil where this is no pod's uid: what engines make up has no dashes.
  static func find(uid: String) throws -> PodOperand? {
    guard isUID(uid) else { return nil }
    let world = try hostWorld()
    let paths = world.paths.pod(uid: uid)
    guard Files.exists(paths.manifest) else { return nil }
    let stored = StoredPod(pod: try PodRecord.read(paths), paths: paths)
    guard stored.pod.metadata.uid == uid else { return nil }
    return try PodOperand(stored, world).entered()
  }

  /// 8-4-4-4-12 hexadecimal digits. What is anything else must never become part of a path.
  static func isUID(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12]
      && text.unicodeScalars.allSatisfy { $0 == "-" || $0.properties.isASCIIHexDigit }
  }

  private func container(_ name: String) throws -> PodOperand {
    guard stored.pod.spec.allContainers.contains(where: { $0.name == name }) else {
      throw Missing(id: "\(id)/\(name)")
    }
    return PodOperand(stored, world, name)
  }

  struct Missing: Error, CustomStringConvertible {
    var id: String
    var description: String { "container `\(id)` does not exist" }
  }

  private init(_ stored: StoredPod, _ world: World, _ container: String? = nil) {
    self.stored = stored
    self.world = world
    self.container = container
  }

  /// Every pod of this host.
  static func all() throws -> [PodOperand] {
    let world = try hostWorld()
    let pods = try PodStore(world).pods(in: nil).map { PodOperand($0, world) }
    _ = try pods.first?.entered()
    return pods
  }

  /// The pod and its containers, in their order.
  var withContainers: [PodOperand] {
    [self] + stored.pod.spec.allContainers.map { PodOperand(stored, world, $0.name) }
  }

  /// As somebody would write it.
  var id: String {
    "\(stored.namespace)/\(stored.name)" + (container.map { "/\($0)" } ?? "")
  }

  /// The same, seen from where the pods of a user who is not root are. Not before there is one:
  /// most ids are no business of ours.
  private func entered() throws -> PodOperand {
    if geteuid() != 0 { try RootlessNamespaces.enter(world.paths) }
    return self
  }

  /// Engines give no flags of ours: only the environment can say where pods are.
  private static func hostWorld() throws -> World { try World(ArgumentReader.read(["get"])) }
}
