/// What the owner of a host lets pods do about images that are not here, whatever their policies.
///
/// The usual one is `policy`. The others are for hosts without a registry, where manifests shall
/// run as they are on images that were brought by hand.
public enum PullMode: String, CaseIterable, Codable, Sendable {
  /// Each container's `imagePullPolicy` holds.
  case policy
  /// No registry is asked about an image that is here.
  case missing
  /// No registry is asked.
  case never

  /// What holds for an image that is to be pulled as `policy` says. A digest means one image for
  /// ever, so that nobody has to be asked about one that is here.
  public func policy(_ policy: PullPolicy?, for image: ImageReference) -> PullPolicy {
    switch (self, policy ?? .ifNotPresent) {
    case (.never, _), (_, .never): .never
    case (.missing, _), (.policy, .ifNotPresent): .ifNotPresent
    case (.policy, .always): image.digest == nil ? .always : .ifNotPresent
    }
  }
}
