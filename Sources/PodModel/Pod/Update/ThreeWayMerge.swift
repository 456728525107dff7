/// What becomes of a stored tree when a manifest is applied again: what the new manifest says is
/// so; what the last one said and the new one does not is gone; what neither said stays.
///
/// Lists whose items have a key are merged item by item, others are taken whole (a strategic merge
/// patch, as kubectl makes it).
struct ThreeWayMerge {
  /// What the new tree has from the last one as it was: `apply` insists on it, an editor did not
  /// touch it, and what others have made of it meanwhile stays.
  let insists: Bool

  /// The key of the items, by the name of the list: `patchMergeKey` of `k8s.io/api/core/v1`.
  private static let keys = [
    "containers": "name", "initContainers": "name", "ephemeralContainers": "name",
    "env": "name", "ports": "containerPort", "volumeMounts": "mountPath",
    "volumeDevices": "devicePath", "volumes": "name", "imagePullSecrets": "name",
    "hostAliases": "ip", "topologySpreadConstraints": "topologyKey", "resourceClaims": "name",
    "secrets": "name",
  ]

  /// - Parameter list: the name of the field that holds the trees, when it does.
  func merged(_ live: Node, last: Node?, new: Node, list: String = "") -> Node {
    if !insists, last == new { return live }
    switch (live.content, new.content) {
    case (.mapping(let before), .mapping(let after)):
      return merged(before, last: last?.mapping, new: after)
    case (.sequence(let before), .sequence(let after)):
      guard let key = Self.keys[list], let before = Items(before, key),
        let after = Items(after, key),
        let last = Items(last?.list ?? [], key)
      else { return new }
      return merged(before, last: last, new: after)
    default:
      return new
    }
  }

  private func merged(_ live: Node.Mapping, last: Node.Mapping?, new: Node.Mapping) -> Node {
    let kept = live.entries.compactMap { entry -> Node.Entry? in
      let name = entry.key
      if let value = new[name] {
        return .init(name, merged(entry.value, last: last?[name], new: value, list: name))
      }
      return last?[name] == nil ? entry : nil
    }
    let added = new.entries.filter {
      live[$0.key] == nil && (insists || last?[$0.key] != $0.value)
    }
    return .mapping(kept + added)
  }

  /// In the order of the new list; what others added comes after.
  private func merged(_ live: Items, last: Items, new: Items) -> Node {
    let others = live.all.filter { new[$0.key] == nil && last[$0.key] == nil }
    let own = new.all.compactMap { item in
      if let node = live[item.key] { return merged(node, last: last[item.key], new: item.node) }
      return insists || last[item.key] != item.node ? item.node : nil
    }
    return .sequence(own + others.map(\.node))
  }

  /// The items of a list by their key; nil when one has none, or two have the same.
  private struct Items {
    let all: [(key: String, node: Node)]

    init?(_ nodes: [Node], _ name: String) {
      let keys = nodes.compactMap { $0[name]?.scalarText }
      guard keys.count == nodes.count, Set(keys).count == keys.count else { return nil }
      all = Array(zip(keys, nodes))
    }

    subscript(key: String) -> Node? { all.first { $0.key == key }?.node }
  }
}

extension Node {
  var mapping: Mapping? {
    guard case .mapping(let mapping) = content else { return nil }
    return mapping
  }

  fileprivate var list: [Node]? {
    guard case .sequence(let items) = content else { return nil }
    return items
  }

  fileprivate var scalarText: String? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar.text
  }
}
