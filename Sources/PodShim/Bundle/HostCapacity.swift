import Glibc

/// What there is of each resource on this host: the capacity of its node, all of which is for pods.
enum HostCapacity {
  private static let pageSizes = "/sys/kernel/mm/hugepages"

  /// CPUs, and bytes of everything else, by the names that manifests use.
  static func read(root: String) -> [String: Int64] {
    var capacity = ["cpu": Int64(sysconf(Int32(_SC_NPROCESSORS_ONLN)))]
    capacity["memory"] = memory
    capacity["ephemeral-storage"] = try? FileSystem.size(root)
    for folder in (try? Files.list(pageSizes)) ?? [] {
      // `hugepages-2048kB`.
      let size = folder.dropFirst("hugepages-".count).dropLast("kB".count)
      guard let kibibytes = Int64(size),
        let count = Files.readNumber("\(pageSizes)/\(folder)/nr_hugepages")
      else { continue }
      capacity["hugepages-\(name(kibibytes))"] = count * kibibytes * 1024
    }
    return capacity
  }

  /// Bytes.
  static var memory: Int64 {
    Int64(sysconf(Int32(_SC_PHYS_PAGES))) * Int64(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// `2Mi` for 2048.
  private static func name(_ kibibytes: Int64) -> String {
    if kibibytes % (1 << 20) == 0 { return "\(kibibytes >> 20)Gi" }
    return kibibytes % 1024 == 0 ? "\(kibibytes / 1024)Mi" : "\(kibibytes)Ki"
  }
}
