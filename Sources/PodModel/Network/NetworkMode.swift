/// How a pod that does not share the host's network gets one of its own, as `--network` names it.
public enum NetworkMode: String, Codable, CaseIterable, Sendable {
  /// The first of `cni`, `bridge` and `none` that this host can do; without root of `pasta`,
  /// `slirp4netns` and `none`.
  case auto
  /// The plugins that a configuration in `/etc/cni/net.d` names.
  case cni
  /// A bridge of our own, with addresses of our own.
  case bridge
  /// Without root: a network that the program `pasta` carries.
  case pasta
  /// The same, carried by `slirp4netns`.
  case slirp4netns
  /// Loopback, and host ports through the forwarder.
  case none
  /// The host's, as if the pod had said `hostNetwork: true`.
  case host

  /// A program carries each packet, and needs no right to do so.
  public var isCarried: Bool { self == .pasta || self == .slirp4netns }
}
