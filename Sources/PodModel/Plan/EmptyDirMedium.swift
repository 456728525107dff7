/// What an emptyDir is made of: a directory, memory, or huge pages, and how large it may become.
///
/// The kubelet's arithmetic (`calculateEmptyDirMemorySize`, `getPageSizeMountOption`): what lies in
/// memory is never more than the pod may take, and huge pages are those that its containers ask
/// for.
public enum EmptyDirMedium: Equatable, Sendable {
  /// Whoever writes too much is found out (`StorageLimits`).
  case disk
  /// A file system in memory, of at most so many bytes.
  case memory(size: Int64)
  /// A file system of pages of so many bytes; without a size it ends with the host's pages.
  case hugePages(page: Int64, size: Int64?)

  /// In the words of the kubelet.
  public struct Unknown: Error, Equatable, CustomStringConvertible {
    public let description: String

    public init(description: String) {
      self.description = description
    }
  }

  /// - Parameter memory: what the host has.
  public init(
    of source: EmptyDirVolumeSource, in spec: PodSpec, memory: Int64
  ) throws(Unknown) {
    let size = source.sizeLimit.flatMap { $0.value > 0 ? $0.value : nil }
    switch source.medium ?? "" {
    case "":
      self = .disk
    case "Memory":
      let resources = PodResources(of: spec)
      let isLimited = resources.limited.contains(ResourceAmounts.memory)
      let most = isLimited ? resources.limits.memory : memory
      self = .memory(size: min(size ?? memory, most, memory))
    case let medium:
      self = .hugePages(page: try Self.page(medium, in: spec), size: size)
    }
  }

  /// `HugePages` takes the one size that containers ask for, `HugePages-2Mi` its own.
  private static func page(_ medium: String, in spec: PodSpec) throws(Unknown) -> Int64 {
    let prefix = "HugePages"
    guard medium.hasPrefix(prefix) else {
      throw Unknown(description: "unknown storage medium \"\(medium)\"")
    }
    let sizes = HugePages.sizes(askedForBy: spec)
    if medium == prefix, sizes.count > 1 {
      throw Unknown(
        description: "medium: \(medium) can't be used if container requests multiple huge page "
          + "sizes")
    }
    let wanted = Quantity(String(medium.dropFirst(prefix.count + 1)))?.value
    guard let size = medium == prefix ? sizes.first : wanted, sizes.contains(size) else {
      throw Unknown(
        description: "hugePages storage requested, but there is no resource request for huge pages")
    }
    return size
  }
}
