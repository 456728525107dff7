import Glibc

/// What all of this host uses.
enum NodeUsage {
  static func row(of node: NodeRecord, over interval: useconds_t) throws -> UsageRow {
    let before = try times()
    usleep(interval)
    let after = try times()
    let total = max(1, after.all - before.all)
    let busy = Double(after.busy - before.busy) / Double(total)
    let processors = Int64(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let (used, size) = try memory()
    return UsageRow(
      name: node.name, cpu: Int64((busy * Double(processors * 1000)).rounded(.up)),
      cpuShare: Int((busy * 100).rounded(.down)), memory: used,
      memoryShare: Int(used * 100 / max(1, size)))
  }

  /// In the kernel's ticks: of all processors, and of those the busy ones.
  private static func times() throws -> (busy: Int64, all: Int64) {
    let line = try Files.readText("/proc/stat").split(separator: "\n").first ?? ""
    let numbers = line.split(separator: " ").dropFirst().prefix(8).compactMap { Int64($0) }
    let all = numbers.reduce(0, +)
    // The fourth and fifth are idle, and idle for want of input.
    return (all - numbers.dropFirst(3).prefix(2).reduce(0, +), all)
  }

  /// Bytes that could not be taken back, and how many there are.
  private static func memory() throws -> (used: Int64, size: Int64) {
    let text = try Files.readText("/proc/meminfo")
    func kibibytes(_ name: String) -> Int64 {
      let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") } ?? ""
      return line.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0
    }
    let size = kibibytes("MemTotal")
    return ((size - kibibytes("MemAvailable")) << 10, size << 10)
  }
}
