/// One volume of a pod as this host has it: what containers mount, and how that comes to be.
///
/// What is made lies below the pod's own `volumes` folder and goes with it, mounts included; so a
/// kind of volume says only how it is set up.
protocol HostedVolume {
  /// What containers mount.
  var path: String { get }

  /// Makes it ready. Whatever is ready already stays as it is: a sandbox that is made anew and a
  /// supervisor that comes back ask again.
  func setUp() throws
}
