import Glibc
import PodModel

/// The end of one pod at a command's wish, asked of whoever can bring it about: its supervisor, a
/// new keeper when nobody keeps it any more, or this process when nothing of it runs.
final class PodDeletion {
  let pod: StoredPod
  private let world: World
  private let request: String
  private var waiting: [ControlClientBox] = []
  /// Since when nobody has answered.
  private var silentSince: Duration?
  private var hasStartedKeeper = false

  /// A final class, because an array cannot hold the client.
  private final class ControlClientBox {
    let client: ControlClient
    init(_ client: consuming ControlClient) { self.client = client }
  }

  /// - Parameter grace: seconds between the stop signal and SIGKILL; nil is the pod's own.
  init(_ pod: StoredPod, grace: Int?, world: World) {
    self.pod = pod
    self.world = world
    request = "delete \(grace.map(String.init) ?? "default")"
  }

  private var isGone: Bool { !Files.exists(pod.paths.data) }

  /// Asks until somebody has taken the wish in hand.
  func ask() throws {
    var deadline = Clock.boot() + ControlClient.patience
    while !isGone {
      if let client = try ControlClient.ask(request, at: pod.paths) {
        waiting = [ControlClientBox(client)]
        silentSince = nil
        return
      }
      silentSince = silentSince ?? Clock.boot()
      if try removeIfNothingRuns() { return }
      if try startKeeperIfNeeded() { deadline = Clock.boot() + ControlClient.patience }
      guard Clock.boot() < deadline else {
        throw CommandError(
          "pod \"\(pod.name)\" cannot be deleted: its supervisor does not answer, "
            + "`\(pod.paths.supervisorLog)` may say why")
      }
      usleep(ControlClient.pause)
    }
  }

  /// Blocks until nothing of the pod is left; false when something is at the deadline.
  @discardableResult
  func wait(until deadline: Duration? = nil) throws -> Bool {
    while !isGone {
      if let deadline, Clock.boot() >= deadline { return false }
      if let box = waiting.last {
        if try box.client.waitForEnd(until: deadline) { waiting.removeLast() }
      } else {
        // The supervisor ended before the pod did: the next one has the wish already, or hears it.
        try ask()
      }
    }
    return true
  }

  /// Nothing runs of a finished pod, nor of one whose life was never written down, for instance
  /// because the host was started anew: what is left are files.
  private func removeIfNothingRuns() throws -> Bool {
    if let snapshot = try pod.snapshot() {
      guard snapshot.life.isFinished else { return false }
    } else if !isSilent {
      return false
    }
    try Files.makeDirectories(pod.paths.state)
    guard let lock = try FileLock.acquire(pod.paths.lock, wait: false) else { return false }
    return try withExtendedLifetime(lock) {
      try PodRemoval.removeRecords(pod.paths, pod.pod)
      return true
    }
  }

  /// True when a keeper was started.
  private func startKeeperIfNeeded() throws -> Bool {
    guard isSilent, !hasStartedKeeper, try !KeeperStart.isKept(pod.paths) else { return false }
    try KeeperStart.start(pod.paths, world)
    hasStartedKeeper = true
    return true
  }

  /// Nobody has answered for longer than a keeper needs to begin.
  private var isSilent: Bool {
    silentSince.map { Clock.boot() - $0 >= KeeperStart.slowest } ?? false
  }
}
