import Glibc
import PodModel

/// A folder that begins empty and lives as long as the pod: it outlives containers and sandboxes.
///
/// On disk, or a file system in memory, which is one for all containers of the pod.
struct EmptyDirVolume: HostedVolume {
  let path: String
  let source: EmptyDirVolumeSource
  let ownership: VolumeOwnership?
  /// The sizes of huge pages that the pod's containers ask for.
  let pageSizes: Set<Int64>

  /// In the words of the kubelet.
  struct BadMedium: Error, CustomStringConvertible {
    var description: String
  }

  func setUp() throws {
    // As the kubelet makes it: for everybody, whatever the umask.
    try Files.makeDirectory(path, exactly: 0o777)
    if !Mount.isPoint(path) { try mount(source.medium ?? "") }
    try ownership?.apply(to: path, .onRootMismatch)
  }

  private func mount(_ medium: String) throws {
    switch medium {
    case "": return
    case "Memory":
      let size = "size=\(size)"
      do throws(SyscallError) {
        // What is kept in memory is meant to stay there.
        try Mount.tmpfs(at: path, options: [size, "noswap"])
      } catch {
        // Linux before 6.4 does not know it.
        guard error.errno == EINVAL else { throw error }
        try Mount.tmpfs(at: path, options: [size])
      }
    default:
      try Mount.hugePages(
        at: path, pageSize: try pageSize(medium), options: ["mode=1777", "size=\(size)"])
    }
  }

  /// What the volume may hold: never more than the host has.
  private var size: Int64 {
    let most = Int64(sysconf(CInt(_SC_PHYS_PAGES))) * Int64(sysconf(CInt(_SC_PAGESIZE)))
    guard let limit = source.sizeLimit?.value, limit > 0 else { return most }
    return min(limit, most)
  }

  /// `HugePages` takes the one size that containers ask for, `HugePages-2Mi` its own
  /// (kubelet `getPageSizeMountOption`).
  private func pageSize(_ medium: String) throws -> Int64 {
    let prefix = "HugePages"
    guard medium.hasPrefix(prefix) else {
      throw BadMedium(description: "unknown storage medium \"\(medium)\"")
    }
    let wanted = Quantity(String(medium.dropFirst(prefix.count + 1)))?.value
    if medium == prefix, pageSizes.count > 1 {
      throw BadMedium(
        description: "medium: \(medium) can't be used if container requests multiple huge page "
          + "sizes")
    }
    guard let size = medium == prefix ? pageSizes.first : wanted, pageSizes.contains(size) else {
      throw BadMedium(
        description: "hugePages storage requested, but there is no resource request for huge pages")
    }
    return size
  }
}

extension Pod {
  /// The sizes of huge pages that its containers ask for.
  var hugePageSizes: Set<Int64> {
    let names = spec.allContainers.flatMap { container in
      container.resources.map { Array($0.requests.keys) + Array($0.limits.keys) } ?? []
    }
    let sizes = names.filter { $0.hasPrefix("hugepages-") }.map { $0.dropFirst("hugepages-".count) }
    return Set(sizes.compactMap { Quantity(String($0))?.value })
  }
}
