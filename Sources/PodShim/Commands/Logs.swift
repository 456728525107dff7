import Glibc
import PodModel

/// `podshim logs`: what a container printed, as it printed it.
enum LogsCommand {
  static let follow = Flag("follow", "f", "Go on with what comes until the container ends for good")
  static let tail = Flag(
    "tail", nil, .text("LINES"), "Only so many of the last lines (default: all)")
  static let previous = Flag("previous", "p", "The run before the present one")

  static func run(_ invocation: Invocation) throws -> CInt {
    let world = try World(invocation)
    let tail = try invocation.integer(tail).flatMap { $0 < 0 ? nil : $0 }
    let stored = try PodStore(world).pod(PodNames.single(invocation), in: world.namespace)
    let container = try ContainerChoice.forLogs(of: stored.pod, named: invocation.text(.container))
    let isPrevious = invocation.isOn(previous)
    let run = try run(
      of: container, in: stored.name, status: stored.status(), previous: isPrevious)
    let log = try open("\(stored.logs)/\(container)", run, tail: tail)
    let output = RawLog()
    if invocation.isOn(follow), !isPrevious, Files.exists(stored.paths.state) {
      try follow(stored, container, log, output)
    } else {
      try log.read { try output.show($0) }
      try output.flush()
    }
    return 0
  }

  private static func open(_ folder: String, _ run: Int, tail: Int?) throws -> RunLog {
    do throws(SyscallError) {
      return try RunLog(folder, run: run, tail: tail)
    } catch {
      guard error.errno == ENOENT else { throw error }
      throw CommandError("the log `\(folder)/\(run).log` is gone")
    }
  }

  private static func follow(
    _ stored: StoredPod, _ container: String, _ log: RunLog, _ output: RawLog
  ) throws {
    let follower = try PodFollower(stored, logs: [(container, log)]) { try output.show($1) }
    while true {
      try follower.update()
      try output.flush()
      if follower.isGone || follower.life.hasEndedForGood(container) { return }
      try follower.wait()
    }
  }

  /// Which run is meant, by the kubelet's rules (`validateContainerLogStatus`): the present one,
  /// the last one while the next has not come to be, with `previous` the one before.
  static func run(
    of container: String, in pod: String, status: PodStatus, previous: Bool
  ) throws(CommandError) -> Int {
    func refused(_ message: String) -> CommandError {
      .refused("container \"\(container)\" in pod \"\(pod)\" \(message)")
    }
    guard let found = status.container(container) else { throw refused("is not available") }
    let last = runNumber(found.lastState?.terminated?.containerID)
    if previous {
      if let last { return last }
      throw .refused("previous terminated container \"\(container)\" in pod \"\(pod)\" not found")
    }
    if found.state?.running != nil, let run = runNumber(found.containerID) { return run }
    if let ended = found.state?.terminated {
      if let run = runNumber(ended.containerID) ?? last { return run }
      throw refused("is terminated")
    }
    if let last { return last }
    switch found.state?.waiting?.reason {
    case "ErrImagePull": throw refused("is waiting to start: image can't be pulled")
    case "ImagePullBackOff":
      throw refused("is waiting to start: trying and failing to pull image")
    case let reason?: throw refused("is waiting to start: \(reason)")
    case nil: throw refused("is waiting to start - no logs yet")
    }
  }

  /// The last part of `crun://<uid>_<container>_<run>`.
  private static func runNumber(_ containerID: String?) -> Int? {
    containerID?.split(separator: "_").last.flatMap { Int($0) }
  }
}
