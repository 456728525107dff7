/// The parts of one image: its configuration and its layers.
public struct Manifest: SpecObject {
  /// Always 2.
  public var schemaVersion: Int
  /// `MediaType.imageManifest`, where said.
  public var mediaType: MediaType?
  /// What an artifact is, where this is no image.
  public var artifactType: String?
  /// The blob that holds the `ImageConfig`.
  public var config: Descriptor
  /// The blobs of the layers, lowest first.
  public var layers: [Descriptor]
  /// The manifest that this one is about.
  public var subject: Descriptor?
  /// Free notes.
  public var annotations: [String: String]?

  public init(config: Descriptor, layers: [Descriptor]) {
    schemaVersion = 2
    self.config = config
    self.layers = layers
  }
}
