import OCISpec
import PodModel

/// What the command that created a pod was told beside the manifest, and what holds for as long as
/// the pod is there, also after a reboot: a pod must not come back in another world.
struct PodSettings: Codable, Equatable {
  var pull = PullMode.policy
  /// Runs as pause in the place of our own program.
  var infraImage: String?

  /// nil where none were written down.
  static func read(_ paths: PodPaths) throws -> PodSettings? {
    guard Files.exists(paths.settings) else { return nil }
    return try JSON.decode(PodSettings.self, from: Files.read(paths.settings))
  }

  /// Those that were written down; where there are none, `wished` ones are from now on.
  static func settled(_ paths: PodPaths, wished: PodSettings) throws -> PodSettings {
    if let settled = try read(paths) { return settled }
    try Files.replace(paths.settings, with: JSON.compact(wished))
    return wished
  }
}
