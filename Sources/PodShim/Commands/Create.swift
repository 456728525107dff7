import PodModel

/// `podshim create`: all pods of a manifest, or none of them.
enum CreateCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let pods = try ManifestFiles.pods(invocation, world: world)
    _ = try world.runtime()
    try CommandErrors.collect(over: pods) { pod in
      let stored = try NewPod(world: world).create(pod)
      try Output.print("pod/\(stored.name) created")
    }
    return 0
  }
}
