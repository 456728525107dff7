import PodModel

/// `podshim apply`: makes pods what a manifest says, those that are there and those that are not.
enum ApplyCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let pods = try ManifestFiles.pods(invocation, world: world)
    _ = try world.runtime()
    try CommandErrors.collect(over: pods) { pod in
      try Output.print("pod/\(pod.metadata.name) \(apply(pod, world))")
    }
    return 0
  }

  /// What became of it, in kubectl's word.
  private static func apply(_ pod: Pod, _ world: World) throws -> String {
    if pod.metadata.name.isEmpty, let base = pod.metadata.generateName {
      throw CommandError("from \(base): cannot use generate name with apply")
    }
    let namespace = pod.metadata.namespace ?? "default"
    guard let stored = try PodStore(world).find(pod.metadata.name, in: namespace) else {
      _ = try NewPod(world: world).create(pod)
      return "created"
    }
    let update = try PodChange.make(stored) { PodUpdate(of: $0, to: pod) }
    return update.isChange ? "configured" : "unchanged"
  }
}
