import OCISpec
import PodModel

/// Removal: the index first, then whatever nothing in it needs any more.
extension ImageStore {
  /// What `remove` did.
  struct Removal: Equatable {
    /// The names that were taken away.
    var untagged: [ImageReference] = []
    /// The image, when that was its last name; by its manifest's digest if it cannot be read.
    var deleted: Digest?
  }

  /// Takes a name from its image, or, given an ID, the image with its only name. The image goes
  /// with its last name, unless it is in use: `inUse` gives the IDs that some pod needs, and is
  /// asked under the lock of the store. Nil when there is no such image.
  func remove(_ text: String, inUse: () throws -> Set<Digest> = { [] }) throws -> Removal? {
    guard LayoutDirectory.isOne(layout.path) else { return nil }
    return try writing { _ in
      var index = try layout.index()
      let leaving = try entries(text, in: index)
      guard let entry = leaving.first else { return nil }
      let names = try leaving.compactMap { try $0.imageName }
      guard names.count <= 1 else {
        let list = names.map(\.description).joined(separator: "`, `")
        throw ImageError("image `\(text)` has several names: remove `\(list)`")
      }
      index.manifests.removeAll { leaving.contains($0) }
      let isLast = !index.manifests.contains { $0.digest == entry.digest }
      let id = isLast ? try idle(entry, text, inUse) : nil
      try write(index)
      try sweep()
      return Removal(untagged: names, deleted: id)
    }
  }

  /// What `prune` did.
  struct Pruning: Equatable {
    var untagged: [ImageReference] = []
    var deleted: [Digest] = []
    /// Bytes of the disk.
    var freed: Int64 = 0
  }

  /// Removes the images that have no tag, or `all`, as far as no pod needs them. One that cannot be
  /// read stays: nobody knows who needs it.
  func prune(all: Bool, inUse: () throws -> Set<Digest>) throws -> Pruning {
    guard LayoutDirectory.isOne(layout.path) else { return Pruning() }
    return try writing { _ in
      var pruning = Pruning()
      let images = try list()
      let kept = try inUse().union(all ? [] : images.filter { $0.name?.tag != nil }.map(\.id))
      let leaving = images.filter { !kept.contains($0.id) }
      if leaving.isEmpty { return pruning }
      let before = try diskUse()
      var index = try layout.index()
      try index.manifests.removeAll { entry in
        let id = try image(entry).id
        return leaving.contains { $0.id == id }
      }
      try write(index)
      try sweep()
      pruning.untagged = leaving.compactMap(\.name)
      pruning.deleted = Set(leaving.map(\.id)).sorted { $0.hexadecimal < $1.hexadecimal }
      pruning.freed = try before - diskUse()
      return pruning
    }
  }

  /// What blobs and layers take of the disk.
  func diskUse() throws -> Int64 {
    try DiskUse.measure([layout.blobDirectory, layerRoot]).reduce(0, +)
  }

  /// The entries that a name or an ID means. The digest of a manifest means its own too: it is what
  /// the error about a damaged image gives, of which nothing but the entry can be read.
  private func entries(_ text: String, in index: ImageIndex) throws -> [Descriptor] {
    let damaged = index.manifests.filter { $0.digest == text }
    if !damaged.isEmpty { return damaged }
    if let name = try? ImageReference(text) {
      let named = try index.manifests.first { try name.means($0) }
      if let named { return [named] }
    }
    guard let id = try find(text)?.id else { return [] }
    return try index.manifests.filter { try image($0).id == id }
  }

  /// The ID of an image that no pod uses.
  private func idle(
    _ entry: Descriptor, _ text: String, _ inUse: () throws -> Set<Digest>
  ) throws -> Digest {
    let used = try inUse()
    if used.isEmpty, (try? image(entry)) == nil { return try Digest(entry.digest) }
    let id = try image(entry).id
    guard !used.contains(id) else {
      throw ImageError("image `\(text)` is in use by a pod: delete the pod first")
    }
    return id
  }

  /// Removes the blobs and layers that no entry of the index needs; all stay as long as there is an
  /// entry that cannot be read. A layer is moved away before it is emptied, so that nobody ever
  /// sees a part of one.
  private func sweep() throws {
    var blobs: Set<String> = []
    var diffIDs: Set<String> = []
    for entry in try layout.index().manifests {
      guard let image = try? image(entry) else { return }
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
