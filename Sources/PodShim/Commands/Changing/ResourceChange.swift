import PodModel

/// Changes labels and annotations of anything that has them, or only finds out what it would be.
struct ResourceChange {
  private let world: World
  private let dryRun: DryRun

  init(_ world: World, _ dryRun: DryRun) {
    self.world = world
    self.dryRun = dryRun
  }

  /// The thing as it is then.
  func change(
    _ map: MetadataMap, of resource: Resource, _ changes: MetadataChanges
  ) throws -> Resource {
    switch resource.content {
    case .pod(let stored, _):
      let update = try PodChange.make(stored, isDry: dryRun.isDry) { pod in
        let changed = try pod.with { try changes.apply(to: &$0.metadata[keyPath: map.place]) }
        return PodUpdate(of: pod, to: changed)
      }
      return try Resource(StoredPod(pod: update.pod, paths: stored.paths))
    case .object(let object): return try change(map, of: object, changes)
    case .node(let node): return try change(map, of: node, changes)
    case .event: throw CommandError("events are as they were")
    }
  }

  private func change<Stored: StoredKind>(
    _ map: MetadataMap, of object: Stored, _ changes: MetadataChanges
  ) throws -> Resource {
    let changed = try ObjectChange(world).change(object, isDry: dryRun.isDry) { _, live in
      try live.with { try changes.apply(to: &$0.metadata[keyPath: map.place]) }
    }
    return Resource(.object(changed ?? object))
  }

  private func change(
    _ map: MetadataMap, of before: NodeRecord, _ changes: MetadataChanges
  ) throws -> Resource {
    if map == .labels, let key = changes.keys.first(where: { before.computed[$0] != nil }) {
      throw CommandError("label \"\(key)\" is what podshim finds out about this host")
    }
    func change(_ node: inout NodeRecord) throws {
      switch map {
      case .labels: try changes.apply(to: &node.given)
      case .annotations: try changes.apply(to: &node.annotations)
      }
    }
    if dryRun.isDry {
      var node = before
      try change(&node)
      return Resource(.node(node))
    }
    let after = try NodeRecord.change(root: world.paths.root, change)
    if after.given != before.given { try tellPods() }
    return Resource(.node(after))
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
