import OCISpec
import PodModel

/// One image of the store, under one of its names.
///
/// A value read from the store's index at one moment: it says where everything lies and holds
/// nothing. An image in use must be kept by the caller, who tells `ImageStore.remove` of it.
struct StoredImage {
  /// Nil for an image whose name has gone to a newer one.
  var name: ImageReference?
  var manifest: Digest
  /// What its registry has under the name, when it was pulled.
  var registryDigest: Digest?
  /// The digest of the configuration: Docker's image ID.
  var id: Digest
  var config: ImageConfig
  /// Lowest first.
  var layers: [Layer]
  /// Bytes of all its blobs, as they are kept (compressed, mostly).
  var size: Int64

  struct Layer {
    /// Digest of the uncompressed layer, the name of its directory.
    var diffID: Digest
    var blob: Digest
    /// Where it is unpacked, once `ImageStore.prepare` has seen to it.
    var directory: String
  }

  /// What a container status gives as `imageID`: the repository, and the digest that it has there.
  var repositoryDigest: String {
    name.map { "\($0.repository)@\(registryDigest ?? manifest)" } ?? id.description
  }
}
