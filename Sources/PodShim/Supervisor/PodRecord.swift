import PodModel

/// A pod as admitted, on disk under its uid: written once by the command that creates it.
enum PodRecord {
  struct Unreadable: Error, CustomStringConvertible {
    var description: String
  }

  static func read(_ paths: PodPaths) throws -> Pod {
    let manifest = Manifest.read(try Files.read(paths.manifest), file: paths.manifest)
    if let error = manifest.errors.first { throw Unreadable(description: "\(error)") }
    guard case .pod(let pod) = manifest.objects.first else {
      throw Unreadable(description: "`\(paths.manifest)` holds no pod")
    }
    return pod.withDefaults()
  }
}
