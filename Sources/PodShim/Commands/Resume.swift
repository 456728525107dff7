import PodModel

/// `podshim resume`: keeps again what nobody keeps any more, after the host was started anew or
/// after keepers and supervisors were killed.
enum ResumeCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    _ = try world.runtime()
    try CommandErrors.collect(over: PodStore(world).pods(in: nil)) { pod in
      let isFinished = try pod.snapshot()?.life.isFinished ?? false
      if try isFinished || KeeperStart.isKept(pod.paths) { return }
      try KeeperStart.start(pod.paths, world)
      try Output.print("pod/\(pod.name) resumed")
    }
    return 0
  }
}
