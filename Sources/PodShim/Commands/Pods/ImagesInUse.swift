import PodModel

/// The images that the pods of a world need, whether they run or not: those that they name, those
/// that their containers were made of, also when the name means another by now, and what runs as
/// pause.
enum ImagesInUse {
  /// By their IDs.
  static func read(_ world: World, _ store: ImageStore) throws -> Set<Digest> {
    var used: Set<Digest> = []
    let images = try store.list()
    for stored in try PodStore(world).pods(in: nil) {
      for name in try names(stored) {
        guard let reference = try? ImageReference(name) else { continue }
        used.formUnion(images.filter { $0.means(reference) }.map(\.id))
      }
    }
    return used
  }

  private static func names(_ stored: StoredPod) throws -> [String] {
    let spec = stored.pod.spec
    let made = try stored.snapshot()?.life.containers.compactMap(\.identity?.imageID) ?? []
    let infra = try PodSettings.read(stored.paths)?.infraImage
    return spec.allContainers.map(\.image) + spec.volumes.compactMap(\.image?.reference) + made
      + [infra].compactMap { $0 }
  }
}

extension StoredImage {
  /// By its name, or by a digest that it has had under any.
  fileprivate func means(_ reference: ImageReference) -> Bool {
    if let digest = reference.digest {
      return digest == manifest.description || digest == registryDigest?.description
    }
    return name == reference
  }
}
