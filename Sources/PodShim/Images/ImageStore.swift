import Glibc
import OCISpec
import PodModel

/// The images of one root directory: an OCI image layout, and each layer unpacked once.
///
/// Writers hold a lock for as long as they or the programs that they started live, and put
/// everything in place by renaming, the index last. So a reader needs no lock, and a writer that
/// was killed leaves nothing but a staging directory, which the next writer removes.
struct ImageStore {
  let root: String

  init(root: String) {
    self.root = root
  }

  var layout: LayoutDirectory { LayoutDirectory(path: root + "/images") }
  var layerRoot: String { root + "/layers/sha256" }
  /// A folder for each image that is being pulled.
  var pulls: String { root + "/images/.pulls" }
  /// On the file system of what is renamed out of it.
  var staging: String { root + "/images/.staging" }
  var layerStaging: String { root + "/layers/.staging" }
  /// What an overlay takes for its lower directory when an image has no layer.
  var emptyDirectory: String { root + "/layers/empty" }

  func layerDirectory(_ diffID: Digest) -> String { "\(layerRoot)/\(diffID.hexadecimal)" }

  /// Every name of every image, in the order of the names; nameless images last.
  func list() throws -> [StoredImage] {
    guard LayoutDirectory.isOne(layout.path) else { return [] }
    let images = try layout.index().manifests.map { try image($0) }
    return images.sorted { a, b in
      switch (a.name?.description, b.name?.description) {
      case (let a?, let b?): a < b
      case (let a, let b): a != nil && b == nil
      }
    }
  }

  /// The image of that name. A reference with a digest means the image whose manifest has it,
  /// whatever its tag (a tag beside a digest says nothing, as with Docker).
  func find(_ reference: ImageReference) throws -> StoredImage? {
    guard LayoutDirectory.isOne(layout.path) else { return nil }
    return try layout.index().manifests.first { try reference.means($0) }.map { try image($0) }
  }

  /// An image by its name or by its ID: `nginx`, `sha256:…`, or the first digits of the ID.
  /// Nil when no image is meant.
  func find(_ text: String) throws -> StoredImage? {
    if let digest = try? Digest(text) { return try list().first { $0.id == digest } }
    let isPrefix = text.utf8.count >= 4 && text.allSatisfy { $0.isASCII && $0.isHexDigit }
    let named: StoredImage?
    do {
      named = try find(ImageReference(text))
    } catch let error as InvalidImageName {
      guard isPrefix else { throw error }
      named = nil
    }
    if named != nil || !isPrefix { return named }
    let images = try list().filter { $0.id.hexadecimal.hasPrefix(text) }
    guard Set(images.map(\.id)).count <= 1 else {
      throw ImageError("`\(text)` begins the ID of several images: write more of it")
    }
    return images.first
  }

  func image(_ entry: Descriptor) throws -> StoredImage {
    do {
      return try read(entry)
    } catch {
      throw ImageError(
        "image `\(try entry.imageName?.description ?? "<none>")` is damaged (\(error)): "
          + "load it again, or `podshim rmi \(entry.digest)`")
    }
  }

  private func read(_ entry: Descriptor) throws -> StoredImage {
    let digest = try Digest(entry.digest)
    let manifest = try layout.manifest(digest)
    let id = try Digest(manifest.config.digest)
    let config = try layout.config(id)
    return StoredImage(
      name: try entry.imageName, manifest: digest, registryDigest: entry.registryDigest, id: id,
      config: config,
      layers: try layers(of: manifest, config),
      size: manifest.layers.reduce(entry.size + manifest.config.size) { $0 + $1.size })
  }

  func layers(of manifest: OCISpec.Manifest, _ config: ImageConfig) throws -> [StoredImage.Layer] {
    let diffIDs = config.rootfs.diff_ids
    guard diffIDs.count == manifest.layers.count else {
      throw ImageError(
        "image `\(manifest.config.digest)` has \(manifest.layers.count) layers "
          + "and names \(diffIDs.count) in its configuration")
    }
    return try zip(diffIDs, manifest.layers).map { diffID, blob in
      let diffID = try Digest(diffID)
      return StoredImage.Layer(
        diffID: diffID, blob: try Digest(blob.digest), directory: layerDirectory(diffID))
    }
  }
}

extension ImageReference {
  /// Whether an entry of the index has this name, or the manifest that the name asks for.
  func means(_ entry: Descriptor) throws -> Bool {
    guard let name = try entry.imageName else { return false }
    if name == self { return true }
    guard let digest, name.repository == repository else { return false }
    return digest == entry.digest || digest == entry.registryDigest?.description
  }
}
