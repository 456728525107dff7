import PodModel

/// `podshim completion SHELL`, and `podshim complete WORD…` which the scripts ask.
enum CompletionCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    let shell = invocation.operands[0]
    guard CompletionScript.shells.contains(shell) else {
      throw invocation.usage(
        "there is no shell \"\(shell)\"\(shell.hint(among: CompletionScript.shells)): "
          + "podshim knows "
          + CompletionScript.shells.joined(separator: ", "))
    }
    try Output.show(CompletionScript.text(for: shell))
    return 0
  }

  /// Candidates a line, each with what it is for behind a tab; `:files` when files are meant.
  static func complete(_ invocation: Invocation) throws -> CInt {
    let lines =
      switch try WordCompletion(names(World(invocation))).answer(invocation.operands) {
      case .files: [":files"]
      case .words(let words):
        words.map { $0.summary.isEmpty ? $0.word : "\($0.word)\t\($0.summary)" }
      }
    try Output.show(lines.map { $0 + "\n" }.joined())
    return 0
  }

  /// Whoever presses a key wants no error: what cannot be read is not there.
  private static func names(_ world: World) -> WordCompletion.Names {
    let pods = PodStore(world)
    let objects = ObjectStore(host: world.paths)
    let images = ImageStore(root: world.paths.root)
    return WordCompletion.Names(
      objects: { kind, namespace in
        if let stored = Kind(kind) {
          return (try? objects.names(of: stored, in: namespace)) ?? []
        }
        guard kind == .pod else { return [] }
        return ((try? pods.pods(in: namespace)) ?? []).map(\.name)
      },
      containers: { pod, namespace in
        let pod = try? pods.pod(pod, in: namespace).pod
        return ((pod?.spec.initContainers ?? []) + (pod?.spec.containers ?? [])).map(\.name)
      },
      images: { ((try? images.list()) ?? []).compactMap { $0.name.map(familiar) } },
      namespaces: {
        Set(((try? pods.pods(in: nil)) ?? []).map(\.namespace)).union(["default"]).sorted()
      })
  }

  /// As people write it: Docker's own registry goes without saying.
  private static func familiar(_ name: ImageReference) -> String {
    var text = name.description[...]
    for prefix in ["docker.io/", "library/"] where text.hasPrefix(prefix) {
      text = text.dropFirst(prefix.count)
    }
    return String(text)
  }
}
