import PodModel

/// `podshim label node`: what a person says about this host, for pods that choose by it.
enum LabelCommand {
  static let overwrite = Flag("overwrite", nil, "Give a label that is there another value")
  static let list = Flag("list", nil, "Show the labels afterwards")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let root = world.paths.root
    let before = try NodeRecord.read(root: root)
    let changes = try changes(invocation, node: before)
    let after = try NodeRecord.change(root: root) { labels in
      for (key, value) in changes {
        if value == nil, labels[key] == nil { Output.complain("label \"\(key)\" not found.") }
        if let value, let old = labels[key], old != value, !invocation.isOn(overwrite) {
          throw CommandError("'\(key)' already has a value (\(old)), and --overwrite is false")
        }
        labels[key] = value
      }
    }
    if after.given != before.given { try tellPods(world) }
    if invocation.isOn(list) {
      try Output.show(KeyedLines.labels(after.labels).map { $0 + "\n" }.joined())
    } else {
      try Output.print("node/\(after.name) \(word(before, after, changes))")
    }
    return 0
  }

  private static func word(
    _ before: NodeRecord, _ after: NodeRecord, _ changes: [(key: String, value: String?)]
  ) -> String {
    if before.given == after.given { return "not labeled" }
    return changes.contains { $0.value != nil } ? "labeled" : "unlabeled"
  }

  /// Keys with their new values; nil takes the label away.
  private static func changes(
    _ invocation: Invocation, node: NodeRecord
  ) throws -> [(key: String, value: String?)] {
    var words = invocation.operands[...]
    let first = words.removeFirst().split(separator: "/", omittingEmptySubsequences: false)
    guard ResourceNames.Kind.node.words.contains(String(first[0])) else {
      throw invocation.usage("podshim labels nodes: write label node KEY=VALUE")
    }
    // There is one node: who names it must mean it.
    if let name = first.dropFirst().first.map(String.init) ?? namePopped(&words) {
      guard name == node.name else { throw CommandError.refused("nodes \"\(name)\" not found") }
    }
    guard !words.isEmpty || invocation.isOn(list) else {
      throw invocation.usage("at least one label update is required")
    }
    var changes: [(key: String, value: String?)] = []
    for word in words {
      let change = try change(word, invocation)
      guard node.computed[change.key] == nil else {
        throw CommandError("label \"\(change.key)\" is what podshim finds out about this host")
      }
      guard !changes.contains(where: { $0.key == change.key }) else {
        throw invocation.usage("label \"\(change.key)\" is said twice")
      }
      changes.append(change)
    }
    return changes
  }

  /// The node's name, when the first word is no change.
  private static func namePopped(_ words: inout ArraySlice<String>) -> String? {
    guard let word = words.first, !word.contains("="), !word.hasSuffix("-") else { return nil }
    return words.removeFirst()
  }

  private static func change(
    _ word: String, _ invocation: Invocation
  ) throws -> (key: String, value: String?) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let isRemoval = parts.count == 1 && word.hasSuffix("-")
    guard parts.count == 2 || isRemoval else {
      throw invocation.usage("\"\(word)\" is written neither KEY=VALUE nor KEY-")
    }
    let key = isRemoval ? String(word.dropLast()) : String(parts[0])
    let value = parts.count == 2 ? String(parts[1]) : nil
    if let reason = reason(key, value ?? "") {
      throw CommandError("invalid label \"\(word)\": \(reason)")
    }
    return (key, value)
  }

  /// What the API server has against the label; on a pod it is the same.
  private static func reason(_ key: String, _ value: String) -> String? {
    let pod = Pod().with { $0.metadata.labels = [key: value] }
    return pod.check().first { $0.path.hasPrefix("metadata.labels") }?.message
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
