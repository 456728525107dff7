import OCISpec
import PodModel

/// A container that runs, as `exec` and `cp` reach into it.
struct RunningContainer {
  let runtime: Runtime
  /// As the runtime calls it.
  let id: String
  private let bundle: String

  /// - Throws: `CommandError` when it does not run.
  init(_ name: String, of stored: StoredPod, _ world: World) throws {
    let run = try RunningContainer.run(name, of: stored)
    runtime = try world.runtime(of: stored.paths)
    id = stored.paths.containerID(name, run: run)
    bundle = stored.paths.bundle(name, run: run)
  }

  /// One more process of the container, as its first but for what it runs.
  func process(_ arguments: [String]) throws -> OCISpec.Process {
    try ExecProcess.like(bundle, running: arguments)
  }

  /// The run that the container is in.
  private static func run(_ name: String, of stored: StoredPod) throws -> Int {
    let life = try stored.life().life
    if life.phase == .succeeded || life.phase == .failed {
      throw CommandError(
        "cannot exec into a container in a completed pod; current phase is \(life.phase.rawValue)")
    }
    if let container = life.containers.first(where: { $0.spec.name == name }) {
      switch container.state {
      case .running, .stopping(.some, _): return container.run
      default: break
      }
    }
    let state = try stored.status().container(name)?.state
    let reason = state?.waiting?.reason ?? state?.terminated?.reason
    throw CommandError.refused(
      "container \"\(name)\" in pod \"\(stored.name)\" is not running"
        + (reason.map { ": \($0)" } ?? ""))
  }
}
