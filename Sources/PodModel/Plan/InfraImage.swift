public import OCISpec

/// An image that runs as pause in the place of our own program: any that waits for ever and ends on
/// SIGTERM, and that reaps where a pod shares its process IDs.
public struct InfraImage: Equatable, Sendable {
  public var config: ImageConfig
  /// Where it is shown.
  public var rootfs: String

  public init(config: ImageConfig, rootfs: String) {
    self.config = config
    self.rootfs = rootfs
  }

  /// What the image says that it runs; empty when it says nothing.
  var command: [String] {
    (config.config?.Entrypoint ?? []) + (config.config?.Cmd ?? [])
  }

  var environment: [String] { config.config?.Env ?? [] }

  var workingDirectory: String {
    config.config?.WorkingDir.flatMap { $0.isEmpty ? nil : $0 } ?? "/"
  }

  /// By number, as images of this kind have it; a name stands for root.
  var user: (uid: UInt32, gid: UInt32) {
    let parts = (config.config?.User ?? "").split(separator: ":").map { UInt32($0) }
    guard let uid = parts.first ?? nil else { return (0, 0) }
    return (uid, parts.count > 1 ? parts[1] ?? 0 : 0)
  }
}
