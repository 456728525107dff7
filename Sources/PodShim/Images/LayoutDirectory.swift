import Glibc
import OCISpec
import PodModel

/// One directory in the form of the OCI image layout: `oci-layout`, `index.json`, `blobs/`.
///
/// Our own store is one, and every source of images is one before it is loaded. What it reads is
/// checked in form only; digests are checked by whoever takes the blobs in.
struct LayoutDirectory {
  let path: String
  /// A directory that the user named may hold links; in one that was unpacked from an archive they
  /// may lead anywhere.
  var followsLinks = false

  var indexPath: String { path + "/index.json" }
  var blobDirectory: String { path + "/blobs/sha256" }

  func blobPath(_ digest: Digest) -> String { "\(blobDirectory)/\(digest.hexadecimal)" }

  static func isOne(_ path: String) -> Bool { Files.exists(path + "/index.json") }

  /// Refuses directories that are links in an unpacked archive: what lies below would be somebody
  /// else's, and is to be moved.
  func checkDirectories() throws {
    for directory in [path + "/blobs", blobDirectory]
    where !followsLinks && (try? Files.readLink(directory)) != nil {
      throw ImageError("`\(directory)` is a link, which an image layout has no use for")
    }
  }

  func index() throws -> ImageIndex {
    try decode(ImageIndex.self, from: indexPath, as: "the image index `\(indexPath)`")
  }

  func manifest(_ digest: Digest) throws -> OCISpec.Manifest {
    let manifest = try document(OCISpec.Manifest.self, digest, as: "manifest")
    guard manifest.config.mediaType == .imageConfig || manifest.config.mediaType == .dockerConfig
    else {
      throw ImageError(
        "`\(digest)` is not an image: its configuration is a `\(manifest.config.mediaType)`")
    }
    return manifest
  }

  func config(_ digest: Digest) throws -> ImageConfig {
    try document(ImageConfig.self, digest, as: "image configuration")
  }

  /// A JSON blob.
  func document<T: Decodable>(_ type: T.Type, _ digest: Digest, as noun: String) throws -> T {
    try decode(type, from: blobPath(digest), as: "\(noun) `\(digest)`")
  }

  func decode<T: Decodable>(_ type: T.Type, from path: String, as noun: String) throws -> T {
    // A document is read whole. No image has one of this size; an archive of a stranger may.
    guard try FileKind.size(of: path, following: followsLinks) <= 16 << 20 else {
      throw ImageError("\(noun) is too large")
    }
    let text = try Files.read(path)
    do {
      return try JSON.decode(type, from: text)
    } catch {
      throw ImageError("\(noun) cannot be read: \(error)")
    }
  }
}

extension LayoutDirectory {
  /// An image that a layout holds for this host, and the names that the layout gives it.
  struct Offer {
    var names: [ImageReference]
    var manifest: Descriptor
    /// What the registry has under the name, where it came from one.
    var registryDigest: Digest?
  }

  /// The images in the order of the index, each once with all its names.
  func offers() throws -> [Offer] {
    var offers: [Offer] = []
    for entry in try index().manifests where !entry.isAttestation {
      guard let manifest = try resolve(entry) else { continue }
      let name = try entry.imageName
      if let known = offers.firstIndex(where: { $0.manifest.digest == manifest.digest }) {
        offers[known].names += name.map { [$0] } ?? []
      } else {
        offers.append(Offer(names: name.map { [$0] } ?? [], manifest: manifest))
      }
    }
    return offers
  }

  /// The manifest that an entry of an index stands for: itself, or the one in a nested index that
  /// is for this host. Nil for an entry of another platform beside ours.
  func resolve(_ entry: Descriptor, depth: Int = 0) throws -> Descriptor? {
    guard depth < 4 else { throw ImageError("`\(entry.digest)`: indexes are nested too deep") }
    if let platform = entry.platform, !platform.isOurs { return nil }
    guard entry.mediaType == .imageIndex || entry.mediaType == .dockerManifestList else {
      return entry
    }
    let nested = try document(ImageIndex.self, Digest(entry.digest), as: "image index").manifests
    for candidate in nested where !candidate.isAttestation {
      if let found = try resolve(candidate, depth: depth + 1) { return found }
    }
    let others = nested.compactMap(\.platform).filter { $0.os != "unknown" }
    throw ImageError(
      "`\(entry.digest)` has no image for \(Platform.name); it has: "
        + others.map { "\($0.os)/\($0.architecture)" }.joined(separator: ", "))
  }
}

extension Descriptor {
  static let nameKey = "org.opencontainers.image.ref.name"
  private static let containerdNameKey = "io.containerd.image.name"
  static let registryDigestKey = "local.podshim.image.registry-digest"

  /// The name that an index gives. A bare word under the OCI key is a tag without a repository
  /// (`latest` of `skopeo copy … oci:dir:latest`), which names nothing.
  var imageName: ImageReference? {
    get throws {
      if let full = annotations?[Self.containerdNameKey] { return try ImageReference(full) }
      guard let name = annotations?[Self.nameKey], name.contains(where: { "/:@".contains($0) })
      else { return nil }
      return try ImageReference(name)
    }
  }

  /// The digest that the name had in its registry when it was pulled: that of an index, where there
  /// was one for several platforms.
  var registryDigest: Digest? { annotations?[Self.registryDigestKey].flatMap { try? Digest($0) } }

  /// The same blob under a name of our index.
  func named(_ name: ImageReference?, pulledAs digest: Digest? = nil) -> Descriptor {
    var entry = Descriptor(mediaType: mediaType, digest: self.digest, size: size)
    guard let name else { return entry }
    entry.annotations = [Self.nameKey: name.description]
    if let digest { entry.annotations?[Self.registryDigestKey] = digest.description }
    return entry
  }

  /// What is left of an entry whose tag goes to another image. One that was pulled can still be
  /// asked for by its digest.
  func losingTag() throws -> Descriptor {
    guard let name = try imageName, let registryDigest else { return named(nil) }
    return named(try name.with(digest: registryDigest), pulledAs: registryDigest)
  }

  /// Statements about an image that BuildKit keeps beside it as if they were images.
  var isAttestation: Bool {
    platform?.os == "unknown" || annotations?["vnd.docker.reference.type"] != nil
  }
}

extension Platform {
  #if arch(x86_64)
    static let ours = Platform(architecture: "amd64", os: "linux")
  #elseif arch(arm64)
    static let ours = Platform(architecture: "arm64", os: "linux")
  #endif

  static var name: String { "\(ours.os)/\(ours.architecture)" }

  var isOurs: Bool { os == Self.ours.os && architecture == Self.ours.architecture }
}

/// Docker's words for the same documents.
extension MediaType {
  static let dockerConfig: Self = "application/vnd.docker.container.image.v1+json"
  static let dockerManifestList: Self =
    "application/vnd.docker.distribution.manifest.list.v2+json"
}
