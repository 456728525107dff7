import OCISpec
import PodModel

/// What the command that created a pod was told beside the manifest, and what holds for as long as
/// the pod is there, also after a reboot: a pod must not come back in another world.
struct PodSettings: Codable, Equatable {
  var pull = PullMode.policy

  /// Those that were written down; where there are none, `wished` ones are from now on.
  static func settled(_ paths: PodPaths, wished: PodSettings) throws -> PodSettings {
    if Files.exists(paths.settings) {
      return try JSON.decode(PodSettings.self, from: Files.read(paths.settings))
    }
    try Files.replace(paths.settings, with: JSON.compact(wished))
    return wished
  }
}
