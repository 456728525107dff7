import PodModel

/// `podshim label node|pod`: what a person says about this host, for pods that choose by it, or
/// about a pod.
enum LabelCommand {
  static let overwrite = Flag("overwrite", nil, "Give a label that is there another value")
  static let list = Flag("list", nil, "Show the labels afterwards")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let about = invocation.operands.prefix { !LabelChanges.isChange($0) }
    let changes = try LabelChanges(invocation.operands.dropFirst(about.count), invocation)
    guard !changes.isEmpty || invocation.isOn(list) else {
      throw invocation.usage("at least one label update is required")
    }
    let what = try ResourceNames.read(invocation, Array(about), among: [.node, .pod])
    if what.kind == .node {
      try label(what.names, changes, invocation, world)
      return 0
    }
    guard !what.names.isEmpty else { throw invocation.usage("one or more pods must be named") }
    try CommandErrors.collect(over: what.names) { name in
      try label(PodStore(world).pod(name, in: world.namespace), changes, invocation)
    }
    return 0
  }

  /// There is one node: who names it must mean it.
  private static func label(
    _ names: [String], _ changes: LabelChanges, _ invocation: Invocation, _ world: World
  ) throws {
    let root = world.paths.root
    let before = try NodeRecord.read(root: root)
    if let other = names.first(where: { $0 != before.name }) {
      throw CommandError.refused("nodes \"\(other)\" not found")
    }
    if let key = changes.keys.first(where: { before.computed[$0] != nil }) {
      throw CommandError("label \"\(key)\" is what podshim finds out about this host")
    }
    let after = try NodeRecord.change(root: root) { try changes.apply(to: &$0) }
    if after.given != before.given { try tellPods(world) }
    let word = changes.word(before.given, after.given)
    try show("node/\(after.name) \(word)", after.labels, invocation)
  }

  private static func label(
    _ stored: StoredPod, _ changes: LabelChanges, _ invocation: Invocation
  ) throws {
    var before: [String: String] = [:]
    let update = try PodChange.make(stored) { pod in
      before = pod.metadata.labels
      return PodUpdate(of: pod, to: try pod.with { try changes.apply(to: &$0.metadata.labels) })
    }
    let after = update.pod.metadata.labels
    try show("pod/\(stored.name) \(changes.word(before, after))", after, invocation)
  }

  private static func show(
    _ line: String, _ labels: [String: String], _ invocation: Invocation
  ) throws {
    guard invocation.isOn(list) else { return try Output.print(line) }
    try Output.show(KeyedLines.labels(labels).map { $0 + "\n" }.joined())
  }

  /// A pod that waits for a fitting host looks again. Nobody else has to hear of it, and a
  /// supervisor that is away reads the labels when it is back.
  private static func tellPods(_ world: World) throws {
    for pod in try PodStore(world).pods(in: nil) {
      guard let socket = try? UnixSocket.connect(to: pod.paths.control, kind: .stream) else {
        continue
      }
      _ = try? socket.send(Array("node\n".utf8))
    }
  }
}
