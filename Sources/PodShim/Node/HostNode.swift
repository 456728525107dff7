import Glibc
import PodModel

/// This host as Kubernetes would see it: a Node with a name and labels, for pods that say where
/// they want to run.
///
/// What can be found out is found out anew each time; what a person has said about the host is kept
/// in `node.json`, which is written in one step under a lock.
struct HostNode: Equatable {
  var name: String
  /// What the kubelet would say by itself.
  var computed: [String: String]
  /// What a person has said.
  var given: [String: String] = [:]
  /// When the host was first given a label; nil before.
  var created: String?

  /// All labels; what can be found out is not for a person to say.
  var labels: [String: String] { given.merging(computed) { $1 } }

  /// - Parameter root: as `HostPaths.root`.
  static func read(root: String) throws -> HostNode {
    let hostname = hostname()
    let (os, architecture) = ("linux", architecture)
    var node = HostNode(
      name: hostname,
      computed: [
        "kubernetes.io/hostname": hostname, "kubernetes.io/os": os,
        "kubernetes.io/arch": architecture, "beta.kubernetes.io/os": os,
        "beta.kubernetes.io/arch": architecture,
      ])
    let path = file(root)
    guard Files.exists(path) else { return node }
    let text = YAMLText(try Files.read(path), file: path)
    if let problem = text.problems.first { throw problem }
    guard let metadata = text.documents.first?["metadata"] else { return node }
    node.created = metadata["creationTimestamp"]?.word
    if case .mapping(let labels)? = metadata["labels"]?.content {
      for entry in labels.entries { node.given[entry.key] = entry.value.word }
    }
    return node
  }

  /// Changes what was said about the host; answers what it says now.
  static func change(
    root: String, _ change: (inout [String: String]) throws -> Void
  ) throws -> HostNode {
    try Files.makeDirectories(root)
    let lock = try FileLock.acquire(file(root) + ".lock")
    return try withExtendedLifetime(lock) {
      var node = try read(root: root)
      let before = node.given
      try change(&node.given)
      if node.given == before { return node }
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
        .mapping([
          .init("creationTimestamp", created.map(Node.string) ?? .null),
          .init("labels", given.node), .init("name", .string(name)),
        ])),
    ])
  }

  /// The host's name in small letters, as the kubelet makes it the node's.
  static func hostname() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self).lowercased()
  }

  /// In Go's words, which are Kubernetes'.
  private static var architecture: String {
    #if arch(x86_64)
      "amd64"
    #elseif arch(arm64)
      "arm64"
    #else
      "unknown"
    #endif
  }
}

extension Node {
  /// The text of a scalar.
  fileprivate var word: String? {
    guard case .scalar(let scalar) = content, scalar.kind != .null else { return nil }
    return scalar.text
  }
}
