import OCISpec
import PodModel

/// Removal: the index first, then whatever nothing in it needs any more.
extension ImageStore {
  /// What `remove` did.
  struct Removal: Equatable {
    /// The names that were taken away.
    var untagged: [ImageReference] = []
    /// The image, when that was its last name.
    var deleted: Digest?
  }

  /// Takes a name from its image, or, given an ID, the image with its only name. The image goes
  /// with its last name, unless it is in use: `inUse` gives the IDs that some pod needs, and
  /// is asked under the lock of the store. Nil when there is no such image.
  func remove(_ text: String, inUse: () throws -> Set<Digest> = { [] }) throws -> Removal? {
    try writing { _ in
      let named = try (try? ImageReference(text)).flatMap { try find($0) }
      guard let image = try named ?? find(text) else { return nil }
      var index = try layout.index()
      let own = try list().filter { $0.id == image.id }
      let leaving = named == nil ? own : own.filter { $0.name == image.name }
      let names = leaving.compactMap(\.name)
      guard names.count <= 1 else {
        let list = names.map(\.description).joined(separator: "`, `")
        throw ImageError("image `\(text)` has several names: remove `\(list)`")
      }
      let isLast = leaving.count == own.count
      if isLast, try inUse().contains(image.id) {
        throw ImageError("image `\(text)` is in use by a pod: delete the pod first")
      }
      try index.manifests.removeAll { entry in
        let name = try entry.imageName
        return try leaving.contains { try $0.manifest == Digest(entry.digest) && $0.name == name }
      }
      try write(index)
      try sweep()
      return Removal(untagged: names, deleted: isLast ? image.id : nil)
    }
  }

  /// Removes the blobs and layers that no entry of the index needs. A layer is moved away before it
  /// is emptied, so that nobody ever sees a part of one.
  func sweep() throws {
    var blobs: Set<String> = []
    var diffIDs: Set<String> = []
    for entry in try layout.index().manifests {
      let image = try image(entry)
      blobs.formUnion(([image.manifest, image.id] + image.layers.map(\.blob)).map(\.hexadecimal))
      diffIDs.formUnion(image.layers.map(\.diffID.hexadecimal))
    }
    for name in try Files.list(layout.blobDirectory) where !blobs.contains(name) {
      try Files.removeTree("\(layout.blobDirectory)/\(name)")
    }
    for name in try Files.list(layerRoot) where !diffIDs.contains(name) {
      let doomed = "\(layerStaging)/\(name)"
      try Files.rename("\(layerRoot)/\(name)", to: doomed)
      try Files.removeTree(doomed)
    }
  }
}
