import OCISpec
import PodModel

/// A container that runs, as `exec` and `cp` reach into it.
struct RunningContainer {
  let runtime: Runtime
  /// As the runtime calls it.
  let id: String
  let bundle: String

  /// - Parameter wait: how long it may be on its way; nil is not at all.
  /// - Throws: `CommandError` when it does not run.
  init(
    _ name: String, of stored: StoredPod, _ world: World, within wait: ContainerWait? = nil
  ) throws {
    let life = try wait?.life(of: stored, container: name) ?? stored.life().life
    let run = try RunningContainer.run(name, of: stored, life)
    runtime = try world.runtime(of: stored.paths)
    id = stored.paths.containerID(name, run: run)
    bundle = stored.paths.bundle(name, run: run)
  }

  /// One more process of the container, as its first but for what it runs.
  func process(_ arguments: [String]) throws -> OCISpec.Process {
    try ExecProcess.like(bundle, running: arguments)
  }

  /// The run that the container is in.
  private static func run(_ name: String, of stored: StoredPod, _ life: PodLife) throws -> Int {
    if life.phase == .succeeded || life.phase == .failed {
      throw CommandError(
        "cannot exec into a container in a completed pod; current phase is \(life.phase.rawValue)")
    }
    if case .running(let run) = life.reach(into: name) { return run }
    let state = try stored.status().container(name)?.state
    let reason = state?.waiting?.reason ?? state?.terminated?.reason
    throw CommandError.refused(
      "container \"\(name)\" in pod \"\(stored.name)\" is not running"
        + (reason.map { ": \($0)" } ?? ""))
  }
}
