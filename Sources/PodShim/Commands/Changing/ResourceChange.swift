import PodModel

/// Changes labels and annotations of anything that has them, or only finds out what it would be.
struct ResourceChange {
  let changes: MetadataChanges
  /// Which version of the thing they are for; nil is any.
  let version: String?
  let dryRun: DryRun
  let world: World

  typealias Result = (after: Resource, outcome: MetadataChanges.Outcome)

  /// The thing as it is then, and what was changed of it.
  func make(on resource: Resource) throws -> Result {
    switch resource.content {
    case .pod(let stored, _): return try change(stored)
    case .object(let object): return try change(object)
    case .node(let node): return try change(node)
    case .event: throw CommandError("events are as they were")
    }
  }

  private func change(_ stored: StoredPod) throws -> Result {
    var outcome = MetadataChanges.Outcome()
    let update = try PodChange.make(stored, of: version, isDry: dryRun.isDry) { pod in
      let changed = try pod.with { outcome = try change(&$0.metadata[keyPath: changes.map.place]) }
      return PodUpdate(of: pod, to: changed)
    }
    return (try Resource(StoredPod(pod: update.pod, paths: stored.paths)), outcome)
  }

  private func change<Stored: StoredKind>(_ object: Stored) throws -> Result {
    var outcome = MetadataChanges.Outcome()
    let changed = try ObjectChange(world).change(object, of: version, isDry: dryRun.isDry) {
      try $1.with { outcome = try change(&$0.metadata[keyPath: changes.map.place]) }
    }
    return (Resource(.object(changed ?? object)), outcome)
  }

  private func change(_ before: NodeRecord) throws -> Result {
    guard version == nil else {
      throw CommandError("this host has no resource version: leave --resource-version out")
    }
    if changes.map == .labels, let key = changes.keys.first(where: { before.computed[$0] != nil }) {
      throw CommandError("label \"\(key)\" is what podshim finds out about this host")
    }
    let place: WritableKeyPath<NodeRecord, [String: String]> =
      changes.map == .labels ? \.given : \.annotations
    var node = before
    var outcome = try change(&node[keyPath: place])
    if dryRun.isDry { return (Resource(.node(node)), outcome) }
    node = try NodeRecord.change(root: world.paths.root) {
      outcome = try change(&$0[keyPath: place])
    }
    if node.given != before.given { try tellPods() }
    return (Resource(.node(node)), outcome)
  }

  private func change(_ words: inout [String: String]) throws -> MetadataChanges.Outcome {
    let outcome = try changes.made(to: words)
    words = outcome.words
    return outcome
  }

  /// A pod that waits for a fitting host looks again. Nobody else has to hear of it, and a
  /// supervisor that is away reads the labels when it is back.
  private func tellPods() throws {
    for pod in try PodStore(world).pods(in: nil) {
      guard let socket = try? UnixSocket.connect(to: pod.paths.control, kind: .stream) else {
        continue
      }
      _ = try? socket.send(Array("node\n".utf8))
    }
  }
}
