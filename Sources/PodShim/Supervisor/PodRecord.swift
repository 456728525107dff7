import PodModel

/// A pod as admitted, on disk under its uid: written once by the command that creates it.
enum PodRecord {
  static func read(_ paths: PodPaths) throws -> Pod {
    try Pod.stored(Files.read(paths.manifest), file: paths.manifest)
  }
}
