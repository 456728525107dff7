import PodModel

/// `podshim load`: takes the images of archives and directories into the store.
enum LoadCommand {
  /// Each path is an oci-archive, an OCI directory or a docker-archive; `-` is an archive on
  /// standard input. One line of `output` for each name; answers them.
  @discardableResult
  static func run(
    paths: [String], name: String?, store: ImageStore, output: (String) -> Void
  ) throws -> [ImageReference] {
    guard name == nil || paths.count == 1 else {
      throw ImageError("`--name` is for a single archive: load them one by one")
    }
    let name = try name.map { try ImageReference($0) }
    var names: [ImageReference] = []
    for path in paths {
      for image in try store.load(path, as: name) {
        names += [image.name].compactMap { $0 }
        output("Loaded image: \(image.name?.description ?? image.id.description)")
      }
    }
    return names
  }
}
