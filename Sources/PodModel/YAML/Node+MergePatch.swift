/// Changing a tree by another one that says only what is to be different.
extension Node {
  /// What RFC 7386 makes of this tree and a patch: mappings are merged, null takes a value away,
  /// and everything else stands in the place of what was there.
  public func merged(with patch: Node) -> Node {
    guard case .mapping(let changes) = patch.content else { return patch }
    var result = Node.Mapping()
    if case .mapping(let own) = content { result = own }
    for change in changes.entries {
      let place = result.entries.firstIndex { $0.key == change.key }
      switch (place, change.value.isNull) {
      case (let place?, true): result.entries.remove(at: place)
      case (let place?, false):
        result.entries[place].value = result.entries[place].value.merged(with: change.value)
      case (nil, true): continue
      case (nil, false):
        result.entries.append(Node.Entry(change.key, Node.mapping([]).merged(with: change.value)))
      }
    }
    return Node(.mapping(result))
  }

  /// The same tree with a value under `key`, where this is a mapping that has none there.
  public func adding(_ key: String, _ value: Node) -> Node {
    guard case .mapping(var mapping) = content, mapping[key] == nil else { return self }
    mapping.entries.append(Node.Entry(key, value))
    return Node(.mapping(mapping))
  }

  /// The same tree with another value under `key`, where it has one there.
  public func changing(_ key: String, _ change: (Node) -> Node) -> Node {
    guard case .mapping(var mapping) = content,
      let place = mapping.entries.firstIndex(where: { $0.key == key })
    else { return self }
    mapping.entries[place].value = change(mapping.entries[place].value)
    return Node(.mapping(mapping))
  }
}
