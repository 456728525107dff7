import FoundationEssentials
import PodModel

/// A pod's life as it is on disk: written by its supervisor alone, read by every command.
struct Snapshot: Codable {
  var life: PodLife
  /// Time since 1970 at which the host's time since boot was zero, when the life began. Kept, so
  /// that a clock that is set does not move what has been.
  var bootedAt: Duration

  /// The snapshot of a life that begins now.
  init(life: PodLife, bootedAt: Duration? = nil) {
    self.life = life
    self.bootedAt = bootedAt ?? Clock.wall() - Clock.boot()
  }

  static func read(_ paths: PodPaths) throws -> Snapshot? {
    guard Files.exists(paths.life) else { return nil }
    let bytes = try Files.read(paths.life)
    return try JSONDecoder().decode(Snapshot.self, from: Data(bytes))
  }

  func write(_ paths: PodPaths) throws {
    let bytes = try JSONEncoder().encode(self)
    try Files.replace(paths.life, with: Array(bytes))
  }
}
