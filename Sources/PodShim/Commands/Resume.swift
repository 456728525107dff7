import PodModel

/// `podshim resume`: keeps again what nobody keeps any more, after the host was started anew or
/// after keepers and supervisors were killed.
enum ResumeCommand {
  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    _ = try world.runtime()
    var errors: [any Error] = []
    for pod in try PodStore(world).pods(in: nil) {
      do {
        let isFinished = try pod.snapshot()?.life.isFinished ?? false
        if try isFinished || KeeperStart.isKept(pod.paths) { continue }
        try KeeperStart.start(pod.paths, world)
        try Output.print("pod/\(pod.name) resumed")
      } catch {
        errors.append(error)
      }
    }
    guard errors.isEmpty else { throw CommandErrors(errors: errors) }
    return 0
  }
}
