import PodModel

/// What a claim stands for on this host: a directory under its name, kept for whichever pod asks
/// for it next. The first pod that names a claim makes it, and no pod takes it away.
struct ClaimVolume: HostedVolume {
  let path: String
  let source: PersistentVolumeClaimVolumeSource
  let ownership: VolumeOwnership?
  let policy: FSGroupChangePolicy
  /// Some container wants it as a device node.
  let isDevice: Bool

  struct NoDevice: Error, CustomStringConvertible {
    let path: String

    var description: String {
      "claim is not a block device: put or link one at `\(path)`"
    }
  }

  func setUp() throws {
    if isDevice {
      guard HostDevices.block(at: path) != nil else { throw NoDevice(path: path) }
      return
    }
    if !Files.isDirectory(path) { try Files.makeDirectory(path, exactly: 0o777) }
    if source.readOnly != true { try ownership?.apply(to: path, policy) }
  }
}
