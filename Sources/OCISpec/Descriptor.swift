/// A reference to a blob: what it is, its digest, its size.
public struct Descriptor: SpecObject, Hashable {
  /// What the blob is.
  public var mediaType: MediaType
  /// Its name and checksum: `sha256:<64 hex digits>`.
  public var digest: String
  /// Its length in bytes.
  public var size: Int64
  /// Other places to get it from.
  public var urls: [String]?
  /// Free notes; in an index the name of the image stands here.
  public var annotations: [String: String]?
  /// The blob itself, in base64.
  public var data: String?
  /// What an artifact is, where the blob is a manifest of one.
  public var artifactType: String?
  /// Where the image runs, where the blob is a manifest.
  public var platform: Platform?

  public init(mediaType: MediaType, digest: String, size: Int64) {
    self.mediaType = mediaType
    self.digest = digest
    self.size = size
  }
}

/// Where an image runs, in the words of Go (`amd64`, `linux`).
public struct Platform: SpecObject, Hashable {
  /// Processor architecture: `amd64`, `arm64`.
  public var architecture: String
  /// Operating system.
  public var os: String
  /// Its version.
  public var `os.version`: String?
  /// What it must have.
  public var `os.features`: [String]?
  /// Variant of the processor: `v7` of `arm`.
  public var variant: String?

  public init(architecture: String, os: String) {
    self.architecture = architecture
    self.os = os
  }
}

/// What a blob is; Docker's own words pass through as any other.
public struct MediaType: Word {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let imageIndex: Self = "application/vnd.oci.image.index.v1+json"
  public static let imageManifest: Self = "application/vnd.oci.image.manifest.v1+json"
  public static let imageConfig: Self = "application/vnd.oci.image.config.v1+json"
  public static let layer: Self = "application/vnd.oci.image.layer.v1.tar"
  public static let layerGzip: Self = "application/vnd.oci.image.layer.v1.tar+gzip"
  public static let layerZstd: Self = "application/vnd.oci.image.layer.v1.tar+zstd"
  /// The blob `{}`, where a manifest has nothing to say.
  public static let empty: Self = "application/vnd.oci.empty.v1+json"
}
