import Glibc
import OCISpec
import PodModel

/// Loading: everything is made in staging directories and checked there, then renamed into place,
/// the index last.
extension ImageStore {
  /// Takes in every image of an oci-archive, an OCI directory or a docker-archive (`-` is an
  /// archive on standard input), and unpacks its layers. Each result is one name of one image.
  @discardableResult
  func load(_ path: String, as name: ImageReference? = nil) throws -> [StoredImage] {
    try writing { lock in
      let source = try ImageSource(path, staging: staging, lock: lock)
      return try take(source.offers(named: name, from: path), from: source, lock)
    }
  }

  /// Takes in the one image that has arrived in a layout from its registry, and unpacks its layers.
  func take(
    _ arrived: LayoutDirectory, as name: ImageReference, pulledAs digest: Digest
  ) throws -> StoredImage? {
    try writing { lock in
      let source = ImageSource(arrived: arrived)
      var offers = try source.offers(named: name, from: arrived.path)
      offers[0].registryDigest = digest
      return try take(offers, from: source, lock).first
    }
  }

  private func take(
    _ offers: [LayoutDirectory.Offer], from source: ImageSource, _ lock: CInt
  ) throws -> [StoredImage] {
    let intake = try BlobIntake(into: layout, from: source, staging: staging, lock: lock)
    let manifests = try offers.map { try Digest($0.manifest.digest) }
    try intake.take(manifests, again: true)
    let layers = try take(manifests, intake)
    try unpack(layers.map { ($0, intake.holder(of: $0.blob).blobPath($0.blob)) }, lock)
    try FileSystem.synchronize(staging)
    try intake.publish()
    return try record(offers)
  }

  /// Unpacks the layers that are not, be it that another program put the image into the layout or
  /// that somebody cleared the directory. Does nothing, and waits for nobody, when all are there.
  func prepare(_ image: StoredImage) throws {
    if image.layers.allSatisfy({ Files.exists($0.directory) }), Files.exists(emptyDirectory) {
      return
    }
    try writing { lock in
      try unpack(image.layers.map { ($0, layout.blobPath($0.blob)) }, lock)
    }
  }

  /// Configurations, then layers. Returns the layers of all the images.
  private func take(_ manifests: [Digest], _ intake: BlobIntake) throws -> [StoredImage.Layer] {
    var layers: [StoredImage.Layer] = []
    for digest in manifests {
      let manifest = try intake.holder(of: digest).manifest(digest)
      let id = try Digest(manifest.config.digest)
      try intake.take([id], again: true)
      let config = try intake.holder(of: id).config(id)
      let own = try self.layers(of: manifest, config)
      try intake.take(own.map(\.blob))
      layers += own
    }
    return layers
  }

  /// Unpacks each layer that has no directory yet, all of them before the first appears.
  private func unpack(_ layers: [(layer: StoredImage.Layer, blob: String)], _ lock: CInt) throws {
    var fresh: [(from: String, to: String)] = []
    for (layer, blob) in layers where !Files.exists(layer.directory) {
      let directory = "\(layerStaging)/\(layer.diffID.hexadecimal)"
      if Files.exists(directory) { continue }
      try Files.makeDirectories(directory)
      let archive = LayerArchive(blob: blob, diffID: layer.diffID, lock: lock)
      try archive.unpack(into: directory)
      fresh.append((directory, layer.directory))
    }
    if fresh.isEmpty { return }
    try FileSystem.synchronize(layerStaging)
    for layer in fresh { try Files.rename(layer.from, to: layer.to) }
  }

  /// Writes the names into the index. A name that another image had goes to the new one, and the
  /// other stays without a name when it has no second one, since a pod may be using it.
  private func record(_ offers: [LayoutDirectory.Offer]) throws -> [StoredImage] {
    var index = LayoutDirectory.isOne(layout.path) ? try layout.index() : ImageIndex()
    var entries: [Descriptor] = []
    for offer in offers {
      for name in offer.names {
        let losers = try index.manifests.filter { try $0.imageName == name }
        try index.manifests.removeAll { try $0.imageName == name }
        index.manifests += try losers.map { try $0.losingTag() }
        let entry = offer.manifest.named(name, pulledAs: offer.registryDigest)
        index.manifests.append(entry)
        entries.append(entry)
      }
    }
    try write(index)
    return try entries.map { try image($0) }
  }

  /// Puts the index in place, without the nameless entries of images that have a name, nor those
  /// for a digest that a tag stands for by now. The same image may have two manifests: one of its
  /// layers compressed, one of them as they are.
  func write(_ index: ImageIndex) throws {
    func id(_ entry: Descriptor) -> String {
      let manifest = try? layout.manifest(Digest(entry.digest))
      return manifest?.config.digest ?? entry.digest
    }
    let all = index
    var index = index
    try index.manifests.removeAll { try $0.isRepeated(in: all) }
    var seen = Set(try index.manifests.filter { try $0.imageName != nil }.map(id))
    try index.manifests.removeAll { entry in
      try entry.imageName == nil && !seen.insert(id(entry)).inserted
    }
    try Files.replace(
      layout.path + "/oci-layout", with: JSON.compact(ImageLayout()), durable: true)
    try Files.replace(layout.indexPath, with: JSON.pretty(index), durable: true)
  }

  /// Runs `body` as the only writer. It gets the descriptor of the lock, for the programs that it
  /// starts. What a killed writer left is removed first, and so is what `body` leaves.
  func writing<Result>(_ body: (_ lock: CInt) throws -> Result) throws -> Result {
    try Files.makeDirectories(root)
    for directory in [layout.path, root + "/layers"] {
      // layers hold programs with the set-user-ID bit, which no other user of the host may reach
      try Files.makeDirectories(directory, mode: 0o700)
    }
    let lock = try FileLock.acquire(layout.path + "/lock")
    guard let lock else { throw ImageError("`\(layout.path)/lock` is held by another program") }
    try PullStaging.sweep(self)
    for directory in [staging, layerStaging] {
      try Files.removeTree(directory)
      try Files.makeDirectories(directory, mode: 0o700)
    }
    defer {
      for directory in [staging, layerStaging] { try? Files.removeTree(directory) }
    }
    for directory in [layout.blobDirectory, layerRoot, emptyDirectory] {
      try Files.makeDirectories(directory)
    }
    return try body(lock.file.raw)
  }
}

extension Descriptor {
  /// It is for a digest alone, and there is a tag in the repository that stands for the same.
  fileprivate func isRepeated(in index: ImageIndex) throws -> Bool {
    guard let name = try imageName, name.tag == nil, let registryDigest else { return false }
    return try index.manifests.contains { other in
      guard let tagged = try other.imageName, tagged.tag != nil else { return false }
      return tagged.repository == name.repository && other.registryDigest == registryDigest
    }
  }
}
