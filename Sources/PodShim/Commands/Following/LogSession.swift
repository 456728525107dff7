import Glibc
import PodModel

/// Shows the logs of one or more containers: one after the other, or side by side as they grow.
///
/// An error of one container ends it all, unless errors are to be shown among the lines.
final class LogSession {
  private let sources: [LogSource]
  private let screen: LogScreen
  private let view: LogView
  private let previous: Bool
  private let ignoresErrors: Bool

  init(
    _ sources: [LogSource], view: LogView, hasPrefix: Bool, previous: Bool, ignoresErrors: Bool
  ) {
    self.sources = sources
    self.view = view
    self.previous = previous
    self.ignoresErrors = ignoresErrors
    let names = sources.map { ($0.name, hasPrefix ? "[\($0.name)]" : "") }
    screen = LogScreen(names, hasColours: hasPrefix && LogScreen.isColourful)
  }

  /// What is there now, container by container.
  func show() throws {
    for source in sources {
      try tolerating {
        var view = view
        let log = try source.open(tail: view.tail, previous: previous)
        try log.read { line in
          if let line = view.show(line) { try screen.show(source.name, line) }
        }
        screen.finish()
      }
      try screen.flush()
    }
  }

  /// Goes on until all containers have ended for good. Wakes up by the kernel's word alone.
  func follow() throws {
    var followed: [FollowedPod] = []
    for source in sources {
      try tolerating {
        let log = try source.open(tail: view.tail, previous: false)
        if followed.last?.pod.paths.uid != source.pod.paths.uid {
          followed.append(FollowedPod(source.pod))
        }
        followed.last?.add(source, log, view)
      }
    }
    for pod in followed { try pod.begin(on: screen) }
    while true {
      for pod in followed { try pod.update() }
      followed.removeAll { $0.hasEnded }
      if followed.isEmpty { break }
      try screen.flush()
      try Output.waitWhileRead(for: followed.map(\.raw))
    }
    screen.finish()
    try screen.flush()
  }

  private func tolerating(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as CommandError where ignoresErrors {
      // As kubectl: among the lines, for whoever reads these.
      try Output.print(error.description)
    }
  }
}

/// The containers of one pod that a session follows.
private final class FollowedPod {
  let pod: StoredPod
  private var logs: [(container: String, log: RunLog?)] = []
  private var views: [String: LogView] = [:]
  private var names: [String: String] = [:]
  private var follower: PodFollower?

  init(_ pod: StoredPod) { self.pod = pod }

  func add(_ source: LogSource, _ log: RunLog, _ view: LogView) {
    logs.append((source.container, log))
    views[source.container] = view
    names[source.container] = source.name
  }

  func begin(on screen: LogScreen) throws {
    follower = try PodFollower(pod, logs: logs) { [unowned self] container, line in
      guard let name = names[container], let line = views[container]?.show(line) else { return }
      try screen.show(name, line)
    }
  }

  var raw: CInt { follower?.raw ?? -1 }

  func update() throws { try follower?.update() }

  var hasEnded: Bool {
    guard let follower, !follower.isGone else { return true }
    return logs.allSatisfy { container, _ in
      views[container]?.isFull == true || follower.life.hasEndedForGood(container)
    }
  }
}
