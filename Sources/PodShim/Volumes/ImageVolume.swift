import PodModel

/// The content of an image as a folder that nobody writes to.
///
/// The kubelet looks for its image when a container is made, as it does for the container's own; so
/// there is nothing to set up before, and who mounts it brings the image.
struct ImageVolume: HostedVolume {
  let path: String

  func setUp() {}

  /// Shows the image; what is shown already stays.
  func show(_ image: StoredImage, in store: ImageStore) throws {
    try Rootfs.show(image, in: store, at: path)
  }
}
