import PodModel

extension NodeRecord {
  /// This host as the object of kind `Node` that Kubernetes would keep.
  var object: Node {
    let system = NodeSystem.read()
    let metadata: [Node.Entry] =
      notes + [
        .init("creationTimestamp", .string(system.started)), .init("labels", labels.node),
        .init("name", .string(name)),
      ]
    return .mapping([
      .init("apiVersion", .string("v1")), .init("kind", .string("Node")),
      .init("metadata", .mapping(metadata)),
      .init("spec", .mapping([])),
      .init(
        "status",
        .mapping([
          .init(
            "addresses",
            .sequence(
              addresses(system).map { NodeRecord.pairs([("type", $0), ("address", $1)]) })),
          .init("capacity", NodeRecord.pairs(NodeRecord.capacity(system))),
          .init(
            "conditions",
            .sequence([
              NodeRecord.pairs([
                ("type", "Ready"), ("status", "True"), ("reason", "PodshimReady"),
                ("message", "pods can be created here"),
              ])
            ])),
          .init("nodeInfo", NodeRecord.pairs(information(system))),
        ])),
    ])
  }

  func addresses(_ system: NodeSystem) -> [(String, String)] {
    (system.address.map { [("InternalIP", $0)] } ?? []) + [("Hostname", name)]
  }

  static func capacity(_ system: NodeSystem) -> [(String, String)] {
    [("cpu", "\(system.processors)"), ("memory", "\(system.memoryKibibytes)Ki")]
  }

  /// In the order of `describe`.
  func information(_ system: NodeSystem) -> [(String, String)] {
    [
      ("machineID", system.machineID), ("bootID", system.bootID),
      ("kernelVersion", system.kernel), ("osImage", system.image),
      ("operatingSystem", computed["kubernetes.io/os"] ?? ""),
      ("architecture", computed["kubernetes.io/arch"] ?? ""),
      ("containerRuntimeVersion", "podshim://\(CommandTable.version)"),
      ("kubeletVersion", "v\(CommandTable.version)"),
    ]
  }

  private static func pairs(_ pairs: [(String, String)]) -> Node {
    .mapping(pairs.map { .init($0.0, .string($0.1)) })
  }
}
