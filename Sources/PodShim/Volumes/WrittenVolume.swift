import PodModel

/// A folder whose files podshim writes itself, see `VolumeContents`: on disk, or in memory so that
/// no secret gets there. It can hold what the kernel lets it, half of the memory.
struct WrittenVolume: HostedVolume {
  let path: String
  let isInMemory: Bool

  func setUp() throws {
    try Files.makeDirectory(path, exactly: 0o777)
    if isInMemory, !Mount.isPoint(path) { try Mount.tmpfs(at: path) }
  }
}
