import Glibc
import PodModel

/// Follows what containers of one pod print, from run to run, and how the pod lives meanwhile.
///
/// Wakes up when a log grows or the pod's life is written, never by the clock.
final class PodFollower {
  let pod: StoredPod
  private(set) var life: PodLife
  /// The pod's records are gone: it was deleted.
  private(set) var isGone = false
  private let inotify: Inotify
  private let stateWatch: CInt
  private var streams: [Stream]
  private let show: (String, LogLines.Line) throws -> Void

  /// One container's logs, of which the newest run is open.
  private struct Stream {
    var container: String
    var folder: String
    var log: RunLog?
  }

  /// - Parameters:
  ///   - logs: for each container the run to begin with; nil begins with its first.
  ///   - show: gets each line with the name of its container.
  init(
    _ pod: StoredPod, logs: [(container: String, log: RunLog?)],
    show: @escaping (String, LogLines.Line) throws -> Void
  ) throws {
    self.pod = pod
    self.show = show
    let inotify = try Inotify()
    stateWatch = try inotify.watch(pod.paths.state, [.named, .removed, .written])
    streams = logs.map {
      Stream(container: $0.container, folder: "\(pod.logs)/\($0.container)", log: $0.log)
    }
    for stream in streams { _ = try inotify.watch(stream.folder, [.named, .written]) }
    self.inotify = inotify
    life = try pod.life().life
  }

  /// Readable when there may be something to do.
  var raw: CInt { inotify.raw }

  /// Shows what is new. The life is read before the logs: what it says has ended has all of its
  /// lines in the log by then.
  func update() throws {
    if try inotify.changed().contains(stateWatch) { try readLife() }
    for index in streams.indices { try pump(&streams[index]) }
  }

  private func readLife() throws {
    isGone = !Files.exists(pod.paths.state)
    // What is being removed is known well enough.
    if !isGone, let snapshot = try? Snapshot.read(pod.paths) { life = snapshot.life }
  }

  private func pump(_ stream: inout Stream) throws {
    while true {
      try stream.log?.follow { try show(stream.container, $0) }
      let current = stream.log?.run ?? -1
      guard let next = RunLog.runs(in: stream.folder).first(where: { $0 > current }) else { return }
      stream.log = try RunLog(wholeOf: next, in: stream.folder)
    }
  }

  /// Waits for news on one of these.
  static func wait(for descriptors: [CInt]) throws(SyscallError) {
    var watched = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    try checked("poll", "") { poll(&watched, nfds_t(watched.count), -1) }
  }
}

extension PodLife {
  /// The container does not run and never will again.
  func hasEndedForGood(_ name: String) -> Bool {
    guard let container = containers.first(where: { $0.spec.name == name }) else { return true }
    let isEnding = isFinished || outcome != nil || deletion != nil
    switch container.state {
    case .waiting: return isEnding
    case .exited(let end):
      if isEnding || (container.spec.role == .initial && end.code == 0) { return true }
      switch spec.restartPolicy {
      case .always: return false
      case .onFailure: return end.code == 0
      case .never: return true
      }
    default: return false
    }
  }
}
