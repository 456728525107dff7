/// What the rules of a container need to know of the pod around it.
///
/// Made once for all containers of a pod, so that ten thousand mounts stay cheap to look up.
struct ContainerSurroundings: Sendable {
  var spec: PodSpec
  var volumes: [String: Volume] = [:]

  init(_ spec: PodSpec) {
    self.spec = spec
    for volume in spec.volumes { volumes[volume.name] = volume }
  }

  /// The volume of this name, or a complaint with the nearest name where there is none.
  func volume(
    _ name: String, _ path: FieldPath, _ review: inout Review
  ) -> Volume? {
    if let volume = volumes[name] { return volume }
    review.missing(path, name, among: volumes.keys.sorted())
    return nil
  }
}

/// One rule of the API server about a container in its pod.
typealias ContainerRule =
  @Sendable (
    Container, ContainerSurroundings, FieldPath, inout Review
  ) -> Void
