import PodModel

/// A pod as admitted, on disk under its uid: written by the command that creates it, and by those
/// that change it, which then tell its supervisor.
enum PodRecord {
  static func read(_ paths: PodPaths) throws -> Pod {
    try Pod.stored(Files.read(paths.manifest), file: paths.manifest)
  }
}
