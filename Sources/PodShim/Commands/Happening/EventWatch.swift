import Glibc
import PodModel

/// Follows the events of many pods, those among them that are yet to come.
///
/// Wakes up when a file beside a history changes or a pod comes, never by the clock.
final class EventWatch {
  private let store: PodStore
  private let choice: EventChoice
  private let inotify: Inotify
  private var followers: [String: EventFollower] = [:]

  init(_ store: PodStore, _ choice: EventChoice) throws {
    self.store = store
    self.choice = choice
    let inotify = try Inotify()
    // What is to be watched has to be there.
    for folder in [store.host.podStates, store.host.names] {
      try Files.makeDirectories(folder)
      _ = try inotify.watch(folder, [.named])
    }
    self.inotify = inotify
  }

  /// Shows what happens until this process is ended, or nobody reads any more.
  func run(_ show: ([PodEvent]) throws -> Void) throws -> Never {
    while true {
      try find()
      let news = EventsCommand.sorted(followers.keys.flatMap { followers[$0]?.news() ?? [] })
      let shown = news.filter(choice.holds)
      if !shown.isEmpty { try show(shown) }
      try Output.waitWhileRead(for: [inotify.raw])
      _ = try inotify.changed()
    }
  }

  /// Begins to follow pods that are new; a pod that is gone has no more to say.
  private func find() throws {
    // Watched first and listed then, so that none comes between. Watching again does no harm.
    for namespace in try choice.namespace.map({ [$0] }) ?? Files.list(store.host.names) {
      _ = try? inotify.watch("\(store.host.names)/\(namespace)", [.named])
    }
    let pods = try store.pods(in: choice.namespace)
    let present = Set(pods.map(\.paths.uid))
    followers = followers.filter { present.contains($0.key) }
    for pod in pods where followers[pod.paths.uid] == nil {
      guard choice.pod == nil || choice.pod == pod.name else { continue }
      // One without a state has not begun, or is gone; it is named when that comes.
      guard (try? inotify.watch(pod.paths.state, [.named, .written])) != nil else { continue }
      followers[pod.paths.uid] = EventFollower(pod)
    }
  }
}
