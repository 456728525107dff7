import PodModel

/// Telling the pods that may be waiting for images that these have come.
enum ImageNews {
  /// What is in the store is in the store: a supervisor that cannot be told is worth a warning.
  static func tell(of names: [ImageReference], _ world: World) {
    do {
      for stored in try PodStore(world).pods(in: nil) where stored.waits(for: names) {
        try SupervisorNews.tell("images", stored)
      }
    } catch {
      Output.complain("Warning: \(error)")
    }
  }
}

extension StoredPod {
  fileprivate func waits(for names: [ImageReference]) -> Bool {
    let spec = pod.spec
    let wanted = spec.allContainers.map(\.image) + spec.volumes.compactMap(\.image?.reference)
    let isWanted = wanted.contains { name in
      (try? ImageReference(name)).map(names.contains) ?? false
    }
    return isWanted && (try? status())?.phase == .pending
  }
}
