import PodModel

/// Looking for images: those that containers run, and those that are volumes.
extension Supervisor {
  func findImage(of container: Container) throws(Failure) -> StoredImage {
    try findImage(container.image, container.imagePullPolicy)
  }

  /// Has the images that are volumes of a container shown where the container mounts them. One that
  /// is not there is the container's failure, as its own image would be.
  func showImages(to container: Container) throws(Failure) {
    for volume in pod.spec.volumes {
      guard let source = volume.image,
        container.volumeMounts.contains(where: { $0.name == volume.name })
      else { continue }
      let image = try findImage(source.reference, source.pullPolicy)
      do {
        try ImageVolume(path: paths.volume(volume.name)).show(image, in: images)
      } catch {
        throw Failure(
          .bundle, reason: "CreateContainerError",
          message: "failed to mount image volume \"\(volume.name)\": \(error)")
      }
    }
  }

  private func findImage(_ name: String, _ policy: PullPolicy?) throws(Failure) -> StoredImage {
    let reference: ImageReference
    do throws(InvalidImageName) {
      reference = try ImageReference(name)
    } catch {
      throw Failure(
        .image, reason: "InvalidImageName",
        message: "Failed to apply default image tag \"\(name)\": \(error)")
    }
    if let image = lookedUp[name] { return image }
    do {
      if let image = try images.find(reference) {
        try images.prepare(image)
        lookedUp[name] = image
        return image
      }
    } catch {
      throw Failure(.image, reason: "ErrImagePull", message: "image \"\(name)\": \(error)")
    }
    if policy == .never {
      throw Failure(
        .image, reason: "ErrImageNeverPull",
        message: "Container image \"\(name)\" is not present with pull policy of Never")
    }
    throw Failure(
      .image, reason: "ErrImagePull",
      message: "Failed to pull image \"\(name)\": \(reference) is not in the local store and "
        + "pulling is not supported yet: bring it with `podshim load -i FILE`")
  }
}
