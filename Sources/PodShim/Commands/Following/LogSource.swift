import Glibc
import PodModel

/// One container whose log is to be shown.
struct LogSource {
  let pod: StoredPod
  let container: String

  /// What `--prefix` puts in front of its lines, without the brackets.
  var name: String { "pod/\(pod.name)/\(container)" }

  /// The log of the run that is meant.
  func open(tail: Int?, previous: Bool) throws -> RunLog {
    let run = try LogSource.run(
      of: container, in: pod.name, status: pod.status(), previous: previous)
    let folder = "\(pod.logs)/\(container)"
    do throws(SyscallError) {
      return try RunLog(folder, run: run, tail: tail)
    } catch {
      guard error.errno == ENOENT else { throw error }
      throw CommandError("the log `\(folder)/\(run).log` is gone")
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
