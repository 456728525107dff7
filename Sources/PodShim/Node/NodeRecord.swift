import Glibc
import PodModel

/// What is known of this host as a Node: what can be found out, and what a person has said of it.
///
/// The one is found out anew each time; the other is kept in `node.json`, which is written in one
/// step under a lock.
struct NodeRecord: Equatable {
  var name: String
  /// What `uname -m` prints.
  var machine: String
  /// The labels that a person gave the host.
  var given: [String: String] = [:]
  /// What a person noted about it.
  var annotations: [String: String] = [:]
  /// When the host was first given a label; nil before.
  var created: String?

  /// The labels that a kubelet would give it.
  var computed: [String: String] { HostNode(name: name, machine: machine).labels }
  /// What a pod has to fit. What can be found out is not for a person to say.
  var node: HostNode {
    let own = computed
    return HostNode(name: name, machine: machine, added: given.filter { own[$0.key] == nil })
  }
  var labels: [String: String] { node.labels }

  /// - Parameter root: as `HostPaths.root`.
  static func read(root: String) throws -> NodeRecord {
    var node = NodeRecord(name: hostname(), machine: machine())
    let path = file(root)
    guard Files.exists(path) else { return node }
    let text = YAMLText(try Files.read(path), file: path)
    if let problem = text.problems.first { throw problem }
    guard let metadata = text.documents.first?["metadata"] else { return node }
    node.created = metadata["creationTimestamp"]?.word
    node.given = metadata["labels"]?.words ?? [:]
    node.annotations = metadata["annotations"]?.words ?? [:]
    return node
  }

  /// Changes what was said about the host; answers what it says now.
  static func change(
    root: String, _ change: (inout NodeRecord) throws -> Void
  ) throws -> NodeRecord {
    try Files.makeDirectories(root)
    let lock = try FileLock.acquire(file(root) + ".lock")
    return try withExtendedLifetime(lock) {
      var node = try read(root: root)
      let before = node
      try change(&node)
      if node == before { return node }
      if node.created == nil { node.created = Timestamp(wall: Clock.wall()).description }
      try Files.replace(file(root), with: Array(node.record.jsonText().utf8), durable: true)
      return node
    }
  }

  private static func file(_ root: String) -> String { root + "/node.json" }

  /// What is kept on disk.
  private var record: Node {
    .mapping([
      .init("apiVersion", .string("v1")), .init("kind", .string("Node")),
      .init(
        "metadata",
        .mapping(
          notes + [
            .init("creationTimestamp", created.map(Node.string) ?? .null),
            .init("labels", given.node), .init("name", .string(name)),
          ])),
    ])
  }

  /// The annotations, where there are any, as a field of metadata.
  var notes: [Node.Entry] {
    annotations.isEmpty ? [] : [.init("annotations", Node(words: annotations))]
  }

  /// The host's name in small letters, as the kubelet makes it the node's.
  static func hostname() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self).lowercased()
  }

  private static func machine() -> String {
    var names = utsname()
    uname(&names)
    return withUnsafeBytes(of: names.machine) {
      String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

extension HostNode {
  /// This host, as pods have to fit it now.
  ///
  /// - Parameter root: as `HostPaths.root`.
  static func read(root: String) throws -> HostNode { try NodeRecord.read(root: root).node }
}

extension Node {
  /// The text of a scalar.
  fileprivate var word: String? {
    guard case .scalar(let scalar) = content, scalar.kind != .null else { return nil }
    return scalar.text
  }
}
