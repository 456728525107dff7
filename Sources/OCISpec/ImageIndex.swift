/// A list of manifests: `index.json` of a layout, or one image for several platforms.
public struct ImageIndex: SpecObject {
  /// Always 2.
  public var schemaVersion: Int
  /// `MediaType.imageIndex`, where said.
  public var mediaType: MediaType?
  /// What an artifact is, where this is the index of one.
  public var artifactType: String?
  /// The manifests, or further indexes.
  public var manifests: [Descriptor]
  /// The manifest that this index is about.
  public var subject: Descriptor?
  /// Free notes.
  public var annotations: [String: String]?

  public init(manifests: [Descriptor] = []) {
    schemaVersion = 2
    self.manifests = manifests
  }
}

/// The file `oci-layout` that marks a folder as an image layout.
public struct ImageLayout: SpecObject {
  /// Version of the layout; 1.0.0 is the only one so far.
  public var imageLayoutVersion: String

  public init(imageLayoutVersion: String = "1.0.0") {
    self.imageLayoutVersion = imageLayoutVersion
  }
}
