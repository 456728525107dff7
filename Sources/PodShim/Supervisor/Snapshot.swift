import FoundationEssentials
import PodModel

/// A pod's life as it is on disk: written by its supervisor alone, read by every command.
struct Snapshot: Codable {
  var life: PodLife
  /// Time since 1970 at which the host's time since boot was zero, when the life began. Kept, so
  /// that a clock that is set does not move what has been.
  var bootedAt: Duration
  /// Which start of the host it is about: its times mean nothing in another.
  var bootID: String

  /// The snapshot of a life that begins now.
  init(life: PodLife, bootedAt: Duration? = nil) {
    self.life = life
    self.bootedAt = bootedAt ?? Clock.wall() - Clock.boot()
    bootID = Clock.bootID
  }

  /// nil when there is none, or none that still holds: what was alive when the host went down is
  /// not.
  static func read(_ paths: PodPaths) throws -> Snapshot? {
    for path in [paths.life, paths.lastLife] where Files.exists(path) {
      let bytes = try Files.read(path)
      let snapshot = try JSONDecoder().decode(Snapshot.self, from: Data(bytes))
      return snapshot.life.isFinished || snapshot.bootID == Clock.bootID ? snapshot : nil
    }
    return nil
  }

  func write(to path: String) throws {
    try Files.replace(path, with: Array(try JSONEncoder().encode(self)))
  }
}
