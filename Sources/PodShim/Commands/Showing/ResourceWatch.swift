import Glibc
import PodModel

/// Follows the things that a query is about: what comes, what changes, what goes.
///
/// Wakes up when a file changes that says something of them, never by the clock, and then reads all
/// of them again; what is as it was is not told.
final class ResourceWatch {
  enum Change {
    case added(Resource)
    case modified(Resource)
    /// As it was last seen.
    case deleted(Resource)

    var resource: Resource {
      switch self {
      case .added(let resource), .modified(let resource), .deleted(let resource): resource
      }
    }
  }

  private let query: ResourceQuery
  private let store: ResourceStore
  private let inotify: Inotify
  private var seen: [(key: [String], node: Node, resource: Resource)] = []

  init(_ query: ResourceQuery, _ store: ResourceStore) throws {
    self.query = query
    self.store = store
    inotify = try Inotify()
  }

  /// What is different from the last look, and what was named and is not there.
  func look() throws -> (changes: [Change], errors: [any Error]) {
    let answer = try answer()
    let now = answer.found.map { (key: $0.key, node: $0.node, resource: $0) }
    var changes: [Change] = []
    for (key, node, resource) in now {
      guard let before = seen.first(where: { $0.key == key }) else {
        changes.append(.added(resource))
        continue
      }
      if before.node != node { changes.append(.modified(resource)) }
    }
    let gone = seen.filter { old in !now.contains { $0.key == old.key } }
    changes += gone.map { .deleted($0.resource) }
    seen = now
    return (changes, answer.errors)
  }

  /// All that there is now; what changes from here on ends a wait.
  func answer() throws -> ResourceQuery.Answer {
    // Watched first and read then, so that nothing comes between. Watching again does no harm.
    try watchAll()
    return try query.resources(store)
  }

  /// Blocks until something may have changed, or it is `deadline`, by the time since boot.
  func wait(until deadline: Duration) throws {
    var ready = pollfd(fd: inotify.raw, events: Int16(POLLIN), revents: 0)
    // One millisecond more than is left, or the last one would be spent asking.
    let left: Int64 = max(.zero, deadline - Clock.boot()) / Duration.milliseconds(1) + 1
    try checked("poll", "") { poll(&ready, 1, CInt(clamping: left)) }
    _ = try inotify.changed()
  }

  /// Blocks until something may have changed; throws when nobody reads any more what we say of it.
  func waitWhileRead() throws {
    try Output.waitWhileRead(for: [inotify.raw])
    _ = try inotify.changed()
  }

  private func watchAll() throws {
    let host = store.world.paths
    for want in query.wanted {
      switch want.kind {
      case .node: try watch(host.root)
      case .pod, .event:
        try watch(host.podStates)
        for namespace in try namespaces(want, below: host.names) {
          try watch("\(host.names)/\(namespace)")
        }
        for pod in try PodStore(store.world).pods(in: want.namespace) {
          try watch(pod.paths.data)
          try watch(pod.paths.state)
        }
      case .configMap, .secret, .serviceAccount, .podPreset:
        guard let kind = Kind(want.kind) else { continue }
        for namespace in try namespaces(want, below: host.objects) {
          try watch(host.objects(of: kind, in: namespace))
        }
      }
    }
  }

  private func namespaces(_ want: ResourceQuery.Wanted, below folder: String) throws -> [String] {
    if let namespace = want.namespace { return [namespace] }
    try watch(folder)
    return try Files.listIfThere(folder)
  }

  /// The folder, or as long as it is not there the nearest one above it, in which it will be named.
  private func watch(_ folder: String) throws(SyscallError) {
    var folder = folder
    while true {
      do throws(SyscallError) {
        _ = try inotify.watch(folder, [.named, .unnamed, .written])
        return
      } catch {
        let isMissing = error.errno == ENOENT || error.errno == ENOTDIR
        guard isMissing, folder != "/", !folder.isEmpty else { throw error }
      }
      folder = Files.split(folder).directory
    }
  }
}

extension Resource {
  /// What tells it from everything else, also from one that had its name before.
  var key: [String] {
    let uid =
      switch content {
      case .pod(let stored, _): stored.pod.metadata.uid
      case .object(let object): object.metadata.uid
      case .event, .node: nil as String?
      }
    return [kind.plural, namespace ?? "", name, uid ?? ""]
  }
}
