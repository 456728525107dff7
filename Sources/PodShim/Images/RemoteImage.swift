import OCISpec
import PodModel

/// What a registry has under a name: the digest that the name stands for, and the image for this
/// host that it leads to.
struct RemoteImage {
  typealias Blob = (digest: Digest, size: Int64)

  /// Of the index, where there is one for several platforms; what a kubelet shows as `imageID`.
  let digest: Digest
  let descriptor: Descriptor
  let manifest: Digest
  let config: Blob
  let layers: [Blob]

  /// Asks the registry, and puts the documents into the staging folder.
  init(
    _ reference: ImageReference, from skopeo: Skopeo, into staging: borrowing PullStaging
  ) throws {
    let bytes = try skopeo.manifest(reference)
    digest = try Digest.ofBytes(bytes)
    if let wanted = reference.digest, wanted != digest.description {
      throw ImageError("the registry has `\(digest)` in the place of `\(wanted)`")
    }
    try staging.add(bytes, as: digest)
    let named = Descriptor(
      mediaType: try Self.mediaType(bytes), digest: digest.description, size: Int64(bytes.count))
    guard let descriptor = try staging.layout.resolve(named) else {
      throw ImageError("`\(digest)` has no image for \(Platform.name)")
    }
    self.descriptor = descriptor
    manifest = try Digest(descriptor.digest)
    if manifest != digest {
      let document = try skopeo.manifest(reference.with(digest: manifest))
      guard try Digest.ofBytes(document) == manifest else {
        throw ImageError("the registry has something else in the place of `\(manifest)`")
      }
      try staging.add(document, as: manifest)
    }
    let content = try staging.layout.manifest(manifest)
    config = (try Digest(content.config.digest), content.config.size)
    layers = try content.layers.map { (try Digest($0.digest), $0.size) }
  }

  /// What a document says that it is; without a word, what its form says.
  private static func mediaType(_ bytes: [UInt8]) throws -> MediaType {
    struct Head: Decodable {
      struct Anything: Decodable {}
      var mediaType: MediaType?
      var manifests: [Anything]?
      var schemaVersion: Int?
    }
    let head = try JSON.decode(Head.self, from: bytes)
    guard head.schemaVersion != 1 else {
      throw ImageError("its manifest is of version 1, which is not supported: push it anew")
    }
    return head.mediaType ?? (head.manifests == nil ? .imageManifest : .imageIndex)
  }
}

extension ImageReference {
  /// The same repository, at this digest.
  func with(digest: Digest) throws(InvalidImageName) -> ImageReference {
    try ImageReference("\(repository)@\(digest)")
  }

  /// Without a tag where there is a digest.
  var withoutIdleTag: ImageReference {
    guard tag != nil, let digest else { return self }
    return (try? ImageReference("\(repository)@\(digest)")) ?? self
  }
}
