import PodModel

extension Node {
  /// A pod as kubectl shows one that it knows by its type and that no server has admitted: with
  /// what Go writes though it is empty.
  var typedPod: Node {
    let containers = { (node: Node) -> Node in
      node.changingItems { $0.adding("resources", .mapping([])) }
    }
    return adding("status", .mapping([]))
      .changing("metadata") { $0.adding("creationTimestamp", .null) }
      .changing("spec") {
        $0.changing("containers", containers).changing("initContainers", containers)
      }
  }

  /// A list with every item changed; anything else as it is.
  func changingItems(_ change: (Node) -> Node) -> Node {
    guard case .sequence(let items) = content else { return self }
    return .sequence(items.map(change))
  }
}
